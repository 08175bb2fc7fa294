package trainyard.scheduler.run;

import trainyard.sim.engine.Simulation;

/** When the policy is asked next: once at a moment, behind all else that happens then. */
final class PassTimer {

    private static final int PRIORITY = 10;

    private final Simulation simulation;
    private final long decisionNanos;
    private final int handler;
    private long ticket = Simulation.NO_TICKET;

    /**
     * @param decisionNanos time that the policy takes for its answer
     * @param pass asks the policy
     */
    PassTimer(Simulation simulation, long decisionNanos, Runnable pass) {
        this.simulation = simulation;
        this.decisionNanos = decisionNanos;
        handler = simulation.register((now, argument) -> pass.run());
    }

    void now() {
        by(simulation.now());
    }

    /** Asks it at a moment, for its answer later on, unless it is asked before, which makes the later moment void. */
    void by(long askedNanos) {
        long nanos = askedNanos + decisionNanos;
        if (!simulation.isPending(ticket)) {
            ticket = simulation.schedule(nanos, PRIORITY, handler, 0);
        } else if (simulation.timeOf(ticket) > nanos) {
            simulation.reschedule(ticket, nanos);
        }
    }
}
