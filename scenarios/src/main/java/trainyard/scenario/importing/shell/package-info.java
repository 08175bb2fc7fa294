/**
 * Reads the text of a bash script without running anything: words and quotes, variables and arrays, defaults, integer
 * arithmetic, and conditions that can be decided from variables of the script itself. {@code ShellParser} turns text into
 * {@code Statement}s, {@code ShellScript} follows them from top to bottom. What only a running shell could know (output of
 * commands, the environment, loops) is kept as a mark in the text and named to the user.
 */
package trainyard.scenario.importing.shell;
