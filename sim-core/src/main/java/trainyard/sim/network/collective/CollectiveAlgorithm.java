package trainyard.sim.network.collective;

import trainyard.sim.collective.Collective;
import trainyard.sim.network.FlowNetwork;

/** A way to carry out a collective with messages between GPUs. */
public interface CollectiveAlgorithm {

    /** The name the literature uses, such as {@code ring}. */
    String name();

    /**
     * Whether this algorithm can carry out an operation among these GPUs.
     *
     * @param gpus GPU of each rank
     */
    boolean supports(Collective operation, FlowNetwork network, int[] gpus);

    /**
     * About how many messages it takes, by which the work of simulating it grows.
     *
     * @param bytes size as {@link Collective} defines it
     * @param ranks how many ranks, on nodes of {@code perNode} each
     */
    default double messages(Collective operation, double bytes, int ranks, int perNode) {
        // Two for each rank in each of log2(n) steps.
        return 2.0 * ranks * Integer.toBinaryString(ranks).length();
    }

    /**
     * Opens the channels of a collective; nothing moves before a rank starts.
     *
     * @param bytes size as {@link Collective} defines it, not negative
     * @param gpus GPU of each rank, at least two, all different; rank 0 is the root of a broadcast and the sender of
     *     {@link Collective#SEND_RECV}
     * @param listener told when a rank has all its data
     */
    RankProgram prepare(FlowNetwork network, Collective operation, double bytes, int[] gpus, RankListener listener);
}
