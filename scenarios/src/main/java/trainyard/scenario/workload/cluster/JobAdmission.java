package trainyard.scenario.workload.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.scenario.section.JobsSection.TooLarge;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.quota.QuotaSpec;
import trainyard.scheduler.quota.QuotaTree;
import trainyard.scheduler.trace.JobList;

/**
 * What is done about jobs that the empty cluster cannot hold, or that the quota of their team never admits.
 *
 * @param layout the cluster
 * @param placement where jobs run
 * @param quotas of teams; empty where the policy keeps none
 * @param tooLarge what is done
 * @param position where the scenario asks for the jobs
 */
record JobAdmission(
        ClusterLayout layout, Placement placement, List<QuotaSpec> quotas, TooLarge tooLarge, Position position) {

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
        QuotaTree tree = new QuotaTree(quotas);
        List<ClusterJob> fitting = new ArrayList<>();
        for (ClusterJob job : list.jobs()) {
            Optional<Problem> never = never(job, empty, shares, tree);
            if (never.isEmpty()) {
                fitting.add(job);
            } else if (tooLarge == TooLarge.REFUSE) {
                throw new ScenarioException(never.get());
            }
        }
        int dropped = list.jobs().size() - fitting.size();
        return new Admitted(fitting, dropped, list.skipped().size());
    }

    private Optional<Problem> never(ClusterJob job, FreeGpus empty, NodeShares shares, QuotaTree tree) {
        String wants = "job " + job.id() + " wants " + count(job.gpus(), "GPU") + ", ";
        if (!placement.choose(empty, job, job.gpus(), shares)) {
            return refusal(
                    wants + "which the cluster of " + count(empty.nodes(), "node") + " and "
                            + count(empty.total(), "GPU") + " can never give it",
                    "more nodes");
        }
        long most = tree.mostGpus(job.team());
        return job.gpus() <= most
                ? Optional.empty()
                : refusal(
                        wants + "its team " + job.team() + " may use " + most + " at most",
                        "a larger scheduler.teams." + job.team() + ".quota");
    }

    private Optional<Problem> refusal(String message, String fix) {
        return Optional.of(Problem.at(position, Problem.Kind.PLAN, message, fix + ", or jobs.too-large: drop"));
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
