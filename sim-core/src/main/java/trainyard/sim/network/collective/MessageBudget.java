package trainyard.sim.network.collective;

import java.util.Locale;
import trainyard.sim.collective.Collective;

/** What may be simulated message by message: what takes up to about a minute of CPU time. */
public final class MessageBudget {

    /** Messages of all groups that run at the same time. */
    public static final double MOST_MESSAGES = 1e7;

    /**
     * Messages of an all-to-all times those on their way at a time. Its ranks drift apart, so that each message that starts
     * changes the rates of those on its links; in the other algorithms ranks stay in step.
     */
    public static final double MOST_RATE_CHANGES = 1e8;

    private MessageBudget() {}

    /**
     * Holds groups that run a collective at the same time against both limits.
     *
     * @param bytes size of each, as {@link Collective} defines it
     * @param groups how many groups, at least 1
     * @param ranks ranks of each, on nodes of {@code perNode} each
     * @throws TooManyMessagesException if they send more
     */
    public static void require(
            CollectiveAlgorithm algorithm, Collective operation, double bytes, int groups, int ranks, int perNode) {
        double messages = groups * algorithm.messages(operation, bytes, ranks, perNode);
        double atATime = (double) groups * ranks;
        if (operation == Collective.ALL_TO_ALL && messages * atATime > MOST_RATE_CHANGES) {
            throw new TooManyMessagesException(String.format(
                    Locale.ROOT,
                    "%.3g messages, %.0f at a time, are more than can be followed one by one",
                    messages,
                    atATime));
        }
        if (messages > MOST_MESSAGES) {
            throw new TooManyMessagesException(String.format(
                    Locale.ROOT,
                    "%.0f messages are more than the %.0f that can be followed one by one",
                    messages,
                    MOST_MESSAGES));
        }
    }
}
