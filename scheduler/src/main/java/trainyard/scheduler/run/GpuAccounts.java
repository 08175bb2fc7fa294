package trainyard.scheduler.run;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import trainyard.scheduler.account.ClusterLedger;
import trainyard.scheduler.account.GpuUse;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeStatus;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.placement.UnusableGpus;
import trainyard.scheduler.run.outcome.JobLosses;
import trainyard.sim.account.WideSums;

/** Books the time of every GPU of a run: that of jobs when they stop, that of the others before anything changes. */
final class GpuAccounts {

    private final JobTable jobs;
    private final JobProgress progress;
    private final TurnGroups turns;
    private final ClusterLedger ledger;
    private final int[] teamOf;
    /** Useful and slowed work of each job, for the day on which it turns out to be in vain. */
    private final WideSums kept;

    /** Time of work of each job that it keeps so far. */
    private final long[] keptNanos;

    private final long[] lostNanos;
    private final long[] overheadNanos;
    private final long[] heldNanos;
    /** The jobs of the list, for whom free GPUs are of use or not. */
    private final Optional<UnusableGpus> mix;

    private double unusableGpuNanos;
    private long bookedUntil;

    GpuAccounts(JobTable jobs, JobProgress progress, TurnGroups turns, FreeGpus free, Placement placement) {
        mix = jobs.count() == 0
                ? Optional.empty()
                : Optional.of(placement.unusable(jobs.list(), free.largestNode() / free.partsPerGpu()));
        this.jobs = jobs;
        this.progress = progress;
        this.turns = turns;
        int count = jobs.count();
        Map<String, Integer> teams = new LinkedHashMap<>();
        teamOf = new int[count];
        Arrays.setAll(teamOf, job -> teams.computeIfAbsent(jobs.job(job).team(), team -> teams.size()));
        ledger = new ClusterLedger(teams.keySet().stream().toList(), free.partsPerGpu());
        kept = new WideSums(2 * count);
        keptNanos = new long[count];
        lostNanos = new long[count];
        overheadNanos = new long[count];
        heldNanos = new long[count];
    }

    ClusterLedger ledger() {
        return ledger;
    }

    /** Books the time of GPUs that no job runs on, up to now; before any of them changes. */
    void advance(long nowNanos, FreeGpus free, int held, int fragmented, int reserved) {
        long nanos = nowNanos - bookedUntil;
        if (nanos == 0) {
            return;
        }
        bookedUntil = nowNanos;
        unusableGpuNanos += mix.isPresent() ? nanos * mix.get().gpus(free) : 0;
        int left = free.free();
        int scattered = Math.min(left, fragmented);
        int kept = Math.min(left - scattered, reserved);
        ledger.add(GpuUse.HELD, nanos, held);
        ledger.add(GpuUse.FRAGMENTED, nanos, scattered);
        ledger.add(GpuUse.RESERVED, nanos, kept);
        ledger.add(GpuUse.FREE, nanos, left - scattered - kept);
        ledger.add(GpuUse.DRAINING, nanos, free.free(NodeStatus.DRAINING));
        ledger.add(GpuUse.DOWN, nanos, free.free(NodeStatus.DOWN));
        ledger.add(GpuUse.STARTING, nanos, free.free(NodeStatus.STARTING));
        ledger.add(GpuUse.OFF, nanos, free.free(NodeStatus.OFF));
    }

    /** Free GPUs that the mean job of the list cannot use where they are, now. */
    double unusable(FreeGpus free) {
        return mix.isPresent() ? mix.get().gpus(free) : 0;
    }

    /** Free GPUs that the mean job of the list cannot use where they are, in the mean over time. */
    double meanUnusable(long endNanos) {
        return endNanos == 0 ? 0 : unusableGpuNanos / endNanos;
    }

    /**
     * Books all that a job did since it started; before it is stopped.
     *
     * @param keepsAll whether it keeps all its work, or what its last checkpoint holds
     * @param afterWork what its GPUs did once it stood still
     */
    void stopped(int job, long nowNanos, boolean keepsAll, GpuUse afterWork) {
        book(job, nowNanos, keepsAll, afterWork, 1);
    }

    /** Takes back what was booked when a job was stopped at this moment that goes on after all; with its progress as it was. */
    void goesOn(int job, long nowNanos, boolean keepsAll) {
        book(job, nowNanos, keepsAll, GpuUse.STUCK, -1);
    }

    private void book(int job, long nowNanos, boolean keepsAll, GpuUse afterWork, int sign) {
        long begin = Math.min(nowNanos, progress.beginAt(job));
        long load = Math.min(nowNanos, progress.loadAt(job));
        long work = Math.min(nowNanos, progress.workAt(job));
        long still = Math.max(work, Math.min(nowNanos, progress.stillAt(job)));
        long worked = progress.workingNanos(job, nowNanos);
        long useful = keepsAll ? worked : progress.savedNanos(job, nowNanos);
        long saving = begin - progress.startedAt(job) + (still - work - worked);
        int of = sign * turns.count(job);
        long others = book(job, GpuUse.CHECKPOINT, saving / of)
                + book(job, GpuUse.START, (load - begin) / of)
                + book(job, GpuUse.LOAD, (work - load) / of)
                + book(job, GpuUse.LOST, (worked - useful) / of)
                + book(job, afterWork, (nowNanos - still) / of);
        bookUseful(job, sign * part(job, nowNanos) - others);
        heldNanos[job] += sign * (nowNanos - progress.startedAt(job));
        keptNanos[job] += sign * useful;
        lostNanos[job] += sign * (worked - useful);
        overheadNanos[job] += sign * (saving + (work - begin) + (nowNanos - still));
    }

    /** Its part of the time of the GPUs that it shares, such that those of its group add up to all of it. */
    private long part(int job, long nowNanos) {
        long nanos = nowNanos - progress.startedAt(job);
        int of = turns.count(job);
        return nanos / of + (turns.index(job) < nanos % of ? 1 : 0);
    }

    /** Work in one of so many turns at the GPUs is as fast as alone if it gets on so many times slower. */
    private void bookUseful(int job, long nanos) {
        double efficiency = Math.min(
                1, progress.meanRate(job, Math.abs(nanos)) * turns.count(job) * jobs.wantedGpus(job) / jobs.gpus(job));
        long fast = efficiency == 1 ? nanos : (long) (nanos * efficiency);
        book(job, GpuUse.USEFUL, fast);
        book(job, GpuUse.SLOWED, nanos - fast);
        kept.add(2 * job, fast, jobs.gpus(job));
        kept.add(2 * job + 1, nanos - fast, jobs.gpus(job));
    }

    private long book(int job, GpuUse use, long nanos) {
        ledger.add(teamOf[job], use, nanos, jobs.gpus(job));
        return nanos;
    }

    /** All that a job did was in vain. */
    void loseAll(int job) {
        ledger.lose(teamOf[job], GpuUse.USEFUL, kept, 2 * job);
        ledger.lose(teamOf[job], GpuUse.SLOWED, kept, 2 * job + 1);
        lostNanos[job] += keptNanos[job];
        keptNanos[job] = 0;
    }

    JobLosses losses(int job, int failures, boolean gaveUp) {
        return new JobLosses(failures, gaveUp, lostNanos[job], overheadNanos[job], heldNanos[job]);
    }
}
