package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.GraphFigure;
import trainyard.report.figure.GraphFigure.Arrangement;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.workload.detail.Graph;

/** The graphs of the first replication of each candidate, a figure each. */
final class GraphChart {

    private GraphChart() {}

    static List<Figure> of(ChartRequest request) {
        Map<String, CellResult> candidates = request.candidates();
        List<Figure> figures = new ArrayList<>();
        candidates.forEach((name, cell) -> {
            for (Graph graph : request.details(cell).get(0).graphs()) {
                FigureText text = request.text(graph.title(), "what is red belongs together.");
                figures.add(figure(graph, candidates.size() == 1 ? text : of(text, name)));
            }
        });
        return figures;
    }

    private static FigureText of(FigureText text, String name) {
        return new FigureText(
                text.title() + ", " + name, text.caption(), text.altText() + " " + name + ".", text.dataSource());
    }

    private static Figure figure(Graph graph, FigureText text) {
        Arrangement arrangement = graph.shape() == Graph.Shape.CIRCLE ? Arrangement.CIRCLE : Arrangement.RANKS;
        return new GraphFigure(
                text,
                arrangement,
                graph.nodes().stream()
                        .map(node -> new GraphFigure.Node(node.name(), node.name(), node.note(), node.emphasised()))
                        .toList(),
                graph.edges().stream()
                        .map(edge -> new GraphFigure.Edge(edge.from(), edge.to(), edge.label(), edge.emphasised()))
                        .toList());
    }
}
