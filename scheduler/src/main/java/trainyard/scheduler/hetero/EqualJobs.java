package trainyard.scheduler.hetero;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Jobs between which a program of shares cannot tell, one of which stands for all. A barrier is strictly convex and the same if two of
 * them change places, so that all have the same shares at each point of the central path.
 *
 * @param group of each job
 * @param first job of each group
 * @param count of the jobs of each group
 */
record EqualJobs(int[] group, int[] first, int[] count) {

    /** Jobs of the same rates, GPUs and traits. */
    static EqualJobs of(double[][] rates, int[] gpus, JobTerm term) {
        Map<List<Double>, Integer> groups = new LinkedHashMap<>();
        int[] group = new int[gpus.length];
        for (int job = 0; job < gpus.length; job++) {
            List<Double> traits = new ArrayList<>(term.traits(job));
            traits.add((double) gpus[job]);
            for (double rate : rates[job]) {
                traits.add(rate);
            }
            group[job] = groups.computeIfAbsent(traits, unseen -> groups.size());
        }
        int[] first = new int[groups.size()];
        int[] count = new int[groups.size()];
        for (int job = group.length - 1; job >= 0; job--) {
            first[group[job]] = job;
            count[group[job]]++;
        }
        return new EqualJobs(group, first, count);
    }

    /** Each job by itself. */
    static EqualJobs none(int jobs) {
        int[] each = IntStream.range(0, jobs).toArray();
        return new EqualJobs(each, each, IntStream.generate(() -> 1).limit(jobs).toArray());
    }

    int groups() {
        return first.length;
    }

    /** What each group has, for each job. */
    double[][] spread(double[][] ofGroups) {
        double[][] ofJobs = new double[group.length][];
        for (int job = 0; job < ofJobs.length; job++) {
            ofJobs[job] = ofGroups[group[job]].clone();
        }
        return ofJobs;
    }
}
