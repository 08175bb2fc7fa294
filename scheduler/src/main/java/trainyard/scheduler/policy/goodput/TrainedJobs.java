package trainyard.scheduler.policy.goodput;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import trainyard.scheduler.goodput.GoodputTable;
import trainyard.scheduler.goodput.TrainingProfile;
import trainyard.scheduler.goodput.TrainingProfiles;
import trainyard.scheduler.goodput.WorkParts;
import trainyard.scheduler.policy.SchedulingContext;

/** The jobs of a policy by goodput, and what is done with them at the beginning of a round. */
public final class TrainedJobs {

    private final TrainingProfiles profiles;
    private final Map<TrainingProfile, GoodputTable> tables = new HashMap<>();
    private final Map<Integer, TrainedJob> known = new HashMap<>();
    /** Jobs that run or wait, in the order of arrival. */
    private final TreeMap<Integer, TrainedJob> present = new TreeMap<>();

    /**
     * @param profiles how jobs train
     */
    public TrainedJobs(TrainingProfiles profiles) {
        this.profiles = profiles;
    }

    /** A job waits. */
    public void arrived(SchedulingContext context, int job) {
        present.put(job, known.computeIfAbsent(job, number -> made(context, number)));
    }

    private TrainedJob made(SchedulingContext context, int job) {
        return new TrainedJob(
                job,
                profiles.of(context.job(job))
                        .map(profile -> new TrainedJob.Training(
                                tables.computeIfAbsent(profile, GoodputTable::new),
                                WorkParts.of(context.job(job), profile, context.largestNode()))),
                context.nodes());
    }

    /** A job has ended. */
    public void ended(int job) {
        known.remove(job);
        present.remove(job);
    }

    /** A job has lost its GPUs, and waits no more until it arrives again. */
    public void interrupted(int job) {
        present.get(job).stop();
        present.remove(job);
    }

    public boolean isEmpty() {
        return present.isEmpty();
    }

    /** All that run or wait, in the order of arrival. */
    public Collection<TrainedJob> present() {
        return present.values();
    }

    /** Those of them that may get other GPUs. */
    public List<TrainedJob> movable(SchedulingContext context) {
        return present.values().stream().filter(job -> !isPinned(context, job)).toList();
    }

    /** Whether a job runs and may not be stopped. */
    public static boolean isPinned(SchedulingContext context, TrainedJob job) {
        return job.now().total() > 0 && !context.job(job.job()).traits().preemptible();
    }

    /**
     * GPUs of each node that jobs may have: those that are free and those that they have, of nodes that are up.
     *
     * @param jobs that give back what they have
     */
    public static int[] capacity(SchedulingContext context, List<TrainedJob> jobs) {
        int[] capacity = new int[context.nodes()];
        for (int node = 0; node < capacity.length; node++) {
            capacity[node] = context.freeGpus(node);
            for (TrainedJob job : jobs) {
                capacity[node] += context.isUp(node) ? job.now().gpus(node) : 0;
            }
        }
        return capacity;
    }

    /**
     * What other GPUs are worth to a job that has some, over the same without a stop: {@code (T - R d) / (T + d)} with its age {@code T} and
     * restarts so far {@code R} (Qiao et al., Pollux, OSDI 2021, section 4.2).
     *
     * @param restartNanos delay {@code d} of a restart
     */
    public static double restartFactor(SchedulingContext context, TrainedJob job, long restartNanos) {
        long age = context.nowNanos() - context.submitNanos(job.job());
        double left = age - (double) job.restarts() * restartNanos;
        double all = age + (double) restartNanos;
        return all == 0 ? 1 : Math.max(0, left) / all;
    }

    /**
     * Gives jobs their GPUs; who has others is stopped before anybody starts.
     *
     * @param rows of each job
     */
    public static void play(SchedulingContext context, List<TrainedJob> jobs, AllocationRow[] rows) {
        for (int i = 0; i < rows.length; i++) {
            TrainedJob job = jobs.get(i);
            if (job.now().total() > 0 && !rows[i].isSame(job.now())) {
                context.preempt(job.job());
                job.stop();
            }
        }
        for (int i = 0; i < rows.length; i++) {
            TrainedJob job = jobs.get(i);
            if (rows[i].total() > 0 && job.now().total() == 0) {
                context.startAt(job.job(), rows[i].shares());
                job.start(rows[i]);
            }
        }
    }
}
