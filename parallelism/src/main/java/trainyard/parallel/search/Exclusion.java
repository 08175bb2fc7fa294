package trainyard.parallel.search;

/** Why a point of the search space is not among the priced plans, in the order in which it is looked at. */
public enum Exclusion {
    BATCH("micro-batch x data does not divide the global batch"),
    LAYERS("pipeline x virtual stages is more than the layers, or does not divide them"),
    PLACEMENT("tensor ranks do not fill whole nodes"),
    CONTRADICTION("the plan contradicts itself, the model or the hardware"),
    MEMORY("does not fit in memory"),
    BOUND("compute alone takes longer than a better plan");

    private final String label;

    Exclusion(String label) {
        this.label = label;
    }

    /** In words, for tables. */
    public String label() {
        return label;
    }
}
