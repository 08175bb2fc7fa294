package trainyard.faults.life.work;

import trainyard.faults.checkpoint.CheckpointClock;
import trainyard.faults.checkpoint.CheckpointClock.Progress;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.account.GpuTimeLedger;
import trainyard.faults.recovery.Pace;

/**
 * The job at work from one interruption to the next, on the same nodes at the same pace.
 *
 * @param clock how far it is at which time
 * @param startNanos when it began
 * @param startStep steps done by then
 * @param pace what a step is
 * @param gpus GPUs at work
 */
record Run(CheckpointClock clock, long startNanos, long startStep, Pace pace, long gpus) {

    /** Books a run that is over; the unfinished step, if there is one, is lost. Returns the steps done. */
    long end(long nowNanos, GpuTimeLedger ledger, WorkHistory history) {
        Progress progress = book(nowNanos, ledger, history);
        ledger.add(GpuState.LOST_WORK, unfinishedNanos(progress), gpus);
        return progress.steps();
    }

    /** Books a run whose unfinished step, if there is one, goes on in another run. Returns when that step would have begun at this pace. */
    long handOver(long nowNanos, GpuTimeLedger ledger, WorkHistory history) {
        return nowNanos - unfinishedNanos(book(nowNanos, ledger, history));
    }

    /** Steps done by a time. */
    long steps(long nowNanos) {
        return clock.at(nowNanos - startNanos).steps();
    }

    /** Whether a step is under way, or could begin; else a snapshot is. */
    boolean isAtSteps(long nowNanos) {
        long elapsed = nowNanos - startNanos;
        return unfinishedNanos(clock.at(elapsed)) > 0 || clock.boundary(elapsed) == elapsed;
    }

    /** Books a run that the end of the observation cuts; nothing is known to be lost. Returns the steps done. */
    long cut(long nowNanos, GpuTimeLedger ledger, WorkHistory history) {
        Progress progress = book(nowNanos, ledger, history);
        long nanos = unfinishedNanos(progress);
        double share = (double) nanos / pace.stepNanos();
        long useful = Math.min(nanos * gpus, Math.round(share * pace.usefulGpuNanos()));
        long redundant = Math.min(nanos * gpus - useful, Math.round(share * pace.redundantGpuNanos()));
        boolean allUseful = pace.usefulGpuNanos() == pace.stepNanos() * gpus;
        ledger.add(GpuState.USEFUL, allUseful ? nanos * gpus : useful, 1);
        ledger.add(GpuState.REDUNDANT, allUseful ? 0 : redundant, 1);
        ledger.add(GpuState.SLOW, allUseful ? 0 : nanos * gpus - useful - redundant, 1);
        return progress.steps();
    }

    private Progress book(long nowNanos, GpuTimeLedger ledger, WorkHistory history) {
        Progress progress = clock.at(nowNanos - startNanos);
        history.done(startStep, progress.steps(), pace, gpus);
        ledger.add(GpuState.CHECKPOINT, progress.stallNanos(), gpus);
        ledger.add(GpuState.SAVING, progress.dragNanos(), gpus);
        return progress;
    }

    private long unfinishedNanos(Progress progress) {
        return progress.workNanos() - (progress.steps() - startStep) * pace.stepNanos();
    }
}
