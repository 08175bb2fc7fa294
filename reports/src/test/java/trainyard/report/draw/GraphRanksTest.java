package trainyard.report.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.GraphFigure;
import trainyard.report.figure.GraphFigure.Arrangement;
import trainyard.report.figure.GraphFigure.Edge;
import trainyard.report.figure.GraphFigure.Node;

class GraphRanksTest {

    private static final FigureText TEXT = new FigureText("Title", "Reading.", "Words.", "invented");

    private static List<List<String>> ranks(String nodes, String... arrows) {
        List<Node> boxes = Stream.of(nodes.split(""))
                .map(id -> new Node(id, id, "", false))
                .toList();
        List<Edge> edges = Stream.of(arrows)
                .map(arrow -> new Edge(arrow.substring(0, 1), arrow.substring(1), "", false))
                .toList();
        return GraphRanks.of(new GraphFigure(TEXT, Arrangement.RANKS, boxes, edges));
    }

    /** A node lies behind the longest way to it, a source just before what it points at. */
    @Test
    void ranksFollowTheLongestWay() {
        assertThat(ranks("abcd", "ab", "bc", "ac", "dc"))
                .containsExactly(List.of("a"), List.of("b", "d"), List.of("c"));
    }

    @Test
    void anArrowThatClosesACycleIsLeftAside() {
        assertThat(ranks("abc", "ab", "bc", "ca")).containsExactly(List.of("a"), List.of("b"), List.of("c"));
    }

    @Test
    void nodesWithoutArrowsAreSources() {
        assertThat(ranks("ab")).containsExactly(List.of("a", "b"));
    }
}
