package trainyard.faults.life.phase;

import java.util.function.LongSupplier;
import trainyard.faults.life.account.GpuTimeLedger;
import trainyard.faults.life.record.LifeListener;

/** Which phase a job is in and since when; it books the time that its GPUs spend in each. */
final class PhaseClock {

    private final GpuTimeLedger ledger;
    private final LifeListener listener;
    private final LongSupplier gpus;
    private final LongSupplier steps;
    private Phase phase = Phase.WAITING;
    private long bookedUntilNanos;

    /**
     * @param gpus GPUs at work, or standing still with the job; book before their number changes
     * @param steps steps done and not destroyed
     */
    PhaseClock(GpuTimeLedger ledger, LifeListener listener, LongSupplier gpus, LongSupplier steps) {
        this.ledger = ledger;
        this.listener = listener;
        this.gpus = gpus;
        this.steps = steps;
    }

    Phase phase() {
        return phase;
    }

    boolean is(Phase asked) {
        return phase == asked;
    }

    /** The job goes over to another phase. */
    void enter(long nowNanos, Phase next) {
        book(nowNanos);
        phase = next;
        listener.onState(nowNanos, next.state(), steps.getAsLong());
    }

    /** Books the time since the last booking; that of a run is booked by the run itself. */
    void book(long nowNanos) {
        if (phase != Phase.RUNNING) {
            ledger.add(phase.state(), nowNanos - bookedUntilNanos, gpus.getAsLong());
            bookedUntilNanos = nowNanos;
        }
    }

    /** A run has booked its time up to now. */
    void runIsBooked(long nowNanos) {
        bookedUntilNanos = nowNanos;
    }
}
