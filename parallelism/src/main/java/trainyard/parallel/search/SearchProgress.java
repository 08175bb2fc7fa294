package trainyard.parallel.search;

/** Is told how far a search has come, by one thread after another, each time one plan more. */
@FunctionalInterface
public interface SearchProgress {

    /** Tells nobody. */
    SearchProgress NONE = (settled, all) -> {};

    /**
     * @param settled plans that are priced or left out
     * @param all plans whose degrees fit together
     */
    void update(int settled, int all);
}
