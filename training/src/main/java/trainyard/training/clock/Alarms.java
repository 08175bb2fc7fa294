package trainyard.training.clock;

import java.util.Arrays;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;

/** Code that runs at times of a simulation. */
public final class Alarms {
    private final Simulation simulation;
    private final int handler;
    private Runnable[] waiting = new Runnable[16];
    private int[] free = new int[16];
    private int freeCount;
    private int slots;

    public Alarms(Simulation simulation) {
        this.simulation = simulation;
        handler = simulation.register((now, slot) -> take(slot).run());
    }

    /** The present time in seconds. */
    public double seconds() {
        return SimTime.seconds(simulation.now());
    }

    public Simulation simulation() {
        return simulation;
    }

    /**
     * A delay from now in nanoseconds; what would come behind the end of the clock, in 292 years, comes there.
     *
     * @param seconds 0 or more
     */
    long delayNanos(double seconds) {
        long left = Long.MAX_VALUE - simulation.now();
        return seconds * SimTime.NANOS_PER_SECOND >= left ? left : SimTime.nanos(seconds);
    }

    /**
     * Runs code after a delay.
     *
     * @param seconds 0 or more
     * @param priority at equal times lower goes first, as in {@link Simulation#schedule}
     * @return the ticket for {@link #cancel}
     */
    public long after(double seconds, int priority, Runnable code) {
        int slot = freeCount > 0 ? free[--freeCount] : newSlot();
        waiting[slot] = code;
        return simulation.scheduleAfter(delayNanos(seconds), priority, handler, slot);
    }

    /** Takes an alarm back that has not rung. */
    public void cancel(long ticket) {
        if (simulation.isPending(ticket)) {
            take(simulation.argumentOf(ticket));
            simulation.cancel(ticket);
        }
    }

    private int newSlot() {
        if (slots == waiting.length) {
            waiting = Arrays.copyOf(waiting, 2 * slots);
            free = Arrays.copyOf(free, 2 * slots);
        }
        return slots++;
    }

    private Runnable take(int slot) {
        Runnable code = waiting[slot];
        waiting[slot] = null;
        free[freeCount++] = slot;
        return code;
    }
}
