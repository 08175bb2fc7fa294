package trainyard.sim.network.collective;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.CollectiveTime;
import trainyard.sim.collective.GroupShape;
import trainyard.sim.collective.NcclAlgorithm;
import trainyard.sim.engine.Simulation;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.network.FlowNetwork;
import trainyard.sim.topology.LinkState;
import trainyard.sim.topology.Topology;

/**
 * Prices a collective by sending its messages over the links of the cluster, so that groups that share a link slow each
 * other down. All groups of a node run at once, on the first nodes of the cluster, with their ranks interleaved: rank
 * {@code i} of group {@code g} is GPU {@code i * groups + g} of its node. Of groups that lie unevenly on their nodes as many run
 * as fit beside each other on the fullest node. Other jobs on the fabric make the same exchange at
 * the same time, which is when they are most in each other's way.
 *
 * <p>A ring over several nodes is split into as many rings as the group has ranks on each node, each leaving a node from
 * another GPU, so that every network port is used, as NCCL's channels do. Every other node is walked backwards, so that a
 * message comes in at a port with the number of the one that it left by: the rails of a rail-optimised fabric are not
 * crossed (NCCL, graph/connect.cc, "Alternate rings to avoid crossing rails"), but where a ring over an odd number of
 * nodes closes. Rings that share no link are folded (see
 * {@link RingFold}); everything else is run event by event. Answers are kept, since a step asks for the same exchange
 * many times. Unlike the analytic form there is no choice of protocol and no cost of a call. Thread-safe.
 */
public final class FlowCollectives implements CollectiveModel {

    private static final String PROTOCOL = "messages";

    private static final double NANOSECOND = 1e-9;

    private final ClusterSpec cluster;
    private final Topology topology;
    private final Optional<NcclAlgorithm> only;
    private final FabricSharing sharing;
    private final Map<Question, Long> known = new ConcurrentHashMap<>();

    private record Question(Collective operation, double bytes, GroupShape group) {}

    private FlowCollectives(
            ClusterSpec cluster, Topology topology, Optional<NcclAlgorithm> only, FabricSharing sharing) {
        this.cluster = cluster;
        this.topology = topology;
        this.only = only;
        this.sharing = sharing;
    }

    /**
     * @param cluster where it runs, all links healthy
     * @param only the algorithm; empty for rings, chains of broadcasts and messages from rank to rank
     */
    public static FlowCollectives on(ClusterSpec cluster, Optional<NcclAlgorithm> only) {
        return on(cluster, only, FabricSharing.ALONE);
    }

    /**
     * @param cluster as above
     * @param only as above
     * @param sharing the jobs that are on the cluster
     */
    public static FlowCollectives on(ClusterSpec cluster, Optional<NcclAlgorithm> only, FabricSharing sharing) {
        return new FlowCollectives(cluster, Topology.build(cluster), only, sharing);
    }

    /**
     * @throws IllegalArgumentException if the size is negative, the groups do not fit into the nodes, or the algorithm
     *     cannot carry out the operation among the ranks
     * @throws TooManyMessagesException if it takes more messages than a {@link MessageBudget} allows
     */
    @Override
    public CollectiveTime time(Collective operation, double bytes, GroupShape group) {
        if (!(bytes >= 0)) {
            throw new IllegalArgumentException("bytes must not be negative, got " + bytes);
        }
        if (group.ranks() == 1) {
            return new CollectiveTime(0, 0, "none", "none");
        }
        return new CollectiveTime(
                nanos(operation, bytes, group) * NANOSECOND,
                nanos(operation, 0, group) * NANOSECOND,
                algorithm(operation).name(),
                PROTOCOL);
    }

    /** Two threads that ask at the same time both work it out, and find the same. */
    private long nanos(Collective operation, double bytes, GroupShape group) {
        Question question = new Question(operation, bytes, group);
        Long answer = known.get(question);
        if (answer == null) {
            answer = run(algorithm(operation), question);
            known.put(question, answer);
        }
        return answer;
    }

    private CollectiveAlgorithm algorithm(Collective operation) {
        if (only.isEmpty() || only.get() == NcclAlgorithm.RING || only.get() == NcclAlgorithm.POINT_TO_POINT) {
            return switch (operation) {
                case ALL_REDUCE, REDUCE_SCATTER, ALL_GATHER -> new Ring();
                case BROADCAST -> new ChainBroadcast();
                case ALL_TO_ALL -> new PairwiseAllToAll();
                case SEND_RECV -> new SendRecv();
            };
        }
        return switch (only.get()) {
            case TREE -> new DoubleBinaryTree();
            case NVLS -> new Nvls();
            case NVLS_TREE -> new NvlsTree();
            case COLLNET -> NvlsTree.collNet();
            case PAT -> new ParallelAggregatedTrees();
            case HALVING_DOUBLING -> new HalvingDoubling();
            case RING, POINT_TO_POINT -> new Ring();
        };
    }

    private long run(CollectiveAlgorithm algorithm, Question question) {
        List<int[]> sets = algorithm instanceof Ring ? rings(question.group()) : groups(question.group());
        int groups = groupsPerNode(question.group()) * jobs(question.group());
        double bytes = question.bytes() * groups / sets.size();
        LinkState links = new LinkState(topology);
        OptionalLong folded = algorithm instanceof Ring
                ? RingFold.nanos(links, question.operation(), bytes, sets)
                : OptionalLong.empty();
        if (folded.isPresent()) {
            return folded.getAsLong();
        }
        MessageBudget.require(
                algorithm,
                question.operation(),
                bytes,
                sets.size(),
                question.group().ranks(),
                question.group().ranksPerNode());
        FlowNetwork network = new FlowNetwork(new Simulation(), links);
        List<CollectiveRun> runs = new ArrayList<>();
        for (int[] gpus : sets) {
            runs.add(CollectiveRun.start(network, algorithm, question.operation(), bytes, gpus, () -> {}));
        }
        network.simulation().run();
        return runs.stream().mapToLong(CollectiveRun::nanos).max().orElseThrow();
    }

    /** The GPUs of every group that runs at the same time, in the order of their ranks. */
    private List<int[]> groups(GroupShape group) {
        return placed(group, 1, false);
    }

    /** The GPUs along every ring: one per group on one node, else one per rank that the group has on a node. */
    private List<int[]> rings(GroupShape group) {
        return placed(group, group.nodes() == 1 ? 1 : group.fewestPerNode(), true);
    }

    private int gpusPerNode() {
        return cluster.node().gpus() * cluster.node().scaleUpNodes();
    }

    private int groupsPerNode(GroupShape group) {
        int fit = Math.max(1, gpusPerNode() / group.ranksPerNode());
        return group.even() ? group.groupsPerNode() : Math.min(group.groupsPerNode(), fit);
    }

    private List<int[]> placed(GroupShape group, int rotations, boolean alternate) {
        int perNode = gpusPerNode();
        int count = groupsPerNode(group);
        int ranks = group.ranksPerNode();
        int nodes = Math.max(1, topology.gpus() / perNode);
        int jobs = jobs(group);
        if ((long) ranks * count > perNode || group.nodes() > nodes / jobs) {
            throw new IllegalArgumentException(count + " groups of " + ranks + " ranks on each of " + group.nodes()
                    + " nodes do not fit into " + topology.gpus() + " GPUs, " + perNode + " to a node"
                    + (jobs > 1 ? ", shared by " + jobs + " jobs" : ""));
        }
        List<int[]> sets = new ArrayList<>();
        for (int job = 0; job < jobs; job++) {
            for (int g = 0; g < count; g++) {
                for (int turn = 0; turn < rotations; turn++) {
                    int[] gpus = new int[group.ranks()];
                    int rank = 0;
                    for (int node = 0; node < group.nodes(); node++) {
                        int first = sharing.node(job, node, nodes) * perNode + g;
                        int onNode = group.ranksOn(node);
                        boolean backwards = alternate && node % 2 == 1;
                        for (int i = 0; i < onNode; i++) {
                            int place = turn + (backwards ? onNode - 1 - i : i);
                            gpus[rank++] = first + place % onNode * count;
                        }
                    }
                    sets.add(gpus);
                }
            }
        }
        return sets;
    }

    /** What stays within a node meets no other job. */
    private int jobs(GroupShape group) {
        return group.nodes() == 1 ? 1 : sharing.jobs();
    }
}
