package trainyard.faults.life.nodes;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Nodes of which a fault is foretold: those that still work for the job, and those that it has put out of work. */
final class Draining {

    private final Supplier<AsideGroup> newGroup;
    private final Set<Integer> suspects = new LinkedHashSet<>();
    /** When the last of the warnings of a node ends. */
    private final Map<Integer, Long> untilNanos = new HashMap<>();

    private final Map<Integer, AsideGroup> cordoned = new TreeMap<>();

    Draining(Supplier<AsideGroup> newGroup) {
        this.newGroup = newGroup;
    }

    /** A fault of a node is foretold for a time until then; of several warnings the one that ends last counts. */
    void suspect(int node, long until) {
        untilNanos.merge(node, until, Math::max);
        if (!cordoned.containsKey(node)) {
            suspects.add(node);
        }
    }

    /** Whether something is foretold of a node. */
    boolean knows(int node) {
        return untilNanos.containsKey(node);
    }

    /** Whether all that was foretold of a node has happened or will not. */
    boolean isOver(long nowNanos, int node) {
        return untilNanos.getOrDefault(node, nowNanos) <= nowNanos;
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
        untilNanos.remove(node);
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
