package trainyard.faults.life.phase;

import java.util.OptionalLong;
import trainyard.faults.life.nodes.SlotPlacement;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.Start;
import trainyard.sim.engine.Step;

/** How a job comes up on the nodes that it has: its processes start, then they load or copy the state. */
final class JobStart {

    private final JobState state;
    private final Step onUp;

    /**
     * @param onUp what the job does once it is up
     */
    JobStart(JobState state, Step onUp) {
        this.state = state;
        this.onUp = onUp;
    }

    void initialise(long nowNanos, Start how) {
        RecoveryTimes times = state.job().times();
        state.spend(
                nowNanos, Phase.INITIALISING, how == Start.COLD ? times.initialise() : times.reconfigure(), this::load);
    }

    private void load(long nowNanos) {
        if (!state.stateIsLost()) {
            state.spendNanos(nowNanos, Phase.LOADING, copyNanos(), this::run);
            return;
        }
        OptionalLong nanos =
                state.work().restoreReachable(nowNanos, state.standstill().draws());
        if (nanos.isPresent()) {
            state.spendNanos(nowNanos, Phase.LOADING, nanos.getAsLong(), this::run);
        } else {
            state.spendNanos(nowNanos, Phase.LOADING, state.store().awayNanos(nowNanos), this::load);
        }
    }

    private void run(long nowNanos) {
        state.phase().enter(nowNanos, Phase.RUNNING);
        state.standstill().end();
        state.placement().fillWithState();
        state.work().resume(nowNanos);
        onUp.run(nowNanos);
    }

    /** Nodes without state copy it from others; at the very start there is nothing to copy. */
    private long copyNanos() {
        SlotPlacement placement = state.placement();
        boolean copies = state.work().steps() > 0
                && placement.blank().count() > placement.out().count();
        return copies ? state.standstill().draw(state.job().times().copy()) : 0;
    }
}
