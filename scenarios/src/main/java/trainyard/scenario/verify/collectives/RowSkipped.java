package trainyard.scenario.verify.collectives;

/** Why a row cannot be scored; carried from the cell that decides it to {@link CollectivesSuite}. */
final class RowSkipped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private RowSkipped(String reason) {
        super(reason, null, false, false);
    }

    /** The source does not state a value that nothing else implies. */
    static RowSkipped missing(String column) {
        return new RowSkipped("not stated: " + column);
    }

    /** The row is of a kind that the simulator does not have. */
    static RowSkipped notBuilt(String kind) {
        return new RowSkipped("not built: " + kind);
    }
}
