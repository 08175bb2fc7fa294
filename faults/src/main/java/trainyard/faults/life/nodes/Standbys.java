package trainyard.faults.life.nodes;

import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Supplier;
import trainyard.faults.life.account.GpuState;
import trainyard.sim.engine.Step;

/** Nodes that the job holds beside its slots, started and ready to take the place of others. */
final class Standbys {

    private final Supplier<AsideGroup> newGroup;
    private final PreparationTimes times;
    private final Step onReady;
    private final Map<Integer, AsideGroup> nodes = new TreeMap<>();

    Standbys(Supplier<AsideGroup> newGroup, PreparationTimes times, Step onReady) {
        this.newGroup = newGroup;
        this.times = times;
        this.onReady = onReady;
    }

    /** A node comes and starts its processes. */
    void add(long nowNanos, int node) {
        AsideGroup group = newGroup.get();
        nodes.put(node, group);
        group.change(nowNanos, 1);
        start(nowNanos, node);
    }

    private void start(long nowNanos, int node) {
        nodes.get(node).prepare(nowNanos, times.startNanos(-node - 2), 0, GpuState.IDLE, onReady);
    }

    boolean contains(int node) {
        return nodes.containsKey(node);
    }

    /** A fault ended the processes of a node that still works. */
    void restart(long nowNanos, int node) {
        start(nowNanos, node);
    }

    void remove(long nowNanos, int node) {
        nodes.remove(node).dissolve(nowNanos);
    }

    /** A node that is ready. */
    OptionalInt ready() {
        for (Map.Entry<Integer, AsideGroup> node : nodes.entrySet()) {
            if (node.getValue().isReady()) {
                return OptionalInt.of(node.getKey());
            }
        }
        return OptionalInt.empty();
    }

    /** A node that is ready, else one whose processes are still starting. */
    OptionalInt readyFirst() {
        OptionalInt ready = ready();
        return ready.isPresent() || nodes.isEmpty()
                ? ready
                : OptionalInt.of(nodes.keySet().iterator().next());
    }

    int readyNodes() {
        return nodes.isEmpty()
                ? 0
                : (int) nodes.values().stream().filter(AsideGroup::isReady).count();
    }

    int[] all() {
        return nodes.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    int nodes() {
        return nodes.size();
    }

    void book(long nowNanos) {
        nodes.values().forEach(group -> group.book(nowNanos));
    }
}
