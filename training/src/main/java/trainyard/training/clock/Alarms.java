package trainyard.training.clock;

import java.util.ArrayList;
import java.util.List;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;

/** Code that runs at times of a simulation. */
public final class Alarms {
    private final Simulation simulation;
    private final int handler;
    private final List<Runnable> waiting = new ArrayList<>();
    private final List<Integer> free = new ArrayList<>();

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
     * Runs code after a delay.
     *
     * @param seconds 0 or more
     * @param priority at equal times lower goes first, as in {@link Simulation#schedule}
     * @return the ticket for {@link #cancel}
     */
    public long after(double seconds, int priority, Runnable code) {
        int slot = keep(code);
        return simulation.scheduleAfter(SimTime.nanos(seconds), priority, handler, slot);
    }

    /** Takes an alarm back that has not rung. */
    public void cancel(long ticket) {
        if (simulation.isPending(ticket)) {
            take(simulation.argumentOf(ticket));
            simulation.cancel(ticket);
        }
    }

    private int keep(Runnable code) {
        if (free.isEmpty()) {
            waiting.add(code);
            return waiting.size() - 1;
        }
        int slot = free.remove(free.size() - 1);
        waiting.set(slot, code);
        return slot;
    }

    private Runnable take(int slot) {
        Runnable code = waiting.get(slot);
        waiting.set(slot, null);
        free.add(slot);
        return code;
    }
}
