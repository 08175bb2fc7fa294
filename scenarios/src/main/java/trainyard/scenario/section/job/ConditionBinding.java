package trainyard.scenario.section.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.ListSampler;
import trainyard.parallel.condition.ComputeJitter;
import trainyard.parallel.condition.JobCondition;
import trainyard.parallel.condition.RankCondition;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.step.exchange.RankOrder;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.cluster.ClusterSection;
import trainyard.scenario.section.cluster.ConditionSection;
import trainyard.scenario.section.cluster.JitterSection;
import trainyard.scenario.section.cluster.NumberRanges;
import trainyard.scenario.section.cluster.OtherNodesSection;
import trainyard.scenario.section.cluster.SlowLinkSection;
import trainyard.scenario.section.cluster.StragglerSection;
import trainyard.scenario.section.network.CollectiveForm;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.collective.LinkShares;
import trainyard.sim.inventory.Allocation;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.topology.LeafNodes;

/** Turns {@code cluster.condition} into what each rank of a job runs on. */
public final class ConditionBinding {

    private final Values cluster;
    private final TrainingJob job;
    private final RandomStreams streams;
    private final Allocation allocation;
    private final Map<Integer, Integer> rankOfGpu = new HashMap<>();
    private final int gpusPerNode;
    private final TreeMap<Integer, RankCondition> ranks = new TreeMap<>();

    private ConditionBinding(Values cluster, TrainingJob job, RandomStreams streams) {
        this.cluster = cluster;
        this.job = job;
        this.streams = streams;
        this.allocation = RankOrder.of(job);
        this.gpusPerNode = job.cluster().node().gpus();
        for (int rank = 0; rank < allocation.ranks(); rank++) {
            rankOfGpu.put(allocation.gpu(rank), rank);
        }
    }

    /**
     * The condition of a job's ranks.
     *
     * @param streams random streams of the replication
     * @throws ScenarioException if it names what the job does not have
     */
    public static JobCondition bind(Values cluster, Values batch, TrainingJob job, RandomStreams streams) {
        List<Integer> microBatches = BatchSection.microBatchesPerReplica(batch);
        Optional<Values> condition = cluster.find(ClusterSection.CONDITION);
        if (condition.isEmpty()) {
            return JobCondition.EVEN.withMicroBatches(microBatches);
        }
        return new ConditionBinding(cluster, job, streams).bind(condition.get()).withMicroBatches(microBatches);
    }

    private JobCondition bind(Values condition) {
        List<Values> stragglers = condition.find(ConditionSection.STRAGGLERS).orElse(List.of());
        for (int i = 0; i < stragglers.size(); i++) {
            addStraggler(stragglers.get(i), i);
        }
        List<Values> links = condition.find(ConditionSection.SLOW_LINKS).orElse(List.of());
        if (!links.isEmpty() && ClusterSection.exchanges(cluster).form() == CollectiveForm.FLOW) {
            throw new ScenarioException(Problem.at(
                    condition.position(ConditionSection.SLOW_LINKS),
                    Problem.Kind.VALUE,
                    "slow links count in closed forms only",
                    "write cluster.network.collectives: analytic"));
        }
        links.forEach(this::addSlowLink);
        condition.find(ConditionSection.OTHER_NODES).orElse(List.of()).forEach(this::addOtherNodes);
        JobCondition made = JobCondition.of(ranks);
        return condition
                .find(ConditionSection.JITTER)
                .map(jitter -> made.with(new ComputeJitter(JitterSection.factor(jitter), streams)))
                .orElse(made);
    }

    private void addStraggler(Values straggler, int index) {
        List<Field<?>> ways = List.of(StragglerSection.GPUS, StragglerSection.NODES, StragglerSection.COUNT);
        if (ways.stream().filter(straggler::isWritten).count() != 1) {
            throw new ScenarioException(Problem.at(
                    straggler.position(),
                    Problem.Kind.KEY,
                    "a straggler needs one of gpus, nodes and count",
                    "such as {count: 1, speed: 0.8}"));
        }
        double speed = straggler.get(StragglerSection.SPEED);
        UnaryOperator<RankCondition> slower = rank -> rank.withSpeed(Math.min(rank.speed(), speed));
        if (straggler.isWritten(StragglerSection.GPUS)) {
            NumberRanges.of(straggler, StragglerSection.GPUS, job.cluster().gpus(), "GPUs of the cluster")
                    .forEach(gpu -> changeGpu(gpu, slower));
        } else if (straggler.isWritten(StragglerSection.NODES)) {
            change(nodes(straggler, StragglerSection.NODES), slower);
        } else {
            drawn(straggler, index).forEach(rank -> changeRank(rank, slower));
        }
    }

    private List<Integer> drawn(Values straggler, int index) {
        int count = Math.toIntExact(straggler.get(StragglerSection.COUNT));
        if (count > allocation.ranks()) {
            throw new ScenarioException(Problem.at(
                    straggler.position(StragglerSection.COUNT),
                    Problem.Kind.PLAN,
                    count + " stragglers are more than the " + allocation.ranks() + " GPUs of the job",
                    "write at most " + allocation.ranks()));
        }
        UniformRandomProvider random = streams.stream("stragglers", index);
        List<Integer> all =
                new ArrayList<>(IntStream.range(0, allocation.ranks()).boxed().toList());
        return ListSampler.sample(random, all, count);
    }

    private void addSlowLink(Values slow) {
        double share = slow.get(SlowLinkSection.SHARE);
        SlowLinkSection.Link link = slow.get(SlowLinkSection.LINK);
        List<Integer> nodes = nodes(slow, SlowLinkSection.NODES);
        int ports = job.cluster().node().nics();
        boolean lost = share == 0 && (link != SlowLinkSection.Link.PORT || ports < 2);
        if (lost) {
            throw new ScenarioException(Problem.at(
                    slow.position(SlowLinkSection.SHARE),
                    Problem.Kind.VALUE,
                    "with nothing left of its links a job does not go on",
                    "write the share that is left, above 0"));
        }
        LinkShares left = switch (link) {
            case PORT -> new LinkShares(1, share == 0 ? (ports - 1.0) / ports : share, 1);
            case SCALE_UP -> new LinkShares(share, 1, 1);
            case UPLINKS -> new LinkShares(1, 1, share);
        };
        List<Integer> slowed = link == SlowLinkSection.Link.UPLINKS ? leafNodes(nodes) : nodes;
        change(slowed, rank -> rank.withLinks(rank.links().least(left)));
    }

    /** All nodes on the leaf switches of some nodes. */
    private List<Integer> leafNodes(List<Integer> nodes) {
        int onLeaf = LeafNodes.of(job.cluster());
        return IntStream.range(0, job.cluster().nodes())
                .filter(node -> nodes.stream().anyMatch(other -> other / onLeaf == node / onLeaf))
                .boxed()
                .toList();
    }

    private void addOtherNodes(Values other) {
        change(nodes(other, OtherNodesSection.NODES), rank -> rank.withNode(other.get(OtherNodesSection.PRESET)));
    }

    private List<Integer> nodes(Values values, Field<String> field) {
        return NumberRanges.of(values, field, job.cluster().nodes(), "nodes of the cluster");
    }

    private void change(List<Integer> nodes, UnaryOperator<RankCondition> how) {
        for (int node : nodes) {
            for (int gpu = node * gpusPerNode; gpu < (node + 1) * gpusPerNode; gpu++) {
                changeGpu(gpu, how);
            }
        }
    }

    /** A GPU that runs no rank of the job slows nothing. */
    private void changeGpu(int gpu, UnaryOperator<RankCondition> how) {
        Optional.ofNullable(rankOfGpu.get(gpu)).ifPresent(rank -> changeRank(rank, how));
    }

    private void changeRank(int rank, UnaryOperator<RankCondition> how) {
        ranks.put(rank, how.apply(ranks.getOrDefault(rank, RankCondition.HEALTHY)));
    }
}
