package trainyard.report.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static trainyard.report.draw.Sheets.TEXT;
import static trainyard.report.draw.Sheets.assertReadable;
import static trainyard.report.draw.Sheets.texts;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.Mark;
import trainyard.report.draw.sheet.Mark.Label;
import trainyard.report.figure.Axis;
import trainyard.report.figure.HeatMapFigure;
import trainyard.report.figure.TopologyFigure;

/** Words on heat maps and on drawings of networks. */
class MapLayoutTest {

    /** Levels so near to each other that their numbers would lie on one another, and a line through the word of a cell. */
    @Test
    void wordsOfAMapLieOnItsLinesAndNotOnEachOther() {
        Axis axis = Axis.linear("z", "%");
        List<String> names = List.of("a", "b");
        List<HeatMapFigure.Cell> low = List.of(new HeatMapFigure.Value(1), new HeatMapFigure.Value(2));
        List<HeatMapFigure.Cell> high = List.of(new HeatMapFigure.Value(90), new HeatMapFigure.Value(99));
        HeatMapFigure map = new HeatMapFigure(TEXT, "x", names, "y", names, axis, List.of(low, high));
        Drawing lines = Layouts.of(map.withContours(List.of(40.0, 41.0, 42.0, 43.0)), Layouts.WIDE);
        assertReadable("contours", lines);
        assertThat(texts(lines)).contains("40", "41").doesNotContain("43");

        List<HeatMapFigure.Cell> gone =
                List.of(new HeatMapFigure.Infeasible("OOM"), new HeatMapFigure.Infeasible("OOM"));
        HeatMapFigure.Track track =
                new HeatMapFigure.Track("limit", List.of(OptionalDouble.of(0), OptionalDouble.of(0)));
        HeatMapFigure refused = new HeatMapFigure(TEXT, "x", names, "y", names, axis, List.of(gone, low));
        List<Mark> marks = Layouts.of(refused.withTrack(track), Layouts.WIDE).marks();
        int lastDot = 0;
        int word = 0;
        for (int i = 0; i < marks.size(); i++) {
            lastDot = marks.get(i) instanceof Mark.Dot ? i : lastDot;
            word = marks.get(i) instanceof Label label && label.text().equals("OOM") ? i : word;
        }
        assertThat(word).isGreaterThan(lastDot);
    }

    /** Nodes 0 to 9 of 150 would have room, and the others seem to have no name. */
    @Test
    void nodesOfALayerAreNamedAllOrNone() {
        assertThat(texts(layer(30))).contains("0", "9", "29");
        assertThat(texts(layer(60))).containsExactly("Link load", "0 %", "25 %", "50 %", "75 %", "100 %", "Node");
    }

    private static Drawing layer(int count) {
        List<TopologyFigure.Node> nodes = IntStream.range(0, count)
                .mapToObj(i -> new TopologyFigure.Node("node-" + i, "" + i, 0, TopologyFigure.State.UP))
                .toList();
        return Layouts.of(new TopologyFigure(TEXT, List.of("Node"), nodes, List.of()), Layouts.WIDE);
    }
}
