package trainyard.scenario.verify;

/** Why a row cannot be scored; carried from the cell that decides it to the suite. */
public final class RowSkipped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private RowSkipped(String reason) {
        super(reason, null, false, false);
    }

    /** The source does not state a value that nothing else implies. */
    public static RowSkipped missing(String column) {
        return new RowSkipped("not stated: " + column);
    }

    /** The row is of a kind of parallelism, model or precision that the simulator does not have. */
    public static RowSkipped notBuilt(String kind) {
        return new RowSkipped("not built: " + kind);
    }

    /** The simulator could play the row, which would take too long for what it shows. */
    public static RowSkipped notPlayed(String why) {
        return new RowSkipped("not played: " + why);
    }

    /** The row is what a model starts from, or nothing that one can predict. */
    public static RowSkipped input(String why) {
        return new RowSkipped("input: " + why);
    }

    /** A value that no catalogue knows. */
    public static RowSkipped unknown(String column, String message) {
        return new RowSkipped("column " + column + ": " + message);
    }
}
