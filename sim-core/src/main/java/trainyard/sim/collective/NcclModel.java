package trainyard.sim.collective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/**
 * Collectives as NCCL runs them: among the algorithms and protocols that platform and options offer, the one of least
 * estimated time is chosen, with NCCL's own estimate (src/graph/tuning.cc @5067397); what it then takes is computed from
 * the links. The two differ where the estimate is known to be off: pipelines that fill, chunks that cost, large
 * messages. Thread-safe; a call takes less than a microsecond.
 */
public final class NcclModel implements CollectiveModel {

    private static final CollectiveTime NOTHING = new CollectiveTime(0, 0, "none", "none");

    private final ClusterSpec cluster;
    private final NcclPlatform platform;
    private final NcclOptions options;
    private final AlgorithmCost[] costs;
    private final NcclProtocol[] protocols;
    private final LinkShares left;

    private NcclModel(ClusterSpec cluster, NcclPlatform platform, NcclOptions options, LinkShares left) {
        this.left = left;
        this.cluster = cluster;
        this.platform = platform;
        this.options = options;
        this.costs = List.of(
                        new RingCost(platform),
                        new TreeCost(platform),
                        new NvlsCost(platform),
                        new NvlsTreeCost(platform),
                        new CollNetCost(platform, cluster.fabric()),
                        new PatCost(platform),
                        new PointToPointCost(platform),
                        new HalvingDoublingCost(platform))
                .stream()
                .filter(cost -> options.allows(cost.algorithm()))
                .toArray(AlgorithmCost[]::new);
        this.protocols =
                Arrays.stream(NcclProtocol.values()).filter(options::allows).toArray(NcclProtocol[]::new);
    }

    /** NCCL on a cluster, free to choose. */
    public static NcclModel on(ClusterSpec cluster) {
        return on(cluster, HardwareCatalog.load(), NcclOptions.automatic());
    }

    /**
     * @param cluster where it runs; its scale-up domains are the nodes of a {@link GroupShape}
     * @param catalog published fractions of the links
     * @param options what NCCL may choose
     */
    public static NcclModel on(ClusterSpec cluster, HardwareCatalog catalog, NcclOptions options) {
        Objects.requireNonNull(cluster, "cluster");
        NcclPlatform platform = new NcclPlatform(cluster, catalog, NcclTuning.load());
        return new NcclModel(cluster.byScaleUpDomain(), platform, options, LinkShares.FULL);
    }

    /** The same cluster with other options. */
    public NcclModel with(NcclOptions other) {
        return new NcclModel(cluster, platform, other, left);
    }

    /**
     * NCCL measures nothing at run time, so it chooses as if all links were healthy; what it chose then runs at the rate of
     * the slowest link that it crosses. A group within one node crosses its scale-up links. Between nodes a ring or a tree
     * passes every port once per channel, so the slowest port decides. Where the nodes of the group do not fit one leaf switch,
     * the ring leaves it with the traffic of one of its L nodes, so its uplinks decide once less than
     * {@code oversubscription / L} of them is left. An all-to-all of many leaves needs them all.
     */
    @Override
    public NcclModel slowedTo(LinkShares other) {
        return other.equals(left) ? this : new NcclModel(cluster, platform, options, other);
    }

    /**
     * @throws IllegalArgumentException if the size is negative, the group does not fit into the nodes, or the options
     *     leave no algorithm for the operation
     */
    @Override
    public CollectiveTime time(Collective operation, double bytes, GroupShape group) {
        check(bytes, group);
        if (group.ranks() == 1) {
            return NOTHING;
        }
        GroupLinks links = platform.links(group);
        Choice choice = leastEstimate(operation, bytes, links);
        AlgorithmCost cost = choice.cost();
        GroupLinks used = platform.slowed(links, operation, left);
        double latency = cost.latencySeconds(operation, choice.protocol(), bytes, used);
        double seconds = cost.seconds(operation, choice.protocol(), bytes, used);
        return new CollectiveTime(
                links.multiNode() ? seconds : latency + (seconds - latency) / left.scaleUp(),
                latency,
                cost.algorithm().label(),
                choice.protocol().label());
    }

    private record Choice(AlgorithmCost cost, NcclProtocol protocol) {}

    private Choice leastEstimate(Collective operation, double bytes, GroupLinks links) {
        AlgorithmCost best = null;
        NcclProtocol bestProtocol = NcclProtocol.SIMPLE;
        double least = Double.POSITIVE_INFINITY;
        for (AlgorithmCost cost : costs) {
            for (NcclProtocol protocol : protocols) {
                if (offers(cost, operation, protocol, links)) {
                    double estimate = cost.estimateSeconds(operation, protocol, bytes, links);
                    if (estimate < least) {
                        least = estimate;
                        best = cost;
                        bestProtocol = protocol;
                    }
                }
            }
        }
        if (best == null) {
            throw new IllegalArgumentException(noneLeft(operation, links.shape()));
        }
        return new Choice(best, bestProtocol);
    }

    /**
     * Every way that platform and options offer, in the order of {@link NcclAlgorithm} and {@link NcclProtocol}; empty for
     * a group of one rank.
     */
    public List<AlgorithmTime> candidates(Collective operation, double bytes, GroupShape group) {
        check(bytes, group);
        List<AlgorithmTime> candidates = new ArrayList<>();
        if (group.ranks() == 1) {
            return candidates;
        }
        GroupLinks links = platform.links(group);
        for (AlgorithmCost cost : costs) {
            for (NcclProtocol protocol : protocols) {
                if (offers(cost, operation, protocol, links)) {
                    candidates.add(new AlgorithmTime(
                            cost.algorithm(),
                            protocol,
                            cost.estimateSeconds(operation, protocol, bytes, links),
                            cost.seconds(operation, protocol, bytes, links),
                            cost.latencySeconds(operation, protocol, bytes, links)));
                }
            }
        }
        return candidates;
    }

    private boolean offers(AlgorithmCost cost, Collective operation, NcclProtocol protocol, GroupLinks links) {
        return platform.offers(protocol, links) && cost.offers(operation, protocol, links);
    }

    private void check(double bytes, GroupShape group) {
        if (!(bytes >= 0)) {
            throw new IllegalArgumentException("bytes must not be negative, got " + bytes);
        }
        if (group.ranksPerNode() > cluster.node().gpus()) {
            throw new IllegalArgumentException("a group has " + group.ranksPerNode() + " ranks on a node, but "
                    + cluster.node().name() + " has " + cluster.node().gpus() + " GPUs");
        }
    }

    private String noneLeft(Collective operation, GroupShape group) {
        return "none of the allowed algorithms " + options.algorithms() + " and protocols " + options.protocols()
                + " can do " + operation + " among " + group.ranks() + " ranks on " + group.nodes() + " nodes of "
                + cluster.node().name();
    }
}
