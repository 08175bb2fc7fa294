package trainyard.scheduler.peer.pollux;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Decides which GPUs each job has. One object serves one run. */
interface AllocationPolicy {

    /** How a job chooses its batch under this policy; by itself it keeps the one that its owner states. */
    default TrainingJob.BatchChoice batches(PolluxJob job, Application application) {
        return placement -> TrainingJob.fixed(
                application, job.batch(), Arrays.stream(placement).sum());
    }

    /**
     * Allocates anew.
     *
     * @param jobs that were submitted and are not done, in the order of the list
     * @param before the node of each replica of the jobs that have some, by name
     * @return the node of each replica; jobs without GPUs may be left out
     */
    Map<String, List<Integer>> allocate(long nowSeconds, List<TrainingJob> jobs, Map<String, List<Integer>> before);
}
