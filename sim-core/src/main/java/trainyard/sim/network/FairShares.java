package trainyard.sim.network;

/**
 * For each link of a component what its fixed variables leave of its capacity, and the weight of its open variables.
 * Both lie side by side, because they change together and in no order that a cache could foresee.
 */
final class FairShares {

    /** Bytes/s left on link {@code l} at {@code 2 l}, open weight behind it. */
    private final double[] state;

    FairShares(int links) {
        state = new double[2 * links];
    }

    /** Starts a link with one open variable. */
    void open(int link, double bytesPerSecond, double weight) {
        state[2 * link] = bytesPerSecond;
        state[2 * link + 1] = weight;
    }

    /** Counts another open variable. */
    void enter(int link, double weight) {
        state[2 * link + 1] += weight;
    }

    /** An open variable is fixed and takes its part. */
    void take(int link, double bytesPerSecond, double weight) {
        state[2 * link] -= bytesPerSecond;
        state[2 * link + 1] -= weight;
    }

    /** Whether open variables may be left. Rounding of weights that are no whole numbers can leave a rest of none. */
    boolean isOpen(int link) {
        return state[2 * link + 1] > 0;
    }

    /** Bytes/s for each unit of open weight; not negative on an open link. */
    double share(int link) {
        return Math.max(0, state[2 * link]) / state[2 * link + 1];
    }
}
