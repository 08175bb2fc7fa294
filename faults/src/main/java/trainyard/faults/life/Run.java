package trainyard.faults.life;

import trainyard.faults.checkpoint.CheckpointClock;
import trainyard.faults.checkpoint.CheckpointClock.Progress;

/**
 * The job at work from one interruption to the next, on the same nodes at the same pace.
 *
 * @param clock how far it is at which time
 * @param startNanos when it began
 * @param startStep steps done by then
 * @param stepNanos time of a step
 * @param gpus GPUs at work
 */
record Run(CheckpointClock clock, long startNanos, long startStep, long stepNanos, long gpus) {

    /** Books an interrupted run; the unfinished step is lost. Returns the steps done. */
    long interrupt(long nowNanos, GpuTimeLedger ledger, WorkHistory history) {
        return book(nowNanos, ledger, history, GpuState.LOST_WORK);
    }

    /** Books a run that the end of the observation cuts; nothing is known to be lost. Returns the steps done. */
    long cut(long nowNanos, GpuTimeLedger ledger, WorkHistory history) {
        return book(nowNanos, ledger, history, GpuState.USEFUL);
    }

    private long book(long nowNanos, GpuTimeLedger ledger, WorkHistory history, GpuState unfinished) {
        Progress progress = clock.at(nowNanos - startNanos);
        history.done(startStep, progress.steps(), stepNanos, gpus);
        ledger.add(unfinished, progress.workNanos() - (progress.steps() - startStep) * stepNanos, gpus);
        ledger.add(GpuState.CHECKPOINT, progress.stallNanos(), gpus);
        return progress.steps();
    }

    /** Books a run that did all its steps and took a last snapshot. */
    void finish(long nowNanos, long steps, GpuTimeLedger ledger, WorkHistory history) {
        long work = (steps - startStep) * stepNanos;
        history.done(startStep, steps, stepNanos, gpus);
        ledger.add(GpuState.CHECKPOINT, nowNanos - startNanos - work, gpus);
    }
}
