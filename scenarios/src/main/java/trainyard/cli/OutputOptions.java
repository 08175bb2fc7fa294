package trainyard.cli;

import picocli.CommandLine.Option;

/** Options of every verb. */
final class OutputOptions {

    @Option(names = "--json", description = "Print one JSON document to standard output, messages to standard error.")
    private boolean json;

    @Option(names = "--no-color", description = "No colour; the environment variable NO_COLOR does the same.")
    private boolean noColour;

    boolean json() {
        return json;
    }

    /** Whether messages may be coloured. */
    boolean colour(Terminal terminal) {
        return terminal.hasColour() && !noColour;
    }
}
