package trainyard.sim.inventory;

/** Where a job gets its nodes from: a fixed pool, spares with a repair shop, a scheduler. */
public interface NodeSource {

    /**
     * Asks for whole nodes. The grant is an event of its own, never part of this call.
     *
     * @param nodes how many, at least 1
     * @param listener told when they are there
     * @return number of the request
     * @throws IllegalArgumentException if this source can never have so many nodes
     */
    int request(int nodes, GrantListener listener);

    /**
     * Takes a request back.
     *
     * @return whether it was still open; if not, its nodes have been granted and need to be released
     */
    boolean withdraw(int request);

    /** Gives granted nodes back, working or not. */
    void release(int[] nodes);
}
