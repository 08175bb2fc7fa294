package trainyard.scenario.workload.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.parallel.step.cost.Span;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.cluster.ClusterSection;
import trainyard.scenario.section.network.TrafficSection;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.Workload;
import trainyard.scenario.workload.collective.CollectiveWorkload;
import trainyard.sim.collective.Collective;
import trainyard.sim.engine.Simulation;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.network.FlowNetwork;
import trainyard.sim.network.LinkLoads;
import trainyard.sim.network.collective.CollectiveAlgorithm;
import trainyard.sim.network.collective.CollectiveRun;
import trainyard.sim.network.collective.MessageBudget;
import trainyard.sim.network.collective.TooManyMessagesException;
import trainyard.sim.topology.LinkState;
import trainyard.sim.topology.Topology;
import trainyard.sim.topology.TopologyOptions;

/**
 * Equal jobs, each with one collective, on one fabric at the same time.
 *
 * @param topology the machines
 * @param slow links that are slow or down while the jobs run
 * @param algorithm how each job moves its data
 * @param operation what the ranks of a job do
 * @param bytes size as nccl-tests count it
 * @param jobs GPU of each rank of each job
 * @param position where the algorithm was chosen, for the message when it cannot serve the job
 */
record TrafficWorkload(
        Topology topology,
        SlowLinks slow,
        CollectiveAlgorithm algorithm,
        Collective operation,
        double bytes,
        List<int[]> jobs,
        Position position)
        implements Workload {

    private static final double NANO = 1e-9;

    /**
     * @throws ScenarioException if the jobs do not share the nodes evenly, the fabric cannot be built, slow links are not there, or
     *     there would be too many messages
     */
    static TrafficWorkload bind(Values cluster, Values section) {
        ClusterSection.requireOneJob(cluster, "traffic", "use traffic.jobs");
        int nodes = cluster.get(ClusterSection.NODES).map(Math::toIntExact).orElse(1);
        ClusterSpec spec = ClusterSection.bind(cluster, nodes);
        List<int[]> jobs = TrafficPlacement.of(spec, section);
        Collective operation = section.get(TrafficSection.OPERATION);
        TopologyOptions options = TopologyOptions.DEFAULT.withLoadBalancing(section.get(TrafficSection.LOAD_BALANCING));
        int ranksPerNode = TrafficPlacement.ranksPerNode(spec, section);
        CollectiveAlgorithm algorithm = section.get(TrafficSection.ALGORITHM)
                .map(chosen -> TrafficAlgorithms.of(chosen, spec, ranksPerNode))
                .orElseGet(() -> TrafficAlgorithms.usual(operation, ranksPerNode, jobs.get(0).length));
        double bytes = section.get(TrafficSection.SIZE);
        try {
            MessageBudget.require(algorithm, operation, bytes, jobs.size(), jobs.get(0).length, ranksPerNode);
        } catch (TooManyMessagesException tooMany) {
            throw new ScenarioException(Problem.at(
                    section.position(TrafficSection.SIZE),
                    Problem.Kind.LIMIT,
                    tooMany.getMessage(),
                    "write fewer jobs, nodes or ranks-per-node or a smaller size, or ask for one `collective`"));
        }
        Topology topology = topology(spec, options, cluster);
        return new TrafficWorkload(
                topology,
                SlowLinks.of(cluster, topology),
                algorithm,
                operation,
                bytes,
                jobs,
                section.position(TrafficSection.ALGORITHM));
    }

    private static Topology topology(ClusterSpec spec, TopologyOptions options, Values cluster) {
        try {
            return Topology.build(spec, options);
        } catch (IllegalArgumentException impossible) {
            throw new ScenarioException(Problem.at(
                    cluster.position(ClusterSection.NETWORK),
                    Problem.Kind.PLAN,
                    impossible.getMessage(),
                    "change cluster.nodes or the measures of the network"));
        }
    }

    @Override
    public List<Span> timeline() {
        return List.of();
    }

    @Override
    public Outcome run() {
        double alone = 0;
        for (CollectiveRun run : simulate(network(), jobs.subList(0, 1))) {
            alone = run.nanos() * NANO;
        }
        FlowNetwork network = network();
        double slowest = 0;
        for (CollectiveRun run : simulate(network, jobs)) {
            slowest = Math.max(slowest, run.nanos() * NANO);
        }
        int ranks = jobs.get(0).length;
        return new Outcome(
                TrafficMetrics.of(operation, bytes, ranks, slowest, alone, LinkLoads.of(network)),
                Map.of(CollectiveWorkload.ALGORITHM, algorithm.name()),
                Optional.empty(),
                Optional.empty());
    }

    /** What the links carried while all jobs ran. */
    @Override
    public Optional<LinkLoads> linkLoads() {
        FlowNetwork network = network();
        simulate(network, jobs);
        return Optional.of(LinkLoads.of(network));
    }

    private FlowNetwork network() {
        FlowNetwork network = new FlowNetwork(new Simulation(), new LinkState(topology));
        slow.apply(network);
        return network;
    }

    private List<CollectiveRun> simulate(FlowNetwork network, List<int[]> running) {
        List<CollectiveRun> runs = new ArrayList<>();
        for (int[] gpus : running) {
            if (!algorithm.supports(operation, network, gpus)) {
                throw new ScenarioException(Problem.at(
                        position,
                        Problem.Kind.PLAN,
                        algorithm.name() + " cannot carry out " + ChoiceType.word(operation) + " among the "
                                + gpus.length + " ranks of a job",
                        "use algorithm: auto"));
            }
            runs.add(CollectiveRun.start(network, algorithm, operation, bytes, gpus, () -> {}));
        }
        network.simulation().run();
        return runs;
    }
}
