package trainyard.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * Where the command talks.
 *
 * @param in standard input
 * @param out results
 * @param err messages
 * @param isTerminal whether a person watches; then there may be colour and a progress line
 * @param environment environment variables
 */
record Terminal(InputStream in, PrintStream out, PrintStream err, boolean isTerminal, Map<String, String> environment) {

    static Terminal ofProcess() {
        return new Terminal(System.in, System.out, System.err, System.console() != null, System.getenv());
    }

    /** Whether messages may be coloured, by the convention of no-color.org. */
    boolean hasColour() {
        return isTerminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }
}
