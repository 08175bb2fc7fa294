package trainyard.scenario.workload.cluster;

import java.util.ArrayList;
import java.util.List;
import trainyard.scenario.section.JobsSection.TooLarge;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.trace.JobList;

/**
 * What is done about jobs that the empty cluster cannot hold.
 *
 * @param layout the cluster
 * @param placement where jobs run
 * @param tooLarge what is done
 * @param position where the scenario asks for the jobs
 */
record JobAdmission(ClusterLayout layout, Placement placement, TooLarge tooLarge, Position position) {

    /**
     * The jobs that can run.
     *
     * @param jobs in the order of submission
     * @param dropped how many were left out
     * @param skipped how many rows of a list were left out
     */
    record Admitted(List<ClusterJob> jobs, int dropped, int skipped) {

        Admitted {
            jobs = List.copyOf(jobs);
        }
    }

    /**
     * @throws ScenarioException if a job can never run and none may be left out
     */
    Admitted of(JobList list) {
        FreeGpus empty = layout.free();
        NodeShares shares = new NodeShares();
        List<ClusterJob> fitting = new ArrayList<>();
        for (ClusterJob job : list.jobs()) {
            if (placement.choose(empty, job, job.gpus(), shares)) {
                fitting.add(job);
            } else if (tooLarge == TooLarge.REFUSE) {
                throw new ScenarioException(Problem.at(
                        position,
                        Problem.Kind.PLAN,
                        "job " + job.id() + " wants " + job.gpus() + " GPUs, which the cluster of " + empty.nodes()
                                + " nodes and " + empty.total() + " GPUs can never give it",
                        "more nodes, or jobs.too-large: drop"));
            }
        }
        int dropped = list.jobs().size() - fitting.size();
        return new Admitted(fitting, dropped, list.skipped().size());
    }
}
