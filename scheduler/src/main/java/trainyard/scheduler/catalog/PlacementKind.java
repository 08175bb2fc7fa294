package trainyard.scheduler.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import trainyard.scheduler.cells.BuddyCells;
import trainyard.scheduler.cells.CellQuota;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.DomainLevel;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.placement.InPools;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.placement.SharedGpus;
import trainyard.scheduler.placement.Spread;
import trainyard.scheduler.placement.TopologyAware;
import trainyard.scheduler.placement.WithHost;
import trainyard.scheduler.sharing.NodeScore;

/** Every placement that a scenario can name. */
public enum PlacementKind {
    /** Only numbers count. */
    ANY("any", "wherever GPUs are free", new AnyGpus(), null),
    /** The first node. */
    FIRST_FIT(
            "first-fit",
            "on the first node with enough free GPUs; a job that no node holds gets whole nodes and the rest on one more",
            new Consolidate(Consolidate.Choice.FIRST_FIT),
            NodeScore.FIRST),
    /** The fullest node. */
    BEST_FIT(
            "best-fit",
            "the same, the fullest node with enough",
            new Consolidate(Consolidate.Choice.BEST_FIT),
            NodeScore.FULLEST),
    /** The emptiest node. */
    WORST_FIT(
            "worst-fit",
            "the same, the emptiest node",
            new Consolidate(Consolidate.Choice.WORST_FIT),
            NodeScore.EMPTIEST),
    /** Over many nodes. */
    SPREAD("spread", "over as many nodes as possible", new Spread(), null),
    /** The narrowest domain. */
    TOPOLOGY(
            "topology",
            "in the narrowest domain that holds it of node, island, rack, pool and cluster",
            new TopologyAware(DomainLevel.CLUSTER),
            null),
    /** The narrowest domain up to a pool. */
    TOPOLOGY_POOL("topology-pool", "the same, waiting for one pool", new TopologyAware(DomainLevel.POOL), null),
    /** The narrowest domain up to a rack. */
    TOPOLOGY_RACK("topology-rack", "the same, waiting for one rack", new TopologyAware(DomainLevel.RACK), null),
    /** The narrowest domain up to an island. */
    TOPOLOGY_ISLAND("topology-island", "the same, waiting for one island", new TopologyAware(DomainLevel.ISLAND), null),
    /** Fragmentation gradient descent. */
    FGD(
            "fgd",
            "on the node, and the GPU, whose fragmentation for the jobs of the list it makes grow least (Weng et al., FGD, USENIX ATC 2023)",
            null,
            NodeScore.EXACT_GRADIENT),
    /** The least alike. */
    DOT_PRODUCT(
            "dot-product",
            "on the node where processors and GPUs that are left and wanted have the smallest product, in hundredths",
            null,
            NodeScore.DOT_PRODUCT),
    /** Used GPUs first. */
    GPU_PACKING(
            "gpu-packing",
            "on GPUs that are shared already, then free GPUs of used nodes, then free nodes",
            null,
            NodeScore.GPU_PACKING),
    /** Jobs of one kind together. */
    GPU_CLUSTERING(
            "gpu-clustering",
            "beside jobs that use GPUs in the same way, as many or a part of one",
            null,
            NodeScore.GPU_CLUSTERING),
    /** Cells within cells. */
    BUDDY(
            "buddy",
            "in the smallest free cell that holds it, of cells within cells from the GPU to the rack; `teams.NAME.cells` guarantees some"
                    + " to teams (Zhao et al., HiveD, OSDI 2020)",
            null,
            null);

    private final String word;
    private final String sentence;
    private final Optional<Placement> whole;
    private final Optional<NodeScore> score;

    /**
     * @param whole for jobs that hold whole GPUs; null where all are told apart
     * @param score for jobs that share GPUs; null where it cannot place them
     */
    PlacementKind(String word, String sentence, Placement whole, NodeScore score) {
        this.word = word;
        this.sentence = sentence;
        this.whole = Optional.ofNullable(whole);
        this.score = Optional.ofNullable(score);
    }

    /** The name in scenarios and reports, such as {@code best-fit}. */
    public String word() {
        return word;
    }

    /** Where a job runs, in words for references. */
    public String sentence() {
        return sentence;
    }

    /** Whether it places jobs that share GPUs. */
    public boolean canShare() {
        return score.isPresent();
    }

    /** Whether it tells the GPUs of a node apart even if all jobs hold whole ones. */
    public boolean alwaysTellsApart() {
        return whole.isEmpty() && canShare();
    }

    /** Names of those that place jobs that share GPUs. */
    public static String sharing() {
        return Arrays.stream(values())
                .filter(PlacementKind::canShare)
                .map(PlacementKind::word)
                .collect(Collectors.joining(", "));
    }

    /**
     * A placement for one run.
     *
     * @param layout the cluster, whose GPUs are counted in thousandths where they are to be told apart
     * @param jobs those that are to come
     * @param cells of teams; only for {@code buddy}
     * @throws IllegalArgumentException if it cannot count GPUs so
     */
    public Placement make(ClusterLayout layout, List<ClusterJob> jobs, List<CellQuota> cells) {
        if (this == BUDDY) {
            return new BuddyCells(layout, cells);
        }
        if (layout.partsPerGpu() > 1) {
            return score.<Placement>map(by -> new SharedGpus(word, layout, by, jobs))
                    .orElseThrow(() -> new IllegalArgumentException(word + " counts whole GPUs"));
        }
        Placement inside = whole.orElseThrow(() -> new IllegalArgumentException(word + " tells GPUs apart"));
        Placement pooled = layout.pools().size() > 1 ? new InPools(layout, inside) : inside;
        return layout.countsHosts() ? new WithHost(layout, pooled) : pooled;
    }
}
