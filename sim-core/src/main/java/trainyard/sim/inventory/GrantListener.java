package trainyard.sim.inventory;

/** Told that a request for nodes is fulfilled. */
@FunctionalInterface
public interface GrantListener {

    /** The nodes now belong to the requester until it releases them. */
    void onGranted(long nowNanos, int request, int[] nodes);
}
