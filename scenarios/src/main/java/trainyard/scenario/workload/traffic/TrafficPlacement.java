package trainyard.scenario.workload.traffic;

import java.util.ArrayList;
import java.util.List;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.network.TrafficSection;
import trainyard.scenario.section.network.TrafficSection.Placement;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.hardware.ClusterSpec;

/** Which GPUs the jobs of a {@code traffic} scenario have. */
final class TrafficPlacement {

    private TrafficPlacement() {}

    /** Ranks of a job on each of its nodes. */
    static int ranksPerNode(ClusterSpec cluster, Values section) {
        int gpus = cluster.node().gpus();
        int ranks =
                section.get(TrafficSection.RANKS_PER_NODE).map(Math::toIntExact).orElse(gpus);
        if (ranks > gpus) {
            throw new ScenarioException(Problem.at(
                    section.position(TrafficSection.RANKS_PER_NODE),
                    Problem.Kind.PLAN,
                    ranks + " ranks need more than the " + gpus + " GPUs of a node",
                    "nearest: ranks-per-node " + gpus));
        }
        return ranks;
    }

    /**
     * GPU of each rank, node by node, of each job.
     *
     * @throws ScenarioException if the nodes cannot be shared evenly, or a job has a single rank
     */
    static List<int[]> of(ClusterSpec cluster, Values section) {
        int jobs = Math.toIntExact(section.get(TrafficSection.JOBS));
        int ranks = ranksPerNode(cluster, section);
        if (cluster.nodes() % jobs != 0 || cluster.nodes() / jobs * ranks < 2) {
            throw new ScenarioException(Problem.at(
                    section.position(TrafficSection.JOBS),
                    Problem.Kind.PLAN,
                    jobs + " jobs cannot share " + cluster.nodes() + " nodes evenly with at least two ranks each",
                    "choose a divisor of the number of nodes"));
        }
        boolean packed = section.get(TrafficSection.PLACEMENT) == Placement.PACKED;
        int nodesPerJob = cluster.nodes() / jobs;
        List<int[]> gpus = new ArrayList<>();
        for (int job = 0; job < jobs; job++) {
            int[] own = new int[nodesPerJob * ranks];
            for (int rank = 0; rank < own.length; rank++) {
                int place = rank / ranks;
                int node = packed ? job * nodesPerJob + place : place * jobs + job;
                own[rank] = node * cluster.node().gpus() + rank % ranks;
            }
            gpus.add(own);
        }
        return gpus;
    }
}
