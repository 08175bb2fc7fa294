package trainyard.faults.life.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultModel;
import trainyard.faults.cause.Scope;
import trainyard.faults.recovery.SlowPart;
import trainyard.sim.engine.Timeline;
import trainyard.sim.inventory.Inventory;
import trainyard.sim.inventory.Part;

/**
 * Which parts of a cluster are slow. A fault lowers the speed of its part in the inventory; the part is well again when the
 * fault is over, or its node has been repaired, or started again where the fault does not take it. Of several faults of one part the worst that still lasts counts.
 *
 * <p>Links of the inventory are the ports of all nodes, in their order, and behind them the uplinks of each leaf switch as
 * one.
 */
public final class SlowParts {

    private final Timeline timeline;
    private final Inventory inventory;
    private final ClusterShape cluster;
    /** The faults that each slow part suffers from, in their order. */
    private final Map<Part, List<Fault>> faults =
            new TreeMap<>(Comparator.comparing(Part::kind).thenComparingInt(Part::index));

    private HealListener listener = (nowNanos, firstNode, endNode) -> {};

    /** Told that parts of some nodes are well again. */
    @FunctionalInterface
    public interface HealListener {
        /** Parts of the nodes from {@code firstNode} to before {@code endNode} are well again. */
        void onHealed(long nowNanos, int firstNode, int endNode);
    }

    /** Before the first fault: no part is slow. */
    public SlowParts(Timeline timeline, Inventory inventory, ClusterShape cluster) {
        this.timeline = timeline;
        this.inventory = inventory;
        this.cluster = cluster;
        inventory.addListener(this::onChange);
    }

    /** From now on the listener is told that parts of some nodes are well again. */
    public void tell(HealListener told) {
        listener = told;
    }

    /** How many links an inventory needs for what goes wrong. */
    public static int links(FaultModel model, ClusterShape cluster) {
        boolean slowLinks = model.causes().stream()
                .anyMatch(cause -> cause.traits().slowdown().isPresent()
                        && (cause.scope() == Scope.LINK || cause.scope() == Scope.SWITCH));
        return slowLinks ? cluster.ports() + cluster.switches() : 0;
    }

    /** Whether no part is slow. */
    public boolean isEmpty() {
        return faults.isEmpty();
    }

    /** Whether some part still suffers from a fault. */
    public boolean suffersFrom(Fault fault) {
        return parts(fault).stream().anyMatch(part -> faultsOf(part).contains(fault));
    }

    private List<Fault> faultsOf(Part part) {
        return faults.getOrDefault(part, List.of());
    }

    /** Whether some part is slower than it would be without a fault. */
    public boolean isSlowedBy(Fault fault) {
        return parts(fault).stream().anyMatch(part -> isSlowedBy(part, fault));
    }

    private boolean isSlowedBy(Part part, Fault fault) {
        List<Fault> all = faultsOf(part);
        return all.contains(fault)
                && all.stream().filter(other -> other != fault).allMatch(other -> speed(other) > speed(fault));
    }

    /** Whether a fault leaves its node no port that is up, so that it is as good as broken. */
    public boolean cutsOff(Fault fault) {
        if (fault.cause().scope() != Scope.LINK || !isSlowedBy(fault)) {
            return false;
        }
        int first = fault.firstNode() * cluster.portsPerNode();
        for (int port = first; port < first + cluster.portsPerNode(); port++) {
            if (inventory.speed(Part.link(port)) > 0) {
                return false;
            }
        }
        return true;
    }

    /** A fault makes its parts slow, unless their node is out of use. */
    void slow(Fault fault) {
        for (Part part : parts(fault)) {
            if (isNodeUp(part)) {
                faults.computeIfAbsent(part, slow -> new ArrayList<>()).add(fault);
                setSpeed(part);
            }
        }
        if (fault.lastsNanos() < Long.MAX_VALUE) {
            timeline.after(fault.lastsNanos(), LifePriorities.REPAIR, now -> recover(now, fault));
        }
    }

    /** The nodes of a fault are started again, which ends it where it does not take them. */
    public void restart(Fault fault) {
        if (!fault.damage().takesNode()) {
            parts(fault).forEach(part -> recover(part, fault));
        }
    }

    private static double speed(Fault fault) {
        return fault.cause().traits().slowdown().orElseThrow().speed();
    }

    /** A part runs at the least speed that its faults leave. */
    private void setSpeed(Part part) {
        inventory.setSpeed(
                part,
                faultsOf(part).stream().mapToDouble(SlowParts::speed).min().orElse(1));
    }

    private boolean isNodeUp(Part part) {
        int node = nodeOf(part);
        return node < 0 || inventory.speed(Part.node(node)) > 0;
    }

    private List<Part> parts(Fault fault) {
        return switch (fault.cause().scope()) {
            case GPU -> List.of(Part.gpu(fault.component()));
            case LINK -> List.of(Part.link(fault.component()));
            case SWITCH -> List.of(Part.link(cluster.ports() + fault.component()));
            default -> nodes(fault.firstNode(), fault.endNode());
        };
    }

    private static List<Part> nodes(int first, int end) {
        List<Part> parts = new ArrayList<>();
        for (int node = first; node < end; node++) {
            parts.add(Part.node(node));
        }
        return parts;
    }

    private void recover(long nowNanos, Fault fault) {
        boolean changed = false;
        for (Part part : parts(fault)) {
            changed |= recover(part, fault);
        }
        if (changed) {
            listener.onHealed(nowNanos, fault.firstNode(), fault.endNode());
        }
    }

    /** Returns whether the part is faster without the fault. */
    private boolean recover(Part part, Fault fault) {
        boolean faster = isSlowedBy(part, fault);
        faults.computeIfPresent(part, (slow, all) -> {
            all.remove(fault);
            return all.isEmpty() ? null : all;
        });
        if (faster) {
            setSpeed(part);
        }
        return faster;
    }

    /** A node that goes out of use takes its slow parts along; its repair sees to them, too. */
    private void onChange(Part part, double speedBefore, double speed) {
        if (part.kind() == Part.Kind.NODE && speed == 0 && !faults.isEmpty()) {
            faults.remove(part);
            List<Part> within = faults.keySet().stream()
                    .filter(slow -> nodeOf(slow) == part.index())
                    .toList();
            within.forEach(this::heal);
        }
    }

    private void heal(Part part) {
        faults.remove(part);
        inventory.setSpeed(part, 1);
    }

    /** The node of a part; -1 for the uplinks of a switch. */
    private int nodeOf(Part part) {
        return switch (part.kind()) {
            case NODE -> part.index();
            case GPU -> part.index() / cluster.gpusPerNode();
            case LINK -> part.index() < cluster.ports() ? part.index() / cluster.portsPerNode() : -1;
        };
    }

    /**
     * The slow parts of a job, by slot.
     *
     * @param slotOfNode slot of a node, negative for one that is none of the job's
     */
    public List<SlowPart> of(IntUnaryOperator slotOfNode) {
        Map<Integer, SlowPart> ports = new TreeMap<>();
        List<SlowPart> parts = new ArrayList<>();
        for (Part part : faults.keySet()) {
            int node = nodeOf(part);
            if (node < 0) {
                addUplinks(part, slotOfNode, parts);
                continue;
            }
            int slot = slotOfNode.applyAsInt(node);
            if (slot < 0) {
                continue;
            }
            switch (part.kind()) {
                case NODE -> parts.add(new SlowPart(slot, SlowPart.Kind.NODE, 0, inventory.speed(part)));
                case GPU ->
                    parts.add(new SlowPart(
                            slot, SlowPart.Kind.GPU, part.index() % cluster.gpusPerNode(), inventory.speed(part)));
                case LINK -> ports.computeIfAbsent(slot, at -> ports(node, at));
            }
        }
        parts.addAll(ports.values());
        return parts;
    }

    /** Rings run at the pace of the slowest port, and those that are up carry what the others do not. */
    private SlowPart ports(int node, int slot) {
        double least = 1;
        int up = 0;
        for (int port = 0; port < cluster.portsPerNode(); port++) {
            double speed = inventory.speed(Part.link(node * cluster.portsPerNode() + port));
            least = speed > 0 ? Math.min(least, speed) : least;
            up += speed > 0 ? 1 : 0;
        }
        return new SlowPart(slot, SlowPart.Kind.PORTS, 0, least * up / cluster.portsPerNode());
    }

    private void addUplinks(Part part, IntUnaryOperator slotOfNode, List<SlowPart> parts) {
        int leaf = part.index() - cluster.ports();
        for (int node = Scope.SWITCH.firstNode(leaf, cluster); node < Scope.SWITCH.endNode(leaf, cluster); node++) {
            int slot = slotOfNode.applyAsInt(node);
            if (slot >= 0) {
                parts.add(new SlowPart(slot, SlowPart.Kind.UPLINKS, 0, inventory.speed(part)));
            }
        }
    }
}
