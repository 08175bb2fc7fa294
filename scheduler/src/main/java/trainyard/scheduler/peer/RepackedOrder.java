package trainyard.scheduler.peer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import trainyard.scheduler.policy.SchedulingContext;
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

        private long of(SchedulingContext context, int job) {
            return switch (this) {
                case SJF -> context.gpus(job);
                case SHORTEST -> context.remainingNanos(job);
                case SHORTEST_GPU -> context.remainingNanos(job) / NANOS_PER_MICRO * context.gpus(job);
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
    public void arrived(SchedulingContext context, int job) {
        runnable.add(job);
    }

    @Override
    public void ended(SchedulingContext context, int job) {
        runnable.remove(Integer.valueOf(job));
    }

    @Override
    public void schedule(SchedulingContext context) {
        runnable.sort(Comparator.comparingLong(job -> key.of(context, job)));
        for (int job : runnable) {
            if (context.isRunning(job)) {
                context.preempt(job);
            }
        }
        for (int job : runnable) {
            context.start(job);
        }
    }
}
