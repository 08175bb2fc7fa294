package trainyard.scheduler.peer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.sim.engine.SimTime;

/**
 * The {@code dlas} family of Tiresias and of Muri, which grew from it: three queues by attained service, of which the first two
 * have an end. A job moves to the tail of the next queue once it has attained the end of its own, one queue at most at an
 * event. Then all queues are given GPUs in order. Behind that each queue holds first what runs, then what waits.
 */
public final class DiscretisedQueues implements SchedulingPolicy {

    private static final long[] LIMITS = {3250 * SimTime.NANOS_PER_SECOND, 7200 * SimTime.NANOS_PER_SECOND};
    private static final long NEVER = Long.MAX_VALUE;

    private final String name;
    private final Rules rules;
    private final List<List<Integer>> queues = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    private final Map<Integer, State> states = new HashMap<>();
    private long lastNanos;
    private long wakeUpNanos = NEVER;

    /** In what the members of the family differ; times in nanoseconds. */
    public interface Rules {

        /** What decides the queue of a job. */
        long service(long executedNanos, int gpus);

        /** Time until a job that runs is looked at because it may leave its queue. */
        long untilDemotion(long limit, long executedNanos, int gpus);

        /** A job goes back to the first queue once it has waited this many times as long as it ran; 0 for never. */
        default int promoteAfter() {
            return 0;
        }

        /** The order within a queue, the highest rank first; empty for the order of the list. */
        default OptionalLong rank(long service) {
            return OptionalLong.empty();
        }
    }

    /** What it knows of a job. */
    private static final class State {
        private int queue;
        /** Run time that decides the queue; a promotion sets it to 0. */
        private long executedNanos;
        /** Waiting since it last ran. */
        private long waitedNanos;

        private OptionalLong rank;
        private boolean ran;

        State(OptionalLong rank) {
            this.rank = rank;
        }
    }

    public DiscretisedQueues(String name, Rules rules) {
        this.name = Objects.requireNonNull(name, "name");
        this.rules = Objects.requireNonNull(rules, "rules");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void arrived(SchedulingContext context, int job) {
        states.put(job, new State(rules.rank(0)));
        queues.get(0).add(job);
    }

    @Override
    public void ended(SchedulingContext context, int job) {
        queues.get(states.remove(job).queue).remove(Integer.valueOf(job));
    }

    @Override
    public void schedule(SchedulingContext context) {
        advance(context);
        queues.forEach(queue -> sort(context, queue));
        queues.forEach(queue -> queue.stream().filter(context::isRunning).forEach(context::preempt));
        queues.forEach(queue -> queue.forEach(context::start));
        queues.forEach(queue -> putWaitingLast(context, queue));
        states.forEach((job, state) -> state.ran = context.isRunning(job));
        wakeUpNanos = nextJump(context);
    }

    private void sort(SchedulingContext context, List<Integer> queue) {
        if (!queue.isEmpty() && states.get(queue.get(0)).rank.isPresent()) {
            queue.sort(Comparator.<Integer>comparingLong(
                            job -> states.get(job).rank.getAsLong())
                    .reversed()
                    .thenComparingLong(context::submitNanos));
        }
    }

    private static void putWaitingLast(SchedulingContext context, List<Integer> queue) {
        List<Integer> waiting =
                queue.stream().filter(job -> !context.isRunning(job)).toList();
        queue.removeIf(job -> !context.isRunning(job));
        queue.addAll(waiting);
    }

    /** Lets time pass for every job and moves those that reached the end of their queue. */
    private void advance(SchedulingContext context) {
        long since = lastNanos;
        lastNanos = context.nowNanos();
        states.keySet().stream().sorted().toList().forEach(job -> {
            State state = states.get(job);
            if (state.ran) {
                state.executedNanos += context.nowNanos() - since;
                state.waitedNanos = 0;
                demote(context, job, state);
            } else {
                state.waitedNanos += context.nowNanos() - Math.max(since, context.submitNanos(job));
                promote(job, state);
            }
        });
    }

    private void demote(SchedulingContext context, int job, State state) {
        long service = rules.service(state.executedNanos, context.gpus(job));
        if (state.queue < LIMITS.length && service >= LIMITS[state.queue]) {
            move(job, state, state.queue + 1);
        }
        state.rank = rules.rank(service);
    }

    private void promote(int job, State state) {
        long due = untilPromotion(state);
        if (due <= 0) {
            state.executedNanos = 0;
            state.waitedNanos = 0;
            move(job, state, 0);
        }
    }

    private void move(int job, State state, int queue) {
        queues.get(state.queue).remove(Integer.valueOf(job));
        queues.get(queue).add(job);
        state.queue = queue;
    }

    private long nextJump(SchedulingContext context) {
        long next = NEVER;
        for (Map.Entry<Integer, State> entry : states.entrySet()) {
            State state = entry.getValue();
            long jump = state.ran ? untilDemotion(context, entry.getKey(), state) : untilPromotion(state);
            if (jump > 0 && jump < NEVER) {
                next = Math.min(next, context.nowNanos() + jump);
            }
        }
        return next;
    }

    private long untilDemotion(SchedulingContext context, int job, State state) {
        return state.queue == LIMITS.length
                ? NEVER
                : rules.untilDemotion(LIMITS[state.queue], state.executedNanos, context.gpus(job));
    }

    private long untilPromotion(State state) {
        boolean possible = rules.promoteAfter() > 0 && state.queue > 0 && state.executedNanos > 0;
        return possible ? state.executedNanos * rules.promoteAfter() - state.waitedNanos : NEVER;
    }

    @Override
    public long wakeUpNanos() {
        return wakeUpNanos;
    }
}
