package trainyard.sim.topology;

import java.util.function.IntUnaryOperator;
import trainyard.sim.hardware.ClusterSpec;

/**
 * Leaf, spine and, where needed, core switches (C. Clos, Bell System Technical Journal 32(2), 1953; as a fat tree: M.
 * Al-Fares et al., SIGCOMM 2008).
 *
 * <p>With {@code R} ports per switch and oversubscription {@code o}, a leaf gives {@code R o / (1 + o)} ports to nodes
 * and the rest to spines; the capacity of its uplinks together is that of its node ports divided by {@code o}. Up to
 * {@code R} leaves form one pod. Beyond that, pods have {@code R / 2} leaves and spine {@code s} of each pod is joined
 * to {@code R / 2} core switches of plane {@code s} without further oversubscription. Core switches may have any number
 * of ports, so that the number of pods is not limited.
 *
 * <p>Routes go up to the lowest level that both ports share and down again. All are equally short, and the hash picks
 * the spine and the core; the way down is then unique.
 */
final class Clos implements Fabric {

    private final TopologyOptions options;
    private final double portBytesPerSecond;
    private final double portLatencySeconds;
    private final double uplinkBytesPerSecond;
    private final IntUnaryOperator leafOfNic;
    private final int leaves;
    private final int uplinks;
    private final int leavesPerPod;
    private final int pods;
    private final int coresPerPlane;

    private int firstPortLink;
    private int firstLeafLink;
    private int firstSpineLink;

    /**
     * @param leaves number of leaf switches
     * @param portsPerLeaf network ports on a full leaf
     * @param leafOfNic leaf of each network port of the cluster
     */
    Clos(ClusterSpec cluster, TopologyOptions options, int leaves, int portsPerLeaf, IntUnaryOperator leafOfNic) {
        this.options = options;
        this.leaves = leaves;
        this.leafOfNic = leafOfNic;
        boolean sprayed = options.loadBalancing() == LoadBalancing.SPRAYED;
        double oversubscription = cluster.fabric().oversubscription();
        portBytesPerSecond =
                cluster.node().nicBytesPerSecond() * cluster.fabric().achievedFraction();
        portLatencySeconds = cluster.fabric().latencySeconds() / 2;
        uplinks = sprayed ? 1 : Math.max(1, (int) Math.ceil(portsPerLeaf / oversubscription));
        uplinkBytesPerSecond = portsPerLeaf * portBytesPerSecond / (oversubscription * uplinks);
        leavesPerPod = leaves <= options.switchRadix() ? leaves : options.switchRadix() / 2;
        pods = (leaves + leavesPerPod - 1) / leavesPerPod;
        coresPerPlane = sprayed ? 1 : leavesPerPod;
    }

    /** Ports that a leaf gives to nodes. */
    static int downPorts(ClusterSpec cluster, TopologyOptions options) {
        double oversubscription = cluster.fabric().oversubscription();
        return Math.max(1, (int) (options.switchRadix() * oversubscription / (1 + oversubscription)));
    }

    @Override
    public void build(TopologyBuilder builder, int[] nics) {
        int firstLeaf = addSwitches(builder, VertexKind.LEAF, leaves);
        firstPortLink = builder.links();
        for (int nic = 0; nic < nics.length; nic++) {
            int leaf = firstLeaf + leafOfNic.applyAsInt(nic);
            builder.addCable(nics[nic], leaf, LinkKind.NIC_PORT, portBytesPerSecond, portLatencySeconds);
        }
        if (leaves > 1) {
            addSpines(builder, firstLeaf);
        }
    }

    private void addSpines(TopologyBuilder builder, int firstLeaf) {
        int firstSpine = addSwitches(builder, VertexKind.SPINE, pods * uplinks);
        firstLeafLink = builder.links();
        for (int leaf = 0; leaf < leaves; leaf++) {
            int podSpine = firstSpine + leaf / leavesPerPod * uplinks;
            for (int s = 0; s < uplinks; s++) {
                builder.addCable(
                        firstLeaf + leaf,
                        podSpine + s,
                        LinkKind.LEAF_SPINE,
                        uplinkBytesPerSecond,
                        options.switchLatencySeconds());
            }
        }
        if (pods > 1) {
            addCores(builder, firstSpine);
        }
    }

    private void addCores(TopologyBuilder builder, int firstSpine) {
        int firstCore = addSwitches(builder, VertexKind.CORE, uplinks * coresPerPlane);
        double coreLinkBytesPerSecond = leavesPerPod * uplinkBytesPerSecond / coresPerPlane;
        firstSpineLink = builder.links();
        for (int spine = 0; spine < pods * uplinks; spine++) {
            int plane = firstCore + spine % uplinks * coresPerPlane;
            for (int c = 0; c < coresPerPlane; c++) {
                builder.addCable(
                        firstSpine + spine,
                        plane + c,
                        LinkKind.SPINE_CORE,
                        coreLinkBytesPerSecond,
                        options.switchLatencySeconds());
            }
        }
    }

    private static int addSwitches(TopologyBuilder builder, VertexKind kind, int count) {
        int first = builder.vertices();
        for (int i = 0; i < count; i++) {
            builder.addVertex(kind, Vertex.NO_NODE, i);
        }
        return first;
    }

    @Override
    public int route(int fromNic, int toNic, long hash, int[] into, int at) {
        int fromLeaf = leafOfNic.applyAsInt(fromNic);
        int toLeaf = leafOfNic.applyAsInt(toNic);
        int next = at;
        into[next++] = firstPortLink + 2 * fromNic;
        if (fromLeaf != toLeaf) {
            next = routeThroughSpines(fromLeaf, toLeaf, hash, into, next);
        }
        into[next++] = firstPortLink + 2 * toNic + 1;
        return next;
    }

    @Override
    public int mostLinks() {
        return 6;
    }

    private int routeThroughSpines(int fromLeaf, int toLeaf, long hash, int[] into, int at) {
        int spine = ((int) hash & Integer.MAX_VALUE) % uplinks;
        int fromPod = fromLeaf / leavesPerPod;
        int toPod = toLeaf / leavesPerPod;
        int next = at;
        into[next++] = firstLeafLink + 2 * (fromLeaf * uplinks + spine);
        if (fromPod != toPod) {
            int core = ((int) (hash >>> 32) & Integer.MAX_VALUE) % coresPerPlane;
            into[next++] = firstSpineLink + 2 * ((fromPod * uplinks + spine) * coresPerPlane + core);
            into[next++] = firstSpineLink + 2 * ((toPod * uplinks + spine) * coresPerPlane + core) + 1;
        }
        into[next++] = firstLeafLink + 2 * (toLeaf * uplinks + spine) + 1;
        return next;
    }
}
