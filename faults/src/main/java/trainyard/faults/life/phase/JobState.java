package trainyard.faults.life.phase;

import trainyard.faults.life.job.LongJob;
import trainyard.faults.life.nodes.JobNodes;
import trainyard.faults.life.nodes.SlotPlacement;
import trainyard.faults.life.record.LifeListener;
import trainyard.faults.life.work.JobWork;
import trainyard.faults.life.work.SharedStore;
import trainyard.faults.recovery.Situation;
import trainyard.faults.recovery.StateSource;
import trainyard.sim.engine.Activity;
import trainyard.sim.engine.Step;
import trainyard.sim.engine.Timeline;
import trainyard.sim.random.Distribution;

/**
 * Where a job stands, for all who take it on from there.
 *
 * @param job what it is
 * @param timeline the clock
 * @param activity what the job as a whole does next: at most one thing
 * @param phase what it does now
 * @param placement which node fills which slot
 * @param nodes where its nodes come from
 * @param work what it has done
 * @param standstill what it stands still for
 * @param supervisor who watches it
 * @param store storage that may be away
 * @param listener who is told of it
 */
record JobState(
        LongJob job,
        Timeline timeline,
        Activity activity,
        PhaseClock phase,
        SlotPlacement placement,
        JobNodes nodes,
        JobWork work,
        Standstill standstill,
        Supervisor supervisor,
        SharedStore store,
        LifeListener listener) {

    boolean isRunning() {
        return phase.is(Phase.RUNNING);
    }

    /** Ends the run, if there is one. */
    void endRun(long nowNanos) {
        if (isRunning()) {
            work.end(nowNanos);
            supervisor.stands(nowNanos);
            phase.runIsBooked(nowNanos);
        }
    }

    /** The job spends a drawn time in a phase. */
    void spend(long nowNanos, Phase next, Distribution seconds, Step then) {
        phase.enter(nowNanos, next);
        activity.holdNanos(standstill.draw(seconds), then);
    }

    /** The job spends a time in a phase. */
    void spendNanos(long nowNanos, Phase next, long nanos, Step then) {
        phase.enter(nowNanos, next);
        activity.holdNanos(nanos, then);
    }

    /** What a policy is told of the job. */
    Situation situation() {
        return new Situation(
                job.layout(),
                placement.empty(),
                placement.blank(),
                placement.out(),
                nodes.free(),
                nodes.readyStandbys(),
                standstill.damage());
    }

    /** Whether the job has to go on from a snapshot. */
    boolean stateIsLost() {
        return work.silent().isKnown()
                || standstill.isStateLost()
                || standstill.isOpen() && job.recovery().source(situation()) == StateSource.SNAPSHOT;
    }
}
