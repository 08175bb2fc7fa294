package trainyard.scheduler.peer.muri;

import java.util.ArrayList;
import java.util.List;

/** Jobs that share their GPUs in turns, as its {@code _Packing}; up to four of one size. */
final class JobPack {

    static final int MOST_JOBS = 4;

    /** Its four resources: three times are stated, and the turns of four jobs are reckoned with. */
    private static final int RESOURCES = 4;

    private static final int ROUNDS = 2;
    private static final double STEADY = 1e-3;
    private static final double ITERATION = 1.015;
    /** By which an iteration of two, three and four jobs takes longer. */
    private static final double[] SLOWDOWN = {1.33 / ITERATION, 1.5 / ITERATION, 1.37 / ITERATION};

    private final List<MuriState> jobs;
    private final PackTimes times;

    JobPack(MuriState job, PackTimes times) {
        this.times = times;
        jobs = new ArrayList<>(List.of(job));
    }

    List<MuriState> jobs() {
        return jobs;
    }

    int gpus() {
        return jobs.get(0).job.gpus();
    }

    void add(JobPack other) {
        jobs.addAll(other.jobs);
    }

    /** Of an iteration of all of them; of one alone, its own. */
    double iterationSeconds() {
        return jobs.size() == 1 ? jobs.get(0).job.iterationSeconds() : times.of(jobs, JobPack::iterationSeconds);
    }

    /** The share of the time of all resources in which they are used if two packs are one; 0 for too many jobs. */
    double useWith(JobPack other) {
        List<MuriState> all = new ArrayList<>(jobs);
        all.addAll(other.jobs);
        if (all.size() > MOST_JOBS) {
            return 0;
        }
        double used = 0;
        for (MuriState job : all) {
            double own = 0;
            for (double seconds : job.job.resourceSeconds()) {
                own += seconds;
            }
            used += own;
        }
        return used / (times.of(all, JobPack::iterationSeconds) * RESOURCES);
    }

    private static double iterationSeconds(List<MuriState> jobs) {
        double[][] seconds = new double[jobs.size()][];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = jobs.get(i).job.resourceSeconds().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
        }
        double least = leastOf(seconds, 0);
        if (seconds.length == 2) {
            double turns = Math.max(seconds[0][0], seconds[1][1] + seconds[1][2])
                    + Math.max(seconds[1][0], seconds[0][1] + seconds[0][2]);
            least = Math.min(least, turns);
        }
        return least * SLOWDOWN[seconds.length - 2];
    }

    /** The least over all orders of the jobs from a place on. */
    private static double leastOf(double[][] order, int from) {
        if (from == order.length) {
            return periodSeconds(order);
        }
        double least = Double.POSITIVE_INFINITY;
        for (int i = from; i < order.length; i++) {
            swap(order, from, i);
            least = Math.min(least, leastOf(order, from + 1));
            swap(order, from, i);
        }
        return least;
    }

    private static void swap(double[][] order, int one, int other) {
        double[] kept = order[one];
        order[one] = order[other];
        order[other] = kept;
    }

    /** When steps of the pipeline of three resources end, over two rounds; a step in which nobody has a turn ends at 0. */
    private static double periodSeconds(double[][] order) {
        double[] end = new double[RESOURCES * ROUNDS + 1];
        for (int i = 0; i < RESOURCES * ROUNDS; i++) {
            end[i + 1] = later(end[i + 1], end[i], order, i + 1, 2);
            end[i + 1] = later(end[i + 1], end[i], order, i + 2, 1);
            if (i > 0) {
                end[i + 1] = later(end[i + 1], end[i - 1], order, i + 3, 0);
            }
            if (i >= RESOURCES && isClose(end[i + 1] - end[i - 3], end[i] - end[i - 4])) {
                double period = end[i + 1] - end[i - 3];
                return period > 0 ? period : end[RESOURCES * ROUNDS] - end[RESOURCES * ROUNDS - RESOURCES];
            }
        }
        return end[RESOURCES * ROUNDS] - end[RESOURCES * ROUNDS - RESOURCES];
    }

    private static double later(double known, double from, double[][] order, int turn, int resource) {
        int job = turn % RESOURCES;
        return job < order.length ? Math.max(known, from + order[job][resource]) : known;
    }

    private static boolean isClose(double one, double other) {
        return Math.abs(one - other) <= STEADY * Math.max(Math.abs(one), Math.abs(other));
    }
}
