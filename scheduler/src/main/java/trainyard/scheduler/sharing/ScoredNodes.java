package trainyard.scheduler.sharing;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Nodes with a score for each demand that was asked for, of which only those are renewed whose node has changed: a question costs by
 * what has changed since the last one about the same demand, not by the number of nodes.
 */
public final class ScoredNodes {

    private final NodeScore score;
    private final NodeScore.Scale scale;
    private final Fragmentation fragmentation;
    private final GpuNode[] nodes;
    private final boolean[] away;
    /** Nodes in the order of their changes. */
    private int[] changed = new int[1024];

    private int changes;
    /** The last place of each node among the changes. */
    private final int[] lastChange;

    private final double[] fragments;
    private final Map<PodDemand, Scores> known = new HashMap<>();
    private double fragmentedMilli;

    /** Scores of all nodes for one demand. */
    private final class Scores {
        private final PodDemand pod;
        private final NodeTree tree = new NodeTree(nodes.length);
        private int seen;

        Scores(PodDemand pod) {
            this.pod = pod;
            for (int node = 0; node < nodes.length; node++) {
                tree.put(node, score(node));
            }
            tree.build();
            seen = changes;
        }

        private NodeTree now() {
            for (; seen < changes; seen++) {
                if (lastChange[changed[seen]] == seen) {
                    tree.set(changed[seen], score(changed[seen]));
                }
            }
            return tree;
        }

        private int score(int node) {
            return away[node] || !nodes[node].fits(pod)
                    ? NodeTree.UNFIT
                    : score.of(nodes[node], pod, scale, fragmentation, fragments[node]);
        }
    }

    /**
     * @param nodes empty ones; changed from now on by this object only
     * @param score which of them is best
     * @param scale the largest node
     * @param fragmentation how much of them typical pods cannot use
     */
    public ScoredNodes(List<GpuNode> nodes, NodeScore score, NodeScore.Scale scale, Fragmentation fragmentation) {
        this.score = Objects.requireNonNull(score, "score");
        this.scale = Objects.requireNonNull(scale, "scale");
        this.fragmentation = Objects.requireNonNull(fragmentation, "fragmentation");
        this.nodes = nodes.toArray(new GpuNode[0]);
        away = new boolean[this.nodes.length];
        lastChange = new int[this.nodes.length];
        fragments = new double[this.nodes.length];
        for (int node = 0; node < this.nodes.length; node++) {
            fragments[node] = fragmentation.of(this.nodes[node]);
            fragmentedMilli += fragments[node];
        }
    }

    /** A node; to look at, not to change. */
    public GpuNode node(int node) {
        return nodes[node];
    }

    /** Thousandths of GPUs that typical pods cannot use, of all nodes that are there. */
    public double fragmentedMilli() {
        return Math.max(0, fragmentedMilli);
    }

    /** The scores of all nodes for a pod; good until the next change. */
    public NodeTree scores(PodDemand pod) {
        return known.computeIfAbsent(pod, Scores::new).now();
    }

    /** The GPU of a node on which a pod goes that shares one; 0 for others. */
    public int gpu(int node, PodDemand pod) {
        return score.gpu(nodes[node], pod, fragmentation, fragments[node]);
    }

    /** Puts a pod on GPUs of a node, as {@link GpuNode#gpusFor} says. */
    public void take(int node, PodDemand pod, long which) {
        nodes[node].take(pod, which);
        renew(node);
    }

    /** Takes a pod off GPUs of a node. */
    public void give(int node, PodDemand pod, long which) {
        nodes[node].give(pod, which);
        renew(node);
    }

    /** Says whether a node takes pods; those on it stay. */
    public void setAway(int node, boolean isAway) {
        if (away[node] != isAway) {
            away[node] = isAway;
            renew(node);
        }
    }

    /** Whether a node takes no pods. */
    public boolean isAway(int node) {
        return away[node];
    }

    private void renew(int node) {
        if (changes == changed.length) {
            compact();
        }
        lastChange[node] = changes;
        changed[changes++] = node;
        fragmentedMilli -= fragments[node];
        fragments[node] = away[node] ? 0 : fragmentation.of(nodes[node]);
        fragmentedMilli += fragments[node];
    }

    /** Makes room in the list of changes: brings all scores up to date, or lets it grow while there are few. */
    private void compact() {
        if (changes < 16 * nodes.length) {
            changed = Arrays.copyOf(changed, 2 * changes);
            return;
        }
        known.values().forEach(Scores::now);
        known.values().forEach(scores -> scores.seen = 0);
        changes = 0;
    }
}
