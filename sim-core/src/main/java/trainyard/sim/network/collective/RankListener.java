package trainyard.sim.network.collective;

/** Told about the ranks of a collective. */
@FunctionalInterface
public interface RankListener {

    /** The rank has received all that it waits for. Called once for each rank. */
    void onDone(long nowNanos, int rank);
}
