package trainyard.report.draw;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import trainyard.report.figure.GraphFigure;
import trainyard.report.figure.GraphFigure.Edge;
import trainyard.report.figure.GraphFigure.Node;

/**
 * The ranks of a graph: each node lies behind all nodes that point at it, arrows that would close a cycle aside, and a
 * source just before the first that it points at. Nodes of a rank keep the order of the figure.
 */
final class GraphRanks {

    private final Map<String, List<String>> next = new LinkedHashMap<>();
    private final Map<String, Integer> rank = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private final List<String> finished = new ArrayList<>();
    private final Set<String> back = new HashSet<>();

    private GraphRanks(GraphFigure figure) {
        figure.nodes().forEach(node -> next.put(node.id(), new ArrayList<>()));
        for (Edge edge : figure.edges()) {
            next.get(edge.from()).add(edge.to());
        }
    }

    /** Ids by rank, sources first. */
    static List<List<String>> of(GraphFigure figure) {
        GraphRanks ranks = new GraphRanks(figure);
        ranks.next.keySet().forEach(ranks::visit);
        ranks.assign();
        List<List<String>> rows = new ArrayList<>();
        for (Node node : figure.nodes()) {
            int index = ranks.rank.get(node.id());
            while (rows.size() <= index) {
                rows.add(new ArrayList<>());
            }
            rows.get(index).add(node.id());
        }
        return rows;
    }

    /** Depth first; an arrow to a node that is still open closes a cycle. */
    private void visit(String id) {
        if (open.contains(id) || finished.contains(id)) {
            return;
        }
        open.add(id);
        for (String to : next.get(id)) {
            if (open.contains(to)) {
                back.add(id + "\n" + to);
            } else {
                visit(to);
            }
        }
        open.remove(id);
        finished.add(id);
    }

    private void assign() {
        next.keySet().forEach(id -> rank.put(id, 0));
        for (int i = finished.size() - 1; i >= 0; i--) {
            String id = finished.get(i);
            for (String to : next.get(id)) {
                if (!back.contains(id + "\n" + to)) {
                    rank.merge(to, rank.get(id) + 1, Math::max);
                }
            }
        }
        next.keySet().stream().filter(this::isSource).forEach(this::moveToFirstTarget);
    }

    private boolean isSource(String id) {
        return next.values().stream().noneMatch(targets -> targets.contains(id));
    }

    /** A source that joins late stands beside those that its target waits for. */
    private void moveToFirstTarget(String id) {
        next.get(id).stream().mapToInt(rank::get).min().ifPresent(first -> rank.put(id, first - 1));
    }
}
