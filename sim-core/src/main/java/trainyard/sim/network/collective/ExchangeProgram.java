package trainyard.sim.network.collective;

import java.util.Arrays;
import trainyard.sim.network.FlowNetwork;

/**
 * Ranks that exchange messages in numbered steps: in each step a rank sends one message and waits for one. It goes on when
 * it has received that of the step; messages that come early are kept.
 */
final class ExchangeProgram implements RankProgram {

    /** To whom a rank sends in each step, and how much. For each step, {@code receiver} is a permutation of the ranks. */
    interface Schedule {

        int steps();

        int receiver(int step, int rank);

        double bytes(int step);
    }

    private static final int NOT_STARTED = -1;

    private final FlowNetwork network;
    private final Schedule schedule;
    private final RankListener listener;

    /** Channel of each step and sender. */
    private final int[][] channel;

    /** Whether the message of each step has arrived at each rank. */
    private final boolean[][] arrived;

    private final int[] step;

    ExchangeProgram(FlowNetwork network, Schedule schedule, int[] gpus, RankListener listener) {
        this.network = network;
        this.schedule = schedule;
        this.listener = listener;
        int steps = schedule.steps();
        channel = new int[steps][gpus.length];
        arrived = new boolean[steps][gpus.length];
        step = new int[gpus.length];
        Arrays.fill(step, NOT_STARTED);
        for (int s = 0; s < steps; s++) {
            int number = s;
            for (int rank = 0; rank < gpus.length; rank++) {
                int to = gpus[schedule.receiver(s, rank)];
                channel[s][rank] = network.open(gpus[rank], to, (now, receiver) -> arrive(now, number, receiver));
            }
        }
    }

    @Override
    public void start(int rank) {
        enter(network.simulation().now(), 0, rank);
    }

    private void arrive(long nowNanos, int number, int rank) {
        arrived[number][rank] = true;
        if (step[rank] == number) {
            enter(nowNanos, number + 1, rank);
        }
    }

    /** Sends the message of a step, and of those after it whose own messages have come already. */
    private void enter(long nowNanos, int first, int rank) {
        int number = first;
        step[rank] = number;
        while (number < schedule.steps()) {
            network.send(channel[number][rank], schedule.bytes(number), schedule.receiver(number, rank));
            if (!arrived[number][rank]) {
                return;
            }
            number++;
            step[rank] = number;
        }
        listener.onDone(nowNanos, rank);
    }

    @Override
    public void close() {
        for (int[] senders : channel) {
            for (int open : senders) {
                network.close(open);
            }
        }
    }
}
