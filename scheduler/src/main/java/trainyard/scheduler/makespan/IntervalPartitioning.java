package trainyard.scheduler.makespan;

import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * Bookings with fixed times on as few machines as possible: in the order of their starts, each takes the machine that has been
 * free longest, or a new one if none is free. It needs as many machines as bookings overlap at the worst moment, and no schedule
 * can need fewer (Kleinberg and Tardos, "Algorithm Design", 2006, section 4.1).
 *
 * @param machineOf machine of each booking, from 0
 * @param machines machines used
 */
public record IntervalPartitioning(int[] machineOf, int machines) {

    public IntervalPartitioning {
        machineOf = machineOf.clone();
    }

    /**
     * Gives each booking a machine. One that starts when another ends may have its machine.
     *
     * @param starts start of each booking
     * @param ends its end, after its start
     */
    public static IntervalPartitioning of(long[] starts, long[] ends) {
        Integer[] order = new Integer[starts.length];
        Arrays.setAll(order, booking -> booking);
        Arrays.sort(order, (a, b) -> Long.compare(starts[a], starts[b]));
        int[] machineOf = new int[starts.length];
        PriorityQueue<Integer> running = new PriorityQueue<>((a, b) -> Long.compare(ends[a], ends[b]));
        int machines = 0;
        for (int booking : order) {
            if (ends[booking] <= starts[booking]) {
                throw new IllegalArgumentException("booking " + booking + " must end after its start");
            }
            boolean free = !running.isEmpty() && ends[running.element()] <= starts[booking];
            machineOf[booking] = free ? machineOf[running.remove()] : machines++;
            running.add(booking);
        }
        return new IntervalPartitioning(machineOf, machines);
    }

    /** How many bookings overlap at the worst moment. */
    public static int depth(long[] starts, long[] ends) {
        long[] begun = starts.clone();
        long[] done = ends.clone();
        Arrays.sort(begun);
        Arrays.sort(done);
        int open = 0;
        int most = 0;
        int ended = 0;
        for (long start : begun) {
            while (ended < done.length && done[ended] <= start) {
                ended++;
                open--;
            }
            most = Math.max(most, ++open);
        }
        return most;
    }
}
