package trainyard.scheduler.policy.backfill;

import java.util.Objects;
import trainyard.scheduler.policy.Desk;
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
    public void arrived(Desk desk, int job) {
        line.add(desk, job);
        changed = true;
    }

    @Override
    public void ended(Desk desk, int job) {
        ends.ended(job);
        changed = true;
    }

    @Override
    public void schedule(Desk desk) {
        // Of nodes that come back nobody tells.
        changed |= desk.freeGpus() > freeBefore;
        for (int tried = 0; tried < bounds.mainDepth() && line.count() > 0; tried++) {
            if (!start(desk, 0)) {
                break;
            }
        }
        if (changed && desk.nowNanos() >= nextPlanNanos) {
            plan(desk);
            changed = false;
            nextPlanNanos = desk.nowNanos() + bounds.intervalNanos();
        }
        freeBefore = desk.freeGpus();
    }

    @Override
    public long wakeUpNanos() {
        return changed && line.count() > 0 ? nextPlanNanos : Long.MAX_VALUE;
    }

    private boolean start(Desk desk, int place) {
        int job = line.job(place);
        if (line.gpus(place) > desk.freeGpus() || !desk.start(job)) {
            return false;
        }
        line.remove(place);
        ends.started(desk, job);
        return true;
    }

    private void plan(Desk desk) {
        findNarrowest();
        if (desk.freeGpus() < narrowest) {
            return;
        }
        long now = desk.nowNanos();
        profile.reset(now, desk.freeGpus());
        ends.fill(desk, profile, bounds.resolutionNanos());
        int looked = 0;
        for (int place = 0; place < line.count() && looked < bounds.depth(); looked++) {
            int gpus = line.gpus(place);
            long limit = rounded(line.limitNanos(place));
            long from = profile.earliest(gpus, limit);
            boolean planned = from - now <= bounds.windowNanos();
            if (from == now && start(desk, place)) {
                profile.add(from, StatedEnds.saturated(from, limit), -gpus);
                if (desk.freeGpus() < narrowest) {
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
    public WaitReason whyWaits(Desk desk, int job) {
        if (line.placeOf(job) >= bounds.depth()) {
            return WaitReason.of(Cause.BEYOND_DEPTH);
        }
        WaitReason cluster = WaitReason.ofCluster(desk, job);
        return cluster.cause() == Cause.TURN ? WaitReason.of(Cause.RESERVATION) : cluster;
    }
}
