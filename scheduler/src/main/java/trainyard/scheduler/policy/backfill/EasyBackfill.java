package trainyard.scheduler.policy.backfill;

import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.policy.WaitReason;
import trainyard.scheduler.policy.WaitReason.Cause;

/**
 * EASY backfill (Lifka, JSSPP 1995): the queue is served in order. The first job that does not fit gets a reservation at the
 * shadow time, when enough GPUs are free if all run as long as their owners state; GPUs free then beyond its own are spare. A
 * later job starts if it fits now and either ends by the shadow time or needs no more than what is spare.
 *
 * <p>GPUs are counted, not placed: where the placement needs them together, the head may wait longer than its reservation.
 */
public final class EasyBackfill implements SchedulingPolicy {

    private final int depth;
    private final WaitingLine line = new WaitingLine();
    private final StatedEnds ends = new StatedEnds();
    private int reservedGpus;

    /**
     * @param depth how many jobs behind the head are looked at, 0 or more
     */
    public EasyBackfill(int depth) {
        if (depth < 0) {
            throw new IllegalArgumentException("depth is 0 or more, got " + depth);
        }
        this.depth = depth;
    }

    @Override
    public String name() {
        return "easy";
    }

    @Override
    public void arrived(SchedulingContext context, int job) {
        line.add(context, job);
    }

    @Override
    public void ended(SchedulingContext context, int job) {
        ends.ended(job);
    }

    @Override
    public void schedule(SchedulingContext context) {
        while (line.count() > 0 && ends.start(context, line, 0)) {}
        if (line.count() > 1 && context.freeGpus() > 0) {
            backfill(context);
        }
        reservedGpus = line.count() == 0 ? 0 : Math.min(context.freeGpus(), line.gpus(0));
    }

    @Override
    public int reservedGpus() {
        return reservedGpus;
    }

    private void backfill(SchedulingContext context) {
        int spare = ends.gpusFreeBy(context, line.gpus(0)) - line.gpus(0);
        long left = ends.shadowNanos() - context.nowNanos();
        int looked = 0;
        for (int place = 1; place < line.count() && looked < depth && context.freeGpus() > 0; looked++) {
            int gpus = line.gpus(place);
            boolean endsBefore = line.limitNanos(place) <= left;
            if (gpus <= context.freeGpus() && (endsBefore || gpus <= spare) && ends.start(context, line, place)) {
                spare -= endsBefore ? 0 : gpus;
            } else {
                place++;
            }
        }
    }

    @Override
    public WaitReason whyWaits(SchedulingContext context, int job) {
        WaitReason cluster = WaitReason.ofCluster(context, job);
        if (line.count() > 0 && job == line.job(0)) {
            boolean willFit = ends.gpusFreeBy(context, line.gpus(0)) >= line.gpus(0);
            return willFit && cluster.cause() == Cause.TOO_FEW_GPUS
                    ? WaitReason.until(cluster.cause(), ends.shadowNanos())
                    : cluster;
        }
        return cluster.cause() == Cause.TURN ? WaitReason.of(Cause.RESERVATION, line.job(0)) : cluster;
    }
}
