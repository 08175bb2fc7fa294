package trainyard.report.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.report.draw.sheet.Mark;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.Axis;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.GanttFigure;
import trainyard.report.figure.GanttFigure.Band;
import trainyard.report.figure.GanttFigure.Interval;
import trainyard.report.figure.GanttFigure.Row;

class GanttLayoutTest {

    private static final FigureText TEXT = new FigureText("Title", "Reading.", "Words.", "invented");

    private static List<Mark.Box> boxes(List<Row> rows) {
        GanttFigure figure = new GanttFigure(TEXT, Axis.linear("Time", "h"), "Node", List.of("a", "b"), rows);
        return Layouts.of(figure, Layouts.WIDE).marks().stream()
                .filter(Mark.Box.class::isInstance)
                .map(Mark.Box.class::cast)
                .filter(box -> !box.tip().isEmpty())
                .toList();
    }

    /** Ten thousand intervals, of which state b has two thirds of each pixel: one box in its colour. */
    @Test
    void intervalsBelowAPixelShowTheStateThatHasMost() {
        List<Interval> intervals = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            intervals.add(new Interval(3 * i, 3 * i + 1, "a", ""));
            intervals.add(new Interval(3 * i + 1, 3 * i + 3, "b", ""));
        }
        List<Mark.Box> boxes = boxes(List.of(new Row("node 0", intervals)));
        assertThat(boxes).hasSize(1);
        assertThat(boxes.get(0).fill()).isEqualTo(Tone.fill(1));
        assertThat(boxes.get(0).tip()).contains("10000 stretches");
    }

    /** A node shared by two jobs shows each in its half of the row. */
    @Test
    void jobsThatShareANodeLieInTheirPartsOfItsRow() {
        Interval upper = new Interval(0, 10, "a", "", new Band(0, 0.25));
        Interval lower = new Interval(5, 10, "b", "", new Band(0.25, 1));
        List<Mark.Box> boxes = boxes(List.of(new Row("node 0", List.of(upper, lower))));
        assertThat(boxes).hasSize(2);
        double bottom = boxes.get(0).y() + boxes.get(0).height();
        assertThat(boxes.get(1).y()).isEqualTo(bottom);
        assertThat(boxes.get(1).height() / boxes.get(0).height()).isBetween(2.99, 3.01);
    }

    @Test
    void sixtyNodesFitOnASlide() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            rows.add(new Row("node " + i, List.of(new Interval(0, 10, "a", ""))));
        }
        GanttFigure figure = new GanttFigure(TEXT, Axis.linear("Time", "h"), "Node", List.of("a"), rows);
        assertThat(Layouts.of(figure, Layouts.WIDE).height()).isLessThan(600);
    }
}
