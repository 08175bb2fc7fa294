package trainyard.scheduler.peer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import trainyard.scheduler.policy.Desk;
import trainyard.scheduler.policy.SchedulingPolicy;

/**
 * {@code sjf}, {@code shortest} and {@code shortest-gpu} of Tiresias and of Muri: all jobs are sorted by a key and given GPUs in that order; one
 * that does not fit is passed over. Equal jobs keep the order of the sort before.
 */
public final class RepackedOrder implements SchedulingPolicy {

    /** What jobs are sorted by. */
    public enum Key {
        /** GPUs. */
        SJF,
        /** Time left. */
        SHORTEST,
        /** Time left times GPUs, in microseconds: 292,000 GPU-years can be told apart. */
        SHORTEST_GPU;

        private long of(Desk desk, int job) {
            return switch (this) {
                case SJF -> desk.gpus(job);
                case SHORTEST -> desk.remainingNanos(job);
                case SHORTEST_GPU -> desk.remainingNanos(job) / NANOS_PER_MICRO * desk.gpus(job);
            };
        }
    }

    private static final long NANOS_PER_MICRO = 1000;

    private final Key key;
    private final List<Integer> runnable = new ArrayList<>();

    public RepackedOrder(Key key) {
        this.key = Objects.requireNonNull(key, "key");
    }

    @Override
    public String name() {
        return "repacked-" + key.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public void arrived(Desk desk, int job) {
        runnable.add(job);
    }

    @Override
    public void ended(Desk desk, int job) {
        runnable.remove(Integer.valueOf(job));
    }

    @Override
    public void schedule(Desk desk) {
        runnable.sort(Comparator.comparingLong(job -> key.of(desk, job)));
        for (int job : runnable) {
            if (desk.isRunning(job)) {
                desk.preempt(job);
            }
        }
        for (int job : runnable) {
            desk.start(job);
        }
    }
}
