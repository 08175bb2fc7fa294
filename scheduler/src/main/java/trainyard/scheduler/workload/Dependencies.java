package trainyard.scheduler.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import trainyard.scheduler.job.ClusterJob;

/**
 * Jobs that name others which have to be done before: a directed graph without cycles. A job is dropped if one of those was
 * given up or dropped.
 */
public final class Dependencies implements JobReleases {

    private final int[] missing;
    private final List<List<Integer>> followers;
    private final boolean[] dropped;

    private Dependencies(int[] missing, List<List<Integer>> followers) {
        this.missing = missing;
        this.followers = followers;
        dropped = new boolean[missing.length];
    }

    /**
     * The dependencies that the jobs state.
     *
     * @throws IllegalArgumentException if a job waits for one that is not in the list, or for itself through others
     */
    public static JobReleases of(List<ClusterJob> jobs) {
        int[] missing = new int[jobs.size()];
        List<List<Integer>> followers = new ArrayList<>(jobs.size());
        Map<String, Integer> byId = new HashMap<>();
        boolean any = false;
        for (int job = 0; job < jobs.size(); job++) {
            any |= !jobs.get(job).traits().after().isEmpty();
        }
        for (int job = 0; job < jobs.size() && any; job++) {
            byId.put(jobs.get(job).id(), job);
        }
        for (int job = 0; job < jobs.size(); job++) {
            followers.add(any ? new ArrayList<>() : List.of());
        }
        for (int job = 0; job < jobs.size() && any; job++) {
            for (String before : jobs.get(job).traits().after()) {
                Integer number = byId.get(before);
                if (number == null) {
                    throw new IllegalArgumentException(
                            "job " + jobs.get(job).id() + " waits for " + before + ", which is not in the list");
                }
                followers.get(number).add(job);
                missing[job]++;
            }
        }
        Dependencies dependencies = new Dependencies(missing, followers);
        dependencies.refuseCycle(jobs);
        return dependencies;
    }

    /** Takes away jobs that wait for nobody until none is left (Kahn 1962). */
    private void refuseCycle(List<ClusterJob> jobs) {
        int[] left = missing.clone();
        List<Integer> ready = new ArrayList<>();
        for (int job = 0; job < left.length; job++) {
            if (left[job] == 0) {
                ready.add(job);
            }
        }
        for (int at = 0; at < ready.size(); at++) {
            for (int follower : followers.get(ready.get(at))) {
                if (--left[follower] == 0) {
                    ready.add(follower);
                }
            }
        }
        for (int job = 0; job < left.length; job++) {
            if (left[job] > 0) {
                throw new IllegalArgumentException("job " + jobs.get(job).id() + " waits for itself through others");
            }
        }
    }

    @Override
    public boolean holds(int job) {
        return missing[job] > 0;
    }

    @Override
    public void finished(int job, boolean done, IntConsumer release, IntConsumer drop) {
        for (int follower : followers.get(job)) {
            if (!done && !dropped[follower]) {
                dropped[follower] = true;
                drop.accept(follower);
            }
            if (--missing[follower] == 0 && !dropped[follower]) {
                release.accept(follower);
            }
        }
    }
}
