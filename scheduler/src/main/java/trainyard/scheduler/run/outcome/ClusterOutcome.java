package trainyard.scheduler.run.outcome;

import java.util.List;
import java.util.Optional;
import trainyard.scheduler.account.ClusterLedger;
import trainyard.scheduler.scale.ScalingTally;

/**
 * What became of the jobs of a list.
 *
 * @param jobs each job, in the order of arrival
 * @param gpus GPUs of the cluster
 * @param endNanos when the last event was
 * @param events that the simulation has carried out: arrivals, starts, ends, faults, and moments at which the policy was asked
 * @param ledger where the time of all GPUs went; in a run with accounts
 * @param scaling what the autoscaler did
 * @param moves jobs moved so that another fitted
 * @param unusableGpus free GPUs that the mean job of the list cannot use where they are, in the mean over time, in a run with
 *     accounts; see {@link trainyard.scheduler.placement.FragmentationMeasure}
 * @param control what the scheduler and the stores did
 */
public record ClusterOutcome(
        List<JobOutcome> jobs,
        int gpus,
        long endNanos,
        long events,
        Optional<ClusterLedger> ledger,
        ScalingTally scaling,
        int moves,
        double unusableGpus,
        ControlTally control) {

    public ClusterOutcome {
        jobs = List.copyOf(jobs);
    }

    /** From the first submission to the last end; 0 where no job ended. */
    public long makespanNanos() {
        long first =
                jobs.stream().mapToLong(job -> job.job().submitNanos()).min().orElse(0);
        return jobs.stream()
                        .filter(JobOutcome::isDone)
                        .mapToLong(JobOutcome::endNanos)
                        .max()
                        .orElse(first)
                - first;
    }

    /** How often jobs were preempted. */
    public long preemptions() {
        return jobs.stream().mapToLong(JobOutcome::preemptions).sum();
    }
}
