package trainyard.scenario.workload.collective;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.parallel.step.cost.Span;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.cluster.ClusterSection;
import trainyard.scenario.section.network.CollectiveSection;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.Workload;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.CollectiveTime;
import trainyard.sim.collective.GroupShape;
import trainyard.sim.hardware.ClusterSpec;

/**
 * One collective operation on otherwise idle machines.
 *
 * @param model answers what it costs
 * @param operation what the ranks do
 * @param bytes size as nccl-tests count it
 * @param group the ranks
 * @param position where the algorithm was chosen, for the message when it cannot serve the group
 */
public record CollectiveWorkload(
        CollectiveModel model, Collective operation, double bytes, GroupShape group, Position position)
        implements Workload {

    /** The label that names how the data moves. */
    public static final String ALGORITHM = "algorithm";

    /** The label that names the NCCL protocol. */
    static final String PROTOCOL = "protocol";

    /**
     * @throws ScenarioException if the group does not fit the cluster
     */
    static CollectiveWorkload bind(Simulators simulators, Values cluster, Values section) {
        int nodes = cluster.get(ClusterSection.NODES).map(Math::toIntExact).orElse(1);
        ClusterSpec spec = ClusterSection.bind(cluster, nodes);
        ClusterSection.requireOneJob(cluster, "a collective", "use collective.concurrent-groups");
        int gpus = spec.node().gpus();
        int ranks = section.get(CollectiveSection.RANKS_PER_NODE)
                .map(Math::toIntExact)
                .orElse(gpus);
        int groups = Math.toIntExact(section.get(CollectiveSection.CONCURRENT_GROUPS));
        if ((long) ranks * groups > gpus) {
            throw new ScenarioException(Problem.at(
                    section.position(CollectiveSection.RANKS_PER_NODE),
                    Problem.Kind.PLAN,
                    ranks + " ranks x " + groups + " groups need more than the " + gpus + " GPUs of a node",
                    "nearest: ranks-per-node " + Math.max(1, gpus / groups)));
        }
        CollectiveModel model = simulators.collective(
                spec, ClusterSection.exchanges(cluster), section.get(CollectiveSection.ALGORITHM));
        return new CollectiveWorkload(
                model,
                section.get(CollectiveSection.OPERATION),
                section.get(CollectiveSection.SIZE),
                new GroupShape(ranks, nodes, groups),
                section.position(CollectiveSection.ALGORITHM));
    }

    private CollectiveTime time() {
        try {
            return model.time(operation, bytes, group);
        } catch (IllegalArgumentException noneLeft) {
            throw new ScenarioException(
                    Problem.at(position, Problem.Kind.PLAN, noneLeft.getMessage(), "use algorithm: auto"));
        }
    }

    @Override
    public List<Span> timeline() {
        return List.of();
    }

    @Override
    public Outcome run() {
        CollectiveTime time = time();
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(ALGORITHM, time.algorithm());
        labels.put(PROTOCOL, time.protocol());
        return new Outcome(
                CollectiveMetrics.of(operation, bytes, group.ranks(), time),
                labels,
                Optional.empty(),
                Optional.empty());
    }
}
