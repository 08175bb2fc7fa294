package trainyard.scheduler.interleave;

import java.util.List;
import trainyard.scheduler.job.JobStages;

/**
 * Jobs that share GPUs and take turns at four resources (Zhao et al., Muri, SIGCOMM 2022, section 4.1): while one reads data, another prepares
 * them, a third computes and a fourth exchanges gradients. All go on to their next stage together, so with {@code t[i][j]} of job {@code i}
 * on resource {@code j} and different offsets {@code o[i]} an iteration of the group, in which each job does one of its own, takes
 *
 * <pre>
 *   T = min over o of  sum over s = 0..3 of  max over i of  t[i][(s - o[i]) mod 4]
 * </pre>
 *
 * <p>The interleaving efficiency is the mean share of T in which the resources are in use: {@code sum of all t / (4 T)}. Two jobs, one of
 * which takes 2 s to read and the other 2 s to compute and else nothing, take 2 s together and use a half of four resources.
 */
public final class Interleaving {

    /** Jobs that one group can have. */
    public static final int MOST_JOBS = JobStages.RESOURCES;

    private Interleaving() {}

    /**
     * T of a group, in seconds.
     *
     * @param jobs one to four, whose stages are stated
     */
    public static double iterationSeconds(List<JobStages> jobs) {
        if (jobs.isEmpty() || jobs.size() > MOST_JOBS) {
            throw new IllegalArgumentException("a group has one to four jobs, got " + jobs.size());
        }
        return best(jobs, new int[jobs.size()], 1, 1);
    }

    /** The shortest iteration over all offsets of the jobs from one on; the first has 0, since only differences count. */
    private static double best(List<JobStages> jobs, int[] offsets, int job, int taken) {
        if (job == jobs.size()) {
            return iterationSeconds(jobs, offsets);
        }
        double best = Double.POSITIVE_INFINITY;
        for (int offset = 1; offset < JobStages.RESOURCES; offset++) {
            if ((taken & 1 << offset) == 0) {
                offsets[job] = offset;
                best = Math.min(best, best(jobs, offsets, job + 1, taken | 1 << offset));
            }
        }
        return best;
    }

    private static double iterationSeconds(List<JobStages> jobs, int[] offsets) {
        double sum = 0;
        for (int slot = 0; slot < JobStages.RESOURCES; slot++) {
            double longest = 0;
            for (int job = 0; job < jobs.size(); job++) {
                longest = Math.max(
                        longest, jobs.get(job).seconds(Math.floorMod(slot - offsets[job], JobStages.RESOURCES)));
            }
            sum += longest;
        }
        return sum;
    }

    /** Share of the resources that a group keeps in use, above 0 and at most 1. */
    public static double efficiency(List<JobStages> jobs) {
        double used = jobs.stream().mapToDouble(JobStages::iterationSeconds).sum();
        return used / (JobStages.RESOURCES * iterationSeconds(jobs));
    }
}
