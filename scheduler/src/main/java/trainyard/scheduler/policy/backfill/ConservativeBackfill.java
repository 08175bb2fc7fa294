package trainyard.scheduler.policy.backfill;

import java.util.Arrays;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.policy.WaitReason;
import trainyard.scheduler.policy.WaitReason.Cause;

/**
 * Conservative backfill (Mu'alem and Feitelson, IEEE TPDS 2001) to a depth: each of the first jobs of the queue holds a
 * reservation at the earliest time at which it delays none that was made before. When a job ends before its stated end, the
 * reservations are compressed: each in the order of the queue moves to an earlier time if one is free; none moves to a later
 * one. Jobs beyond the depth wait for a reservation.
 *
 * <p>GPUs are counted, not placed. Where a reservation could not be honoured, because the placement found no place or because a
 * job outlived its stated end, all are made anew in the order of the queue.
 */
public final class ConservativeBackfill implements SchedulingPolicy {

    private final int depth;
    private final WaitingLine line = new WaitingLine();
    private final StatedEnds ends = new StatedEnds();
    private final FreeProfile profile = new FreeProfile();
    /** By job: when its reservation, or its run as its owner states, begins and ends. */
    private long[] from = new long[64];

    private long[] to = new long[64];
    /** Places of the queue, from the head on, that have a reservation. */
    private int reserved;
    /** Whether a job has ended before its stated end since the last pass. */
    private boolean compress;
    /** Free GPUs as they follow from what it did; others mean that nodes came or went. */
    private int knownFree = -1;

    private long firstReserved = Long.MAX_VALUE;
    private int reservedGpus;
    private long wakeUpNanos = Long.MAX_VALUE;

    /**
     * @param depth how many jobs hold a reservation, at least 1
     */
    public ConservativeBackfill(int depth) {
        if (depth < 1) {
            throw new IllegalArgumentException("depth is at least 1, got " + depth);
        }
        this.depth = depth;
    }

    @Override
    public String name() {
        return "conservative";
    }

    @Override
    public void arrived(SchedulingContext context, int job) {
        if (job >= from.length) {
            int length = Math.max(job + 1, 2 * from.length);
            from = Arrays.copyOf(from, length);
            to = Arrays.copyOf(to, length);
        }
        int place = line.add(context, job);
        if (place < reserved) {
            profile.advance(context.nowNanos());
            reserve(place);
            firstReserved = Math.min(firstReserved, from[job]);
            reserved++;
        }
    }

    @Override
    public void ended(SchedulingContext context, int job) {
        ends.ended(job);
        knownFree += context.gpus(job);
        if (to[job] > context.nowNanos()) {
            profile.advance(context.nowNanos());
            profile.add(context.nowNanos(), to[job], context.gpus(job));
            compress = true;
        }
    }

    @Override
    public void schedule(SchedulingContext context) {
        if (context.freeGpus() == knownFree && firstReserved >= context.nowNanos()) {
            profile.advance(context.nowNanos());
            extendOverdue(context);
        } else {
            planAnew(context);
        }
        if (compress || firstReserved <= context.nowNanos()) {
            honour(context);
        }
        while (reserved < depth && reserved < line.count()) {
            reserve(reserved);
            if (!startIfDue(context, reserved)) {
                firstReserved = Math.min(firstReserved, from[line.job(reserved)]);
                reserved++;
            }
        }
        knownFree = context.freeGpus();
        reservedGpus = line.count() == 0 ? 0 : Math.min(context.freeGpus(), line.gpus(0));
        wakeUpNanos = firstReserved > context.nowNanos() ? firstReserved : Long.MAX_VALUE;
    }

    @Override
    public int reservedGpus() {
        return reservedGpus;
    }

    /** A reservation may begin where nothing ends, since what stood before it has moved. */
    @Override
    public long wakeUpNanos() {
        return wakeUpNanos;
    }

    private void planAnew(SchedulingContext context) {
        profile.reset(context.nowNanos(), context.freeGpus());
        ends.extendOverdue(context.nowNanos(), (job, end) -> to[job] = end);
        ends.fill(context, profile, 1);
        for (int place = 0; place < reserved; place++) {
            reserve(place);
        }
        firstReserved = context.nowNanos();
    }

    /** A job that has outlived its stated end counts as about to end. */
    private void extendOverdue(SchedulingContext context) {
        ends.extendOverdue(context.nowNanos(), (job, end) -> {
            profile.add(context.nowNanos(), end, -context.gpus(job));
            to[job] = end;
        });
    }

    /** Starts what is due and, after an early end, moves reservations forward. */
    private void honour(SchedulingContext context) {
        firstReserved = Long.MAX_VALUE;
        for (int place = 0; place < reserved; ) {
            move(context.nowNanos(), place);
            if (startIfDue(context, place)) {
                reserved--;
            } else {
                firstReserved = Math.min(firstReserved, from[line.job(place)]);
                place++;
            }
        }
        compress = false;
    }

    private void move(long nowNanos, int place) {
        int job = line.job(place);
        if (compress && from[job] > nowNanos && profile.everFreeBefore(line.gpus(place), from[job])) {
            profile.add(from[job], to[job], line.gpus(place));
            reserve(place);
        }
    }

    private void reserve(int place) {
        take(place, profile.earliest(line.gpus(place), line.limitNanos(place)));
    }

    private void take(int place, long start) {
        int job = line.job(place);
        from[job] = start;
        to[job] = StatedEnds.saturated(start, line.limitNanos(place));
        profile.add(start, to[job], -line.gpus(place));
    }

    private boolean startIfDue(SchedulingContext context, int place) {
        int job = line.job(place);
        if (from[job] > context.nowNanos() || !context.start(job)) {
            return false;
        }
        line.remove(place);
        ends.started(context, job);
        return true;
    }

    @Override
    public WaitReason whyWaits(SchedulingContext context, int job) {
        int place = line.placeOf(job);
        if (place >= reserved) {
            return WaitReason.of(Cause.BEYOND_DEPTH);
        }
        WaitReason cluster = WaitReason.ofCluster(context, job);
        Cause cause = cluster.cause() == Cause.TURN ? Cause.RESERVATION : cluster.cause();
        return from[job] > context.nowNanos() ? WaitReason.until(cause, from[job]) : WaitReason.of(cause);
    }
}
