package trainyard.faults.life.phase;

import java.util.Optional;
import trainyard.faults.cause.Fault;
import trainyard.sim.engine.Activity;
import trainyard.sim.engine.Step;

/**
 * What follows when a fault stops a job: it is detected and diagnosed, then the job is stopped for good, held back for a while,
 * started in vain on broken nodes, or goes on to the recovery of its nodes.
 */
final class FaultResponse {

    private final JobState state;
    private final Supervisor supervisor;
    private final Activity activity;
    private final Step recover;

    /**
     * @param recover what the job does about its nodes once it may start again
     */
    FaultResponse(JobState state, Step recover) {
        this.state = state;
        this.recover = recover;
        supervisor = state.supervisor();
        activity = state.activity();
    }

    /** A fault stops the job, and somebody has to notice. */
    void begin(long nowNanos, Fault fault) {
        stopFor(nowNanos, fault);
        state.phase().enter(nowNanos, Phase.DETECTING);
        activity.holdNanos(supervisor.begin(nowNanos, fault, state.standstill().draws()), this::diagnose);
    }

    /** A fault stops the job that is known already. */
    void beginNoticed(long nowNanos, Fault fault) {
        stopFor(nowNanos, fault);
        supervisor.found(fault);
        diagnose(nowNanos);
    }

    /** A fault stops the job that is known already, and after which there is nothing to go on with. */
    void endNoticed(long nowNanos, Fault fault) {
        stopFor(nowNanos, fault);
        supervisor.found(fault);
        state.phase().enter(nowNanos, Phase.DIAGNOSING);
        giveUp(nowNanos);
    }

    private void stopFor(long nowNanos, Fault fault) {
        state.listener().onIncident(nowNanos, fault);
        state.work().stop(nowNanos);
        state.standstill().begin(fault);
        activity.interrupt();
    }

    /** Another fault strikes before the first is noticed; where it shows sooner, it makes both known. */
    void strikeAgain(Fault fault) {
        long nanos = supervisor.meanwhile(fault);
        if (nanos < activity.remainingNanos()) {
            activity.interrupt();
            activity.holdNanos(nanos, this::diagnose);
        }
    }

    private void diagnose(long nowNanos) {
        supervisor.notice(nowNanos);
        state.spend(nowNanos, Phase.DIAGNOSING, state.job().times().diagnose(), this::react);
    }

    private void react(long nowNanos) {
        if (supervisor.stops(nowNanos, this::safeSteps)) {
            giveUp(nowNanos);
            return;
        }
        long brakeNanos = supervisor.brakeNanos();
        if (brakeNanos > 0) {
            state.spendNanos(nowNanos, Phase.BACKING_OFF, brakeNanos, this::startAgain);
        } else {
            startAgain(nowNanos);
        }
    }

    private long safeSteps() {
        return state.stateIsLost()
                ? state.work().newestSnapshotSteps()
                : state.work().steps();
    }

    /** The job is not started again. */
    private void giveUp(long nowNanos) {
        if (state.stateIsLost()) {
            state.work().restore(nowNanos, state.standstill().draws());
        }
        state.nodes().giveUp(nowNanos);
        state.phase().enter(nowNanos, Phase.STOPPED);
    }

    private void startAgain(long nowNanos) {
        if (supervisor.triesBroken() && state.nodes().hasBroken()) {
            state.spend(nowNanos, Phase.INITIALISING, state.job().times().initialise(), this::failInPlace);
        } else {
            recover.run(nowNanos);
        }
    }

    private void failInPlace(long nowNanos) {
        Optional<Long> wait = supervisor.failInPlace();
        if (wait.isPresent()) {
            state.spendNanos(nowNanos, Phase.BACKING_OFF, wait.get(), this::startAgain);
        } else {
            recover.run(nowNanos);
        }
    }
}
