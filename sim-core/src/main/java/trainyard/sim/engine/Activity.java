package trainyard.sim.engine;

import java.util.Objects;
import java.util.Optional;

/**
 * One thread of a life, without a thread: it does something in no time, then waits for one thing, then goes on with the
 * step named when the waiting began. It can wait for a duration or for units of a {@link Resource}, and it can be
 * interrupted while it waits. A model is a class with one or more activities and one method for each step; its fields are
 * its state.
 *
 * <pre>{@code
 * final class Machine {
 *     private final Activity life = new Activity(timeline, 0);
 *     private final Resource repairers;                  // shared by all machines
 *
 *     void start(long now)   { life.hold(timeToFailure.sample(), this::fail); }
 *     void fail(long now)    { life.acquire(repairers, 1, this::repair); }
 *     void repair(long now)  { life.hold(timeToRepair.sample(), this::repaired); }
 *     void repaired(long now) { repairers.release(1); start(now); }
 * }
 * }</pre>
 *
 * <p>Every step runs as an event of its own, with the activity's priority: who gives units back never runs a waiter
 * itself. Among equal times and priorities the order is that of the wake-ups.
 */
public final class Activity {
    private static final Step NOTHING = now -> {};

    private final Timeline timeline;
    private final int priority;
    private final Step wakeUp = this::wakeUp;
    private Optional<Resource> resource = Optional.empty();
    private long ticket = Simulation.NO_TICKET;
    private Step next = NOTHING;
    private int units;

    /**
     * An activity that waits for nothing yet.
     *
     * @param priority of its steps, as in {@link Simulation#schedule}
     */
    public Activity(Timeline timeline, int priority) {
        this.timeline = Objects.requireNonNull(timeline, "timeline");
        this.priority = priority;
    }

    /** Goes on after a duration in seconds, rounded as {@link SimTime#nanos} does. */
    public void hold(double seconds, Step then) {
        holdNanos(SimTime.nanos(seconds), then);
    }

    /** Goes on after a duration in nanoseconds. */
    public void holdNanos(long nanos, Step then) {
        requireIdle();
        next = Objects.requireNonNull(then, "then");
        ticket = timeline.after(nanos, priority, wakeUp);
    }

    /**
     * Goes on once units of a resource are held; give them back with {@link Resource#release}.
     *
     * @param amount units, from 1 to the resource's capacity
     */
    public void acquire(Resource from, int amount, Step then) {
        from.requirePossible(amount);
        requireIdle();
        next = Objects.requireNonNull(then, "then");
        resource = Optional.of(from);
        units = amount;
        from.enter(this);
    }

    /** Whether it waits for something. */
    public boolean isWaiting() {
        return resource.isPresent() || ticket != Simulation.NO_TICKET;
    }

    /** Nanoseconds until the present {@link #hold} is over; 0 where it waits for no time. */
    public long remainingNanos() {
        return ticket == Simulation.NO_TICKET ? 0 : timeline.simulation().timeOf(ticket) - timeline.now();
    }

    /**
     * Ends the waiting, whatever for, without going on. Units that were granted but not yet taken up go back.
     *
     * @return whether it was waiting
     */
    public boolean interrupt() {
        boolean waiting = isWaiting();
        timeline.cancel(ticket);
        Optional<Resource> left = resource;
        forgetWaiting();
        left.ifPresent(from -> from.leave(this));
        return waiting;
    }

    /** Ends the waiting, if any, and goes on with another step at the present time. */
    public void interrupt(Step then) {
        interrupt();
        holdNanos(0, then);
    }

    /** Called by the resource when its units are there. */
    void granted() {
        ticket = timeline.at(timeline.now(), priority, wakeUp);
    }

    int units() {
        return units;
    }

    private void wakeUp(long nowNanos) {
        Step step = next;
        forgetWaiting();
        step.run(nowNanos);
    }

    private void forgetWaiting() {
        resource = Optional.empty();
        ticket = Simulation.NO_TICKET;
        next = NOTHING;
    }

    private void requireIdle() {
        if (isWaiting()) {
            throw new IllegalStateException("the activity is waiting already; interrupt it first");
        }
    }
}
