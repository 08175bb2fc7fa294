package trainyard.scheduler.peer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import trainyard.scheduler.policy.Desk;
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
    public void arrived(Desk desk, int job) {
        states.put(job, new State(rules.rank(0)));
        queues.get(0).add(job);
    }

    @Override
    public void ended(Desk desk, int job) {
        queues.get(states.remove(job).queue).remove(Integer.valueOf(job));
    }

    @Override
    public void schedule(Desk desk) {
        advance(desk);
        queues.forEach(queue -> sort(desk, queue));
        queues.forEach(queue -> queue.stream().filter(desk::isRunning).forEach(desk::preempt));
        queues.forEach(queue -> queue.forEach(desk::start));
        queues.forEach(queue -> putWaitingLast(desk, queue));
        states.forEach((job, state) -> state.ran = desk.isRunning(job));
        wakeUpNanos = nextJump(desk);
    }

    private void sort(Desk desk, List<Integer> queue) {
        if (!queue.isEmpty() && states.get(queue.get(0)).rank.isPresent()) {
            queue.sort(Comparator.<Integer>comparingLong(
                            job -> states.get(job).rank.getAsLong())
                    .reversed()
                    .thenComparingLong(desk::submitNanos));
        }
    }

    private static void putWaitingLast(Desk desk, List<Integer> queue) {
        List<Integer> waiting =
                queue.stream().filter(job -> !desk.isRunning(job)).toList();
        queue.removeIf(job -> !desk.isRunning(job));
        queue.addAll(waiting);
    }

    /** Lets time pass for every job and moves those that reached the end of their queue. */
    private void advance(Desk desk) {
        long since = lastNanos;
        lastNanos = desk.nowNanos();
        states.keySet().stream().sorted().toList().forEach(job -> {
            State state = states.get(job);
            if (state.ran) {
                state.executedNanos += desk.nowNanos() - since;
                state.waitedNanos = 0;
                demote(desk, job, state);
            } else {
                state.waitedNanos += desk.nowNanos() - Math.max(since, desk.submitNanos(job));
                promote(job, state);
            }
        });
    }

    private void demote(Desk desk, int job, State state) {
        long service = rules.service(state.executedNanos, desk.gpus(job));
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

    private long nextJump(Desk desk) {
        long next = NEVER;
        for (Map.Entry<Integer, State> entry : states.entrySet()) {
            State state = entry.getValue();
            long jump = state.ran ? untilDemotion(desk, entry.getKey(), state) : untilPromotion(state);
            if (jump > 0 && jump < NEVER) {
                next = Math.min(next, desk.nowNanos() + jump);
            }
        }
        return next;
    }

    private long untilDemotion(Desk desk, int job, State state) {
        return state.queue == LIMITS.length
                ? NEVER
                : rules.untilDemotion(LIMITS[state.queue], state.executedNanos, desk.gpus(job));
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
