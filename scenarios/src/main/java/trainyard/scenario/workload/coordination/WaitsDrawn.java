package trainyard.scenario.workload.coordination;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import trainyard.faults.coordination.waiting.Deadlock;
import trainyard.faults.coordination.waiting.WaitForGraph.Wait;
import trainyard.scenario.workload.detail.Graph;

/** The wait-for graph of a deadlock: the waits that never end emphasised, those behind them and the others beside. */
final class WaitsDrawn {

    private WaitsDrawn() {}

    static Graph of(List<String> names, Deadlock found) {
        List<Wait> cause = found.cycle().isEmpty() ? found.hopeless() : found.cycle();
        Set<String> members = new LinkedHashSet<>(found.members());
        Set<String> ordered = new LinkedHashSet<>(members);
        ordered.addAll(names);
        List<Graph.Node> nodes = new ArrayList<>();
        for (String name : ordered) {
            nodes.add(new Graph.Node(name, found.waiting().contains(name) ? "waits" : "", members.contains(name)));
        }
        List<Graph.Edge> edges = found.waits().stream()
                .map(wait -> new Graph.Edge(wait.who(), wait.whom(), wait.what(), cause.contains(wait)))
                .toList();
        return new Graph("Who waits for whom", Graph.Shape.CIRCLE, nodes, edges);
    }
}
