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
import trainyard.scheduler.policy.Desk;

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
    public void arrived(Desk desk, int job) {
        present.put(job, known.computeIfAbsent(job, number -> made(desk, number)));
    }

    private TrainedJob made(Desk desk, int job) {
        return new TrainedJob(
                job,
                profiles.of(desk.job(job))
                        .map(profile -> new TrainedJob.Training(
                                profile,
                                tables.computeIfAbsent(profile, GoodputTable::new),
                                WorkParts.of(desk.job(job), profile, desk.largestNode()))),
                desk.nodes());
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
    public List<TrainedJob> movable(Desk desk) {
        return present.values().stream().filter(job -> !isPinned(desk, job)).toList();
    }

    /** Whether a job runs and may not be stopped. */
    public static boolean isPinned(Desk desk, TrainedJob job) {
        return job.now().total() > 0 && !desk.job(job.job()).traits().preemptible();
    }

    /**
     * GPUs of each node that jobs may have: those that are free and those that they have, of nodes that are up.
     *
     * @param jobs that give back what they have
     */
    public static int[] capacity(Desk desk, List<TrainedJob> jobs) {
        int[] capacity = new int[desk.nodes()];
        for (int node = 0; node < capacity.length; node++) {
            capacity[node] = desk.freeGpus(node);
            for (TrainedJob job : jobs) {
                capacity[node] += desk.isUp(node) ? job.now().gpus(node) : 0;
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
    public static double restartFactor(Desk desk, TrainedJob job, long restartNanos) {
        long age = desk.nowNanos() - desk.submitNanos(job.job());
        double left = age - (double) job.restarts() * restartNanos;
        double all = age + (double) restartNanos;
        return all == 0 ? 1 : Math.max(0, left) / all;
    }

    /**
     * Gives jobs their GPUs; who has others is stopped before anybody starts.
     *
     * @param rows of each job
     */
    public static void play(Desk desk, List<TrainedJob> jobs, AllocationRow[] rows) {
        for (int i = 0; i < rows.length; i++) {
            TrainedJob job = jobs.get(i);
            if (job.now().total() > 0 && !rows[i].isSame(job.now())) {
                desk.preempt(job.job());
                job.stop();
            }
        }
        for (int i = 0; i < rows.length; i++) {
            TrainedJob job = jobs.get(i);
            if (rows[i].total() > 0 && job.now().total() == 0) {
                desk.startAt(job.job(), rows[i].shares());
                job.start(rows[i]);
            }
        }
    }
}
