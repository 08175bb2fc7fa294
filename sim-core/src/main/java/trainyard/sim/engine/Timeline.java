package trainyard.sim.engine;

import java.util.Arrays;
import java.util.Objects;

/**
 * Steps at times: the readable form of a {@link Simulation} for models that are not in the hot path. It keeps the steps
 * that are still to run in slots which it reuses, so nothing grows with the number of events.
 *
 * <p>Models that handle millions of events use {@link Simulation#schedule} with an entity index instead and share the
 * simulation with this.
 */
public final class Timeline {
    private static final Step NOTHING = now -> {};

    private final Simulation simulation;
    private final int handler;
    private Step[] steps = new Step[16];
    private int[] freeSlots = new int[16];
    private int freeCount;
    private int used;

    /** A timeline on a simulation; several may share one. */
    public Timeline(Simulation simulation) {
        this.simulation = Objects.requireNonNull(simulation, "simulation");
        this.handler = simulation.register(this::runStep);
    }

    public Simulation simulation() {
        return simulation;
    }

    /** The present time. */
    public long now() {
        return simulation.now();
    }

    /**
     * Runs a step at a time.
     *
     * @param atNanos not before now
     * @param priority as in {@link Simulation#schedule}
     * @return the ticket to cancel or move it with
     */
    public long at(long atNanos, int priority, Step step) {
        Objects.requireNonNull(step, "step");
        int slot = freeCount > 0 ? freeSlots[--freeCount] : freshSlot();
        long ticket = simulation.schedule(atNanos, priority, handler, slot);
        steps[slot] = step;
        return ticket;
    }

    /**
     * Runs a step after a delay.
     *
     * @param delayNanos 0 or more
     */
    public long after(long delayNanos, int priority, Step step) {
        return at(Math.addExact(simulation.now(), delayNanos), priority, step);
    }

    /** Takes a step back; returns whether it was still to run. The ticket must come from this timeline. */
    public boolean cancel(long ticket) {
        if (!simulation.isPending(ticket)) {
            return false;
        }
        release(simulation.argumentOf(ticket));
        return simulation.cancel(ticket);
    }

    private void runStep(long nowNanos, int slot) {
        Step step = steps[slot];
        release(slot);
        step.run(nowNanos);
    }

    private void release(int slot) {
        steps[slot] = NOTHING;
        freeSlots[freeCount++] = slot;
    }

    private int freshSlot() {
        if (used == steps.length) {
            steps = Arrays.copyOf(steps, 2 * used);
            freeSlots = Arrays.copyOf(freeSlots, 2 * used);
        }
        return used++;
    }
}
