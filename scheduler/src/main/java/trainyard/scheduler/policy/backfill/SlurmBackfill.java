package trainyard.scheduler.policy.backfill;

import java.util.Objects;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.policy.WaitReason;
import trainyard.scheduler.policy.WaitReason.Cause;

/**
 * Bounded backfill as in Slurm. At every event the queue is served in order up to the first job that does not fit. At most once in an
 * interval a plan is made from nothing: each of the first jobs is given the earliest time at which it delays none before it in the
 * queue; who comes now starts, who comes within the window keeps a reservation until the next plan. Times of the plan are rounded up to the
 * resolution. A plan is left out where nothing arrived or ended and no node came back or was added since the last, since it would start nothing.
 */
public final class SlurmBackfill implements SchedulingPolicy {

    private final BackfillBounds bounds;
    private final WaitingLine line = new WaitingLine();
    private final StatedEnds ends = new StatedEnds();
    private final FreeProfile profile = new FreeProfile();
    private long nextPlanNanos;
    private boolean changed;
    private int freeBefore;
    /** Least GPUs of a job that waits in the part of the queue that a plan looks at. */
    private int narrowest;

    public SlurmBackfill(BackfillBounds bounds) {
        this.bounds = Objects.requireNonNull(bounds, "bounds");
    }

    @Override
    public String name() {
        return "slurm-backfill";
    }

    @Override
    public void arrived(SchedulingContext context, int job) {
        line.add(context, job);
        changed = true;
    }

    @Override
    public void ended(SchedulingContext context, int job) {
        ends.ended(job);
        changed = true;
    }

    @Override
    public void schedule(SchedulingContext context) {
        // Of nodes that come back nobody tells.
        changed |= context.freeGpus() > freeBefore;
        for (int tried = 0; tried < bounds.mainDepth() && line.count() > 0; tried++) {
            if (!ends.start(context, line, 0)) {
                break;
            }
        }
        if (changed && context.nowNanos() >= nextPlanNanos) {
            plan(context);
            changed = false;
            nextPlanNanos = context.nowNanos() + bounds.intervalNanos();
        }
        freeBefore = context.freeGpus();
    }

    @Override
    public long wakeUpNanos() {
        return changed && line.count() > 0 ? nextPlanNanos : Long.MAX_VALUE;
    }

    private void plan(SchedulingContext context) {
        findNarrowest();
        if (context.freeGpus() < narrowest) {
            return;
        }
        long now = context.nowNanos();
        profile.reset(now, context.freeGpus());
        ends.fill(context, profile, bounds.resolutionNanos());
        int looked = 0;
        for (int place = 0; place < line.count() && looked < bounds.depth(); looked++) {
            int gpus = line.gpus(place);
            long limit = rounded(line.limitNanos(place));
            long from = profile.earliest(gpus, limit);
            boolean planned = from - now <= bounds.windowNanos();
            if (from == now && ends.start(context, line, place)) {
                profile.add(from, StatedEnds.saturated(from, limit), -gpus);
                if (context.freeGpus() < narrowest) {
                    return;
                }
            } else {
                if (planned) {
                    profile.add(from, StatedEnds.saturated(from, limit), -gpus);
                }
                place++;
            }
        }
    }

    private void findNarrowest() {
        narrowest = Integer.MAX_VALUE;
        for (int place = 0; place < Math.min(line.count(), bounds.depth()); place++) {
            narrowest = Math.min(narrowest, line.gpus(place));
        }
    }

    private long rounded(long nanos) {
        long grid = bounds.resolutionNanos();
        return nanos > Long.MAX_VALUE - grid ? nanos : (nanos + grid - 1) / grid * grid;
    }

    @Override
    public WaitReason whyWaits(SchedulingContext context, int job) {
        if (line.placeOf(job) >= bounds.depth()) {
            return WaitReason.of(Cause.BEYOND_DEPTH);
        }
        WaitReason cluster = WaitReason.ofCluster(context, job);
        return cluster.cause() == Cause.TURN ? WaitReason.of(Cause.RESERVATION) : cluster;
    }
}
