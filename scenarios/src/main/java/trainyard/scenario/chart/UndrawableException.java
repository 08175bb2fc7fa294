package trainyard.scenario.chart;

/** Says why a chart that was asked for cannot be drawn of what was simulated; a table with the reason stands in its place. */
final class UndrawableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UndrawableException(String reason) {
        super(reason);
    }
}
