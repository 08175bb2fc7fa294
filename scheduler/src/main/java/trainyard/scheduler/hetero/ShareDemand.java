package trainyard.scheduler.hetero;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The jobs that want shares, and the GPUs that there are.
 *
 * @param ids of the jobs, in the order of arrival
 * @param speeds steps per second of each job on each type of GPU; 0 where it does not run, which is not on all types
 * @param gpus GPUs of each job
 * @param weights the more, the larger the share that is fair
 * @param stepsLeft steps that each job has left
 * @param secondsSinceSubmit of each job
 * @param fleet GPUs of each type
 * @param pairs of the jobs that may have the same GPUs; shares are chosen for them, too, by policies that know pairs
 */
public record ShareDemand(
        List<String> ids,
        double[][] speeds,
        int[] gpus,
        double[] weights,
        double[] stepsLeft,
        double[] secondsSinceSubmit,
        int[] fleet,
        List<SharePair> pairs) {

    public ShareDemand {
        ids = List.copyOf(ids);
        pairs = List.copyOf(pairs);
        Objects.requireNonNull(fleet, "fleet");
        int jobs = ids.size();
        if (speeds.length != jobs
                || gpus.length != jobs
                || weights.length != jobs
                || stepsLeft.length != jobs
                || secondsSinceSubmit.length != jobs) {
            throw new IllegalArgumentException(jobs + " jobs need as many speeds, GPUs, weights, steps and times");
        }
        for (int job = 0; job < jobs; job++) {
            // No share of anything would get it done.
            if (Arrays.stream(speeds[job]).noneMatch(speed -> speed > 0 && speed < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("job " + ids.get(job) + " runs on no type of GPU");
            }
        }
        for (SharePair pair : pairs) {
            if (pair.second() >= jobs || gpus[pair.first()] != gpus[pair.second()]) {
                throw new IllegalArgumentException("two jobs of as many GPUs make a pair, got " + pair.first() + " and "
                        + pair.second() + " of " + jobs + " jobs");
            }
        }
    }

    /** Jobs of which each has its GPUs for itself. */
    public ShareDemand(
            List<String> ids,
            double[][] speeds,
            int[] gpus,
            double[] weights,
            double[] stepsLeft,
            double[] secondsSinceSubmit,
            int[] fleet) {
        this(ids, speeds, gpus, weights, stepsLeft, secondsSinceSubmit, fleet, List.of());
    }

    public int jobs() {
        return ids.size();
    }

    public int types() {
        return fleet.length;
    }

    /** All GPUs of the fleet. */
    int allGpus() {
        int all = 0;
        for (int count : fleet) {
            all += count;
        }
        return all;
    }

    /** The same jobs with other speeds. */
    public ShareDemand withSpeeds(double[][] other) {
        return new ShareDemand(ids, other, gpus, weights, stepsLeft, secondsSinceSubmit, fleet, pairs);
    }

    /** The same jobs, of which some may have the same GPUs. */
    public ShareDemand withPairs(List<SharePair> others) {
        return new ShareDemand(ids, speeds, gpus, weights, stepsLeft, secondsSinceSubmit, fleet, others);
    }
}
