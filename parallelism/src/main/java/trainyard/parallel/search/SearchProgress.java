package trainyard.parallel.search;

/** Is told how far a search has come, by whichever thread comes farther. */
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
