package trainyard.training.network;

import trainyard.sim.random.RandomStreams;
import trainyard.training.problem.DataOrder;
import trainyard.training.problem.Problem;

/**
 * What computes the gradients of networks. Found by {@link java.util.ServiceLoader}, so that only a run that asks for one with
 * native code loads it.
 */
public interface NetworkBackend {

    /** The word of scenarios, such as {@code arrays} or {@code dl4j}. */
    String name();

    /** Whether it has such networks. */
    boolean supports(NetworkSpec network);

    /**
     * A problem of its own seed and order. The start follows from the streams alone and is the same for every backend that
     * supports the network; blocks are named and ordered alike.
     *
     * @param order which rows a batch holds
     * @throws IllegalArgumentException if the network does not fit the data
     */
    Problem problem(NetworkSpec network, Dataset data, DataOrder order, RandomStreams streams);
}
