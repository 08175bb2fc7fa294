package trainyard.faults.life.nodes;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Nodes of which a fault is foretold: those that still work for the job, and those that it has put out of work. */
final class Draining {

    private final Supplier<AsideGroup> newGroup;
    private final Set<Integer> suspects = new LinkedHashSet<>();
    private final Map<Integer, AsideGroup> cordoned = new TreeMap<>();

    Draining(Supplier<AsideGroup> newGroup) {
        this.newGroup = newGroup;
    }

    /** Returns whether nothing was foretold of the node before. */
    boolean suspect(int node) {
        return !cordoned.containsKey(node) && suspects.add(node);
    }

    Set<Integer> suspects() {
        return suspects;
    }

    /** A suspect is held but does nothing more. */
    void cordon(long nowNanos, int node) {
        suspects.remove(node);
        AsideGroup group = newGroup.get();
        group.change(nowNanos, 1);
        cordoned.put(node, group);
    }

    boolean isCordoned(int node) {
        return cordoned.containsKey(node);
    }

    /** What was foretold has happened or will not. */
    void forget(long nowNanos, int node) {
        suspects.remove(node);
        AsideGroup group = cordoned.remove(node);
        if (group != null) {
            group.dissolve(nowNanos);
        }
    }

    int nodes() {
        return cordoned.size();
    }

    void book(long nowNanos) {
        cordoned.values().forEach(group -> group.book(nowNanos));
    }
}
