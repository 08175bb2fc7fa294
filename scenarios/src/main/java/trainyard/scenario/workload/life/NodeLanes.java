package trainyard.scenario.workload.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.record.LifeRecord;
import trainyard.faults.life.record.LifeRecord.NodeChange;
import trainyard.faults.life.record.NodeUse;
import trainyard.scenario.workload.detail.Lane;
import trainyard.sim.engine.SimTime;

/** A lane for each node of a long job that breaks, comes or goes: what it is to the job. */
final class NodeLanes {

    private NodeLanes() {}

    /** The lanes in the order of the nodes; none of those that stay what they are from the first start on. */
    static List<Lane> of(LifeRecord life) {
        Map<Integer, List<NodeChange>> byNode = new TreeMap<>();
        for (NodeChange change : life.uses()) {
            byNode.computeIfAbsent(change.node(), any -> new ArrayList<>()).add(change);
        }
        List<Lane> lanes = new ArrayList<>();
        byNode.forEach((node, changes) -> {
            List<Lane.Span> spans = spans(changes, life.endNanos());
            if (spans.size() > 1) {
                lanes.add(new Lane("node " + node, spans, Set.of(GpuState.REPAIR.label())));
            }
        });
        return lanes;
    }

    private static List<Lane.Span> spans(List<NodeChange> changes, long endNanos) {
        List<Lane.Span> spans = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            long start = changes.get(i).fromNanos();
            long end = i + 1 < changes.size() ? changes.get(i + 1).fromNanos() : endNanos;
            if (end > start) {
                String state = words(changes.get(i).use());
                spans.add(new Lane.Span(SimTime.seconds(start), SimTime.seconds(end), state, ""));
            }
        }
        return spans;
    }

    private static String words(NodeUse use) {
        return switch (use) {
            case AT_WORK -> "in the job";
            case BESIDE -> "held beside the job";
            case FREE -> GpuState.IDLE.label();
            case BROKEN -> GpuState.REPAIR.label();
        };
    }
}
