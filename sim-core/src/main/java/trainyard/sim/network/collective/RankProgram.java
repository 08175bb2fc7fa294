package trainyard.sim.network.collective;

/** One collective under way. Ranks may start at different times. */
public interface RankProgram {

    /** A rank has its data ready and takes part from now on. Each rank starts once. */
    void start(int rank);

    /** Closes the channels, after every rank is done. */
    void close();
}
