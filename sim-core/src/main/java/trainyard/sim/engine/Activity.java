package trainyard.sim.engine;

import java.util.Objects;

/**
 * One thread of a life, without a thread: it does something in no time, then waits for one thing, then goes on with the
 * step named when the waiting began. It can wait for a duration, a {@link Signal} (with or without a limit of time) or
 * units of a {@link Resource}, and it can be interrupted while it waits. A model is a class with one or more activities
 * and one method for each step; its fields are its state.
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
 * <p>Every step runs as an event of its own, with the activity's priority: a signal never runs a waiter inside the one
 * who fires it. Among equal times and priorities the order is that of the wake-ups.
 */
public final class Activity {
    private static final Step NOTHING = now -> {};

    private final Timeline timeline;
    private final int priority;
    private final Step wakeUp = this::wakeUp;
    private WaitingRoom room = WaitingRoom.NOWHERE;
    private long ticket = Simulation.NO_TICKET;
    private boolean called;
    private Step onCall = NOTHING;
    private Step onTime = NOTHING;
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
        onTime = Objects.requireNonNull(then, "then");
        ticket = timeline.after(nanos, priority, wakeUp);
    }

    /** Goes on when the signal is next fired. */
    public void await(Signal signal, Step then) {
        enter(signal, then);
        signal.enter(this);
    }

    /** Goes on when the signal is next fired, or otherwise after a duration in seconds. */
    public void awaitAtMost(double seconds, Signal signal, Step then, Step onTimeout) {
        long limitNanos = SimTime.nanos(seconds);
        Objects.requireNonNull(onTimeout, "onTimeout");
        enter(signal, then);
        onTime = onTimeout;
        ticket = timeline.after(limitNanos, priority, wakeUp);
        signal.enter(this);
    }

    /**
     * Goes on once units of a resource are held; give them back with {@link Resource#release}.
     *
     * @param amount units, from 1 to the resource's capacity
     */
    public void acquire(Resource resource, int amount, Step then) {
        resource.requirePossible(amount);
        enter(resource, then);
        units = amount;
        resource.enter(this);
    }

    /** Whether it waits for something. */
    public boolean isWaiting() {
        return room != WaitingRoom.NOWHERE || ticket != Simulation.NO_TICKET;
    }

    /** Nanoseconds until the present {@link #hold} or limit of time is over; 0 where it waits for no time. */
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
        WaitingRoom left = room;
        forgetWaiting();
        left.leave(this);
        return waiting;
    }

    /** Ends the waiting, if any, and goes on with another step at the present time. */
    public void interrupt(Step then) {
        interrupt();
        holdNanos(0, then);
    }

    /** Called by the room when what is waited for has come. */
    void call() {
        timeline.cancel(ticket);
        called = true;
        ticket = timeline.at(timeline.now(), priority, wakeUp);
    }

    int units() {
        return units;
    }

    private void wakeUp(long nowNanos) {
        Step step = called ? onCall : onTime;
        WaitingRoom left = called ? WaitingRoom.NOWHERE : room;
        forgetWaiting();
        left.leave(this);
        step.run(nowNanos);
    }

    private void enter(WaitingRoom newRoom, Step then) {
        requireIdle();
        onCall = Objects.requireNonNull(then, "then");
        room = newRoom;
    }

    private void forgetWaiting() {
        room = WaitingRoom.NOWHERE;
        ticket = Simulation.NO_TICKET;
        called = false;
        onCall = NOTHING;
        onTime = NOTHING;
    }

    private void requireIdle() {
        if (isWaiting()) {
            throw new IllegalStateException("the activity is waiting already; interrupt it first");
        }
    }
}
