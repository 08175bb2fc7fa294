package trainyard.sim.engine;

import java.util.Arrays;
import java.util.Objects;

/**
 * A clock and the events that are still to happen.
 *
 * <p>Events happen in the order (time, priority, sequence of scheduling): at equal times the lower priority goes first,
 * and at equal priorities the one that was scheduled first. Nothing else decides, so two runs that schedule the same
 * events are the same run. Rescheduling counts as scheduling anew.
 *
 * <p>An event is a handler and an {@code int} argument; no object is allocated per event. A ticket names a pending
 * event. It is over when the event happens or is cancelled, and it never names a later event.
 *
 * <pre>{@code
 * Simulation simulation = new Simulation();
 * int tick = simulation.register((now, count) -> System.out.println(now + " ns: " + count));
 * simulation.schedule(2_000, 0, tick, 1);
 * simulation.schedule(1_000, 0, tick, 2);
 * simulation.run(); // prints 1000 ns: 2, then 2000 ns: 1
 * }</pre>
 *
 * <p>Not safe for use by several threads: one simulation, one thread.
 */
public final class Simulation {
    /** A ticket that names no event, to mark that nothing is pending. */
    public static final long NO_TICKET = 0;

    /** Lowest priority value: goes first among equal times. */
    public static final int FIRST_PRIORITY = -127;

    /** Highest priority value: goes last among equal times. */
    public static final int LAST_PRIORITY = 127;

    private final PendingEvents pending = new PendingEvents();
    private final TieOrder tieOrder;
    private EventHandler[] handlers = new EventHandler[8];
    private int handlerCount;
    private long nowNanos;
    private long sequence;
    private long executed;
    private boolean stopped;

    /** A simulation at time 0 whose ties go first scheduled, first served. */
    public Simulation() {
        this(TieOrder.SCHEDULED);
    }

    /** A simulation at time 0 with a chosen order of ties; {@link TieOrder#permuted} finds unstated order dependence. */
    public Simulation(TieOrder tieOrder) {
        this.tieOrder = Objects.requireNonNull(tieOrder, "tieOrder");
    }

    /**
     * Makes a handler known.
     *
     * @return its id for {@link #schedule}; ids count up from 0
     */
    public int register(EventHandler handler) {
        Objects.requireNonNull(handler, "handler");
        if (handlerCount == handlers.length) {
            handlers = Arrays.copyOf(handlers, 2 * handlerCount);
        }
        handlers[handlerCount] = handler;
        return handlerCount++;
    }

    /**
     * Schedules an event.
     *
     * @param atNanos when, not before {@link #now()}
     * @param priority from {@link #FIRST_PRIORITY} to {@link #LAST_PRIORITY}; at equal times lower goes first
     * @param handlerId from {@link #register}
     * @param argument handed to the handler
     * @return the ticket, never {@link #NO_TICKET}
     * @throws IllegalArgumentException if the time is past, the priority out of range or the handler unknown
     */
    public long schedule(long atNanos, int priority, int handlerId, int argument) {
        checkTime(atNanos);
        if (priority < FIRST_PRIORITY || priority > LAST_PRIORITY) {
            throw new IllegalArgumentException("priority (" + priority + ") must be from -127 to 127");
        }
        if (handlerId < 0 || handlerId >= handlerCount) {
            throw new IllegalArgumentException("handlerId (" + handlerId + ") is not registered");
        }
        return pending.add(atNanos, nextOrder(priority), handlerId, argument);
    }

    /**
     * Schedules an event after a delay from now.
     *
     * @param delayNanos 0 or more
     * @throws ArithmeticException if the time does not fit into a {@code long}
     */
    public long scheduleAfter(long delayNanos, int priority, int handlerId, int argument) {
        return schedule(Math.addExact(nowNanos, delayNanos), priority, handlerId, argument);
    }

    /**
     * Takes an event back.
     *
     * @return whether it was pending; a ticket that is over changes nothing
     */
    public boolean cancel(long ticket) {
        int slot = pending.slotOf(ticket);
        if (slot == EventStore.NONE) {
            return false;
        }
        pending.cancel(slot);
        return true;
    }

    /**
     * Moves an event to another time. It keeps its ticket and its priority, and goes behind what is already scheduled at
     * the new time with that priority.
     *
     * @param atNanos when, not before {@link #now()}
     * @return whether it was pending; a ticket that is over changes nothing
     * @throws IllegalArgumentException if the time is past
     */
    public boolean reschedule(long ticket, long atNanos) {
        checkTime(atNanos);
        int slot = pending.slotOf(ticket);
        if (slot == EventStore.NONE) {
            return false;
        }
        pending.move(slot, atNanos, nextOrder(pending.priorityOf(slot)));
        return true;
    }

    /** Whether a ticket's event is still to happen. */
    public boolean isPending(long ticket) {
        return pending.slotOf(ticket) != EventStore.NONE;
    }

    /**
     * When a pending event will happen.
     *
     * @throws IllegalArgumentException if the ticket is over
     */
    public long timeOf(long ticket) {
        return pending.timeOf(pendingSlot(ticket));
    }

    /**
     * The argument that a pending event was scheduled with.
     *
     * @throws IllegalArgumentException if the ticket is over
     */
    public int argumentOf(long ticket) {
        return pending.argumentOf(pendingSlot(ticket));
    }

    /** The time of the event that happens, or of the last one that happened; 0 at first. */
    public long now() {
        return nowNanos;
    }

    /** Number of events that are still to happen. */
    public int pendingCount() {
        return pending.count();
    }

    /** Number of events that have happened. */
    public long executedCount() {
        return executed;
    }

    /** Runs until no event is left or {@link #stop} is called. */
    public void run() {
        stopped = false;
        execute(Long.MAX_VALUE);
    }

    /**
     * Runs every event up to and including a time, then sets the clock to it (unless {@link #stop} is called, which
     * leaves the clock at the last event).
     *
     * @param nanos not before {@link #now()}
     */
    public void runUntil(long nanos) {
        checkTime(nanos);
        stopped = false;
        execute(nanos);
        if (!stopped) {
            nowNanos = nanos;
        }
    }

    /** Ends the run after the event that happens now; pending events stay, and a new run goes on with them. */
    public void stop() {
        stopped = true;
    }

    private void execute(long untilNanos) {
        PendingEvents queue = pending;
        while (!stopped) {
            int slot = queue.next(untilNanos);
            if (slot == EventStore.NONE) {
                return;
            }
            long time = queue.timeOf(slot);
            int handler = queue.handlerOf(slot);
            int argument = queue.argumentOf(slot);
            queue.forget(slot);
            nowNanos = time;
            executed++;
            handlers[handler].onEvent(time, argument);
        }
    }

    private int pendingSlot(long ticket) {
        int slot = pending.slotOf(ticket);
        if (slot == EventStore.NONE) {
            throw new IllegalArgumentException("ticket (" + ticket + ") names no pending event");
        }
        return slot;
    }

    private long nextOrder(int priority) {
        return ((long) priority << TieOrder.SEQUENCE_BITS) | tieOrder.rank(sequence++);
    }

    private void checkTime(long atNanos) {
        if (atNanos < nowNanos) {
            throw new IllegalArgumentException("time (" + atNanos + " ns) lies before now (" + nowNanos + " ns)");
        }
    }
}
