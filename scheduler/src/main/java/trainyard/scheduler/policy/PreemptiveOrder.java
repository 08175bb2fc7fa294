package trainyard.scheduler.policy;

import java.util.Arrays;
import java.util.Objects;

/**
 * At every moment those jobs run that come first by a rank, as many as fit: all jobs are taken in its order, and one that finds
 * no GPUs is passed over. A job that runs and is not among them is preempted and keeps what it has done. Where it matters on which nodes
 * GPUs are, only those are preempted without which the placement fits one that comes before them, the last by rank first. A job that is
 * not preemptible keeps its GPUs once it has them, whatever its rank.
 */
public final class PreemptiveOrder implements SchedulingPolicy {

    /** Ranks that never grow while a job runs, so nothing changes between events. */
    public enum Key implements JobRank {
        /**
         * Time left: shortest remaining time first (SRTF; Schrage, Operations Research 1968, where stops cost nothing). The time of a
         * job that waits counts its start, its load and its checkpoints; that of one that runs is the time until it ends, less what a
         * stop would cost. With {@code L} of a job that runs, {@code W} of one that waits and {@code C} for the stop, both on the same
         * GPUs, they end at {@code L} and {@code L + W} if it goes on, at {@code W + save} and {@code W + C - save + L} if it is
         * stopped; so the sum is less with a stop just where {@code W < L - C}.
         */
        REMAINING_TIME("srtf") {
            @Override
            public long of(SchedulingContext context, int job) {
                return nanosLeft(context, job);
            }

            @Override
            public long settledShift(SchedulingContext context) {
                return context.nowNanos();
            }
        },
        /** The same time times GPUs: shortest remaining service first (SRSF; Gu et al., Tiresias, NSDI 2019). */
        REMAINING_SERVICE("srsf") {
            @Override
            public long of(SchedulingContext context, int job) {
                return Services.of(context, nanosLeft(context, job), job);
            }

            @Override
            public boolean changesSteadily() {
                return true;
            }
        },
        /** GPUs: the smallest job first. */
        SIZE("smallest-first") {
            @Override
            public long of(SchedulingContext context, int job) {
                return context.gpus(job);
            }
        };

        private final String word;

        Key(String word) {
            this.word = word;
        }

        private static long nanosLeft(SchedulingContext context, int job) {
            return context.remainingNanos(job) - (context.isRunning(job) ? context.stopNanos(job) : 0);
        }
    }

    private static final long NEVER = -1;

    private final String name;
    private final JobRank rank;
    private final WaitingJobs waiting = new WaitingJobs();
    /** Jobs that run and may be stopped, in the order of their ranks; each with its rank and the shift. */
    private final JobRow running = new JobRow();
    /** Jobs that wait and are to start, or that have just started. */
    private final JobRow chosen = new JobRow();
    /** Jobs that were preempted in the present walk. */
    private final JobRow outrun = new JobRow();

    private final FittingVictims victims = new FittingVictims();

    /** When the ranks of running jobs grow; {@code growAt} tells by job which entries still hold. */
    private final JobHeap growth = new JobHeap();

    private long[] growAt = new long[64];
    private int runningGpus;
    private long wakeUpNanos = Long.MAX_VALUE;

    public PreemptiveOrder(Key key) {
        this(key.word, key);
    }

    public PreemptiveOrder(JobRank rank) {
        this(rank.name(), rank);
    }

    private PreemptiveOrder(String name, JobRank rank) {
        this.name = name;
        this.rank = Objects.requireNonNull(rank, "rank");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void arrived(SchedulingContext context, int job) {
        waiting.add(context, rank.of(context, job), job);
    }

    @Override
    public void ended(SchedulingContext context, int job) {
        forget(context, job);
        rank.ended(context, job);
    }

    private void forget(SchedulingContext context, int job) {
        if (context.job(job).traits().preemptible()) {
            running.remove(job);
            growAt[job] = NEVER;
            runningGpus -= context.gpus(job);
        }
    }

    @Override
    public void interrupted(SchedulingContext context, int job) {
        forget(context, job);
        rank.stopped(context, job);
    }

    @Override
    public void schedule(SchedulingContext context) {
        promote(context);
        waiting.beginWalk();
        if (waiting.size() > 0 && (!context.anyGpusDo() || waiting.gpus() > context.freeGpus())) {
            if (rank.changesSteadily()) {
                sortRunning(context);
            }
            growDue(context);
            choose(context, rank.settledShift(context));
        }
        fill(context);
        wakeUpNanos = waiting.size() > 0 ? nextChange(context) : Long.MAX_VALUE;
    }

    /** Puts jobs whose rank has grown in their new places. */
    private void growDue(SchedulingContext context) {
        while (nextGrowthNanos() <= context.nowNanos()) {
            int job = growth.remove();
            running.remove(job);
            running.insert(rank.of(context, job), job);
            awaitGrowth(context, job);
        }
    }

    private long nextGrowthNanos() {
        while (!growth.isEmpty() && growAt[growth.first()] != growth.firstKey()) {
            growth.remove();
        }
        return growth.isEmpty() ? Long.MAX_VALUE : growth.firstKey();
    }

    private void awaitGrowth(SchedulingContext context, int job) {
        long until = context.untilAttainedNanos(job, rank.attainedToGrowthNanos(context, job));
        if (until < Long.MAX_VALUE) {
            growAt[job] = context.nowNanos() + until;
            growth.add(growAt[job], job);
        }
    }

    private void promote(SchedulingContext context) {
        if (rank.allChanged()) {
            rankAnew(context);
        }
        for (int job = rank.nextPromoted(context); job != JobRank.NONE; job = rank.nextPromoted(context)) {
            waiting.take(context, job);
            waiting.add(context, rank.of(context, job), job);
        }
    }

    private void rankAnew(SchedulingContext context) {
        waiting.beginWalk();
        chosen.clear();
        while (waiting.size() > 0) {
            int job = waiting.remove(Integer.MAX_VALUE);
            chosen.add(0, job);
        }
        for (int i = 0; i < chosen.count(); i++) {
            int job = chosen.job(i);
            waiting.add(context, rank.of(context, job), job);
        }
        sortRunning(context);
        // Ranks that did not grow any more may do so again.
        for (int i = 0; i < running.count(); i++) {
            awaitGrowth(context, running.job(i));
        }
    }

    /** Ranks of jobs of different sizes change at different paces. */
    private void sortRunning(SchedulingContext context) {
        for (int i = 0; i < running.count(); i++) {
            running.setKey(i, rank.of(context, running.job(i)));
        }
        running.sort();
    }

    private void choose(SchedulingContext context, long shift) {
        if (!context.anyGpusDo()) {
            makeRoom(context, shift);
            return;
        }
        int begin = firstOutrun(context, shift);
        if (begin < running.count()) {
            walk(context, shift, begin, context.freeGpus() + gpusBehind(context, begin));
        }
    }

    /**
     * The place behind the running jobs that come before the first one that waits and fits in what those behind it hold: they keep
     * their GPUs. The number of running jobs where there is no such job.
     */
    private int firstOutrun(SchedulingContext context, long shift) {
        int begin = 0;
        int left = context.freeGpus() + runningGpus;
        for (int first = WaitingJobs.NONE; waiting.first(left) != first; ) {
            first = waiting.first(left);
            int above = first == WaitingJobs.NONE
                    ? running.count()
                    : running.firstAbove(waiting.firstKey(left) + shift, first);
            if (above > begin) {
                left = context.freeGpus() + gpusBehind(context, above);
                begin = above;
            }
        }
        return waiting.first(left) == WaitingJobs.NONE ? running.count() : begin;
    }

    /**
     * Starts those that come before a job that runs, in order, each on what is free or on what jobs behind it have. Who has started or
     * was stopped in the present walk is out of it, so nobody is stopped for one that was.
     */
    private void makeRoom(SchedulingContext context, long shift) {
        chosen.clear();
        outrun.clear();
        for (int begin = firstOutrun(context, shift); begin < running.count(); begin = firstOutrun(context, shift)) {
            int left = context.freeGpus() + gpusBehind(context, begin);
            int job = waiting.first(left);
            if (startNow(context, job) || stopBehind(context, job, begin) && context.start(job)) {
                chosen.add(0, waiting.remove(left));
            } else {
                waiting.close(context, job);
            }
        }
        for (int i = 0; i < chosen.count(); i++) {
            started(context, chosen.job(i));
        }
        for (int i = 0; i < outrun.count(); i++) {
            waiting.add(context, rank.of(context, outrun.job(i)), outrun.job(i));
        }
    }

    private static boolean startNow(SchedulingContext context, int job) {
        return context.gpus(job) <= context.freeGpus() && context.start(job);
    }

    /** Stops jobs from a place on without which another fits; nobody if it does not fit without all of them. */
    private boolean stopBehind(SchedulingContext context, int job, int place) {
        victims.clear();
        for (int i = running.count() - 1; i >= place; i--) {
            victims.add(running.job(i));
        }
        if (!victims.find(context, job)) {
            return false;
        }
        for (int i = 0; i < victims.count(); i++) {
            int victim = victims.job(i);
            running.remove(victim);
            context.preemptFor(victim, job);
            stopped(context, victim);
            outrun.add(0, victim);
        }
        return true;
    }

    /** GPUs of the running jobs from a place on. */
    private int gpusBehind(SchedulingContext context, int place) {
        boolean fromFront = place < running.count() / 2;
        int sum = 0;
        for (int i = fromFront ? 0 : place; i < (fromFront ? place : running.count()); i++) {
            sum += context.gpus(running.job(i));
        }
        return fromFront ? runningGpus - sum : sum;
    }

    /** Hands out anew what is free and what the running jobs from a place on have, to all jobs in order. */
    private void walk(SchedulingContext context, long shift, int begin, int leftAtBegin) {
        int left = leftAtBegin;
        chosen.clear();
        int kept = begin;
        for (int i = begin; i < running.count(); i++) {
            int job = running.job(i);
            long jobRank = running.key(i) - shift;
            left -= chooseBefore(context, jobRank, job, left);
            if (context.gpus(job) <= left) {
                left -= context.gpus(job);
                running.put(kept++, jobRank + shift, job);
            } else {
                // Only those who were chosen before it can have left it too little.
                context.preemptFor(job, chosen.job(chosen.count() - 1));
                stopped(context, job);
                waiting.add(context, rank.of(context, job), job);
            }
        }
        running.cut(kept);
        for (int i = 0; i < chosen.count(); i++) {
            int job = chosen.job(i);
            if (context.start(job)) {
                started(context, job);
            } else {
                waiting.add(context, chosen.key(i), job);
            }
        }
    }

    /** Chooses the waiting jobs that fit and come before one that runs; returns their GPUs. */
    private int chooseBefore(SchedulingContext context, long runningRank, int runningJob, int left) {
        int taken = 0;
        long first = waiting.firstKey(left);
        while (first < runningRank || first == runningRank && waiting.first(left - taken) < runningJob) {
            int job = waiting.remove(left - taken);
            chosen.add(first, job);
            taken += context.gpus(job);
            first = waiting.firstKey(left - taken);
        }
        return taken;
    }

    private void started(SchedulingContext context, int job) {
        rank.started(context, job);
        if (!context.job(job).traits().preemptible()) {
            return;
        }
        runningGpus += context.gpus(job);
        running.insert(rank.of(context, job) + rank.settledShift(context), job);
        if (job >= growAt.length) {
            growAt = Arrays.copyOf(growAt, Math.max(job + 1, 2 * growAt.length));
        }
        awaitGrowth(context, job);
    }

    private void stopped(SchedulingContext context, int job) {
        rank.stopped(context, job);
        growAt[job] = NEVER;
        runningGpus -= context.gpus(job);
    }

    /** Gives what is free to those who wait, in order. */
    private void fill(SchedulingContext context) {
        for (int job = waiting.first(context.freeGpus());
                job != WaitingJobs.NONE;
                job = waiting.first(context.freeGpus())) {
            if (context.start(job)) {
                waiting.remove(context.freeGpus() + context.gpus(job));
                started(context, job);
            } else {
                waiting.close(context, job);
            }
        }
    }

    private long nextChange(SchedulingContext context) {
        return Math.min(nextGrowthNanos(), rank.nextPromotionNanos(context));
    }

    @Override
    public long wakeUpNanos() {
        return wakeUpNanos;
    }
}
