package trainyard.report.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.Mark;
import trainyard.report.draw.sheet.Mark.Label;
import trainyard.report.draw.sheet.TextWidth;
import trainyard.report.figure.Axis;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.HeatMapFigure;

/** Figures to lay out, and what can be read on the sheet. */
final class Sheets {

    static final String SIXTY = "sixty characters of a label that somebody wrote in good faith";
    static final FigureText TEXT = new FigureText("Title", "Reading.", "Words.", "invented");

    private Sheets() {}

    /** A label's box: the widths are estimates with a margin, so boxes that do not meet leave text apart. */
    private record Box(String text, double left, double top, double right, double bottom) {

        static Box of(Label label) {
            double width = TextWidth.of(label.text(), label.font()) / 1.13;
            double left = switch (label.anchor()) {
                case START -> label.x();
                case MIDDLE -> label.x() - width / 2;
                case END -> label.x() - width;
            };
            double height = label.font().size() * 0.75;
            return new Box(label.text(), left, label.y() - height, left + width, label.y());
        }

        boolean overlaps(Box other) {
            return left < other.right - 0.5
                    && other.left < right - 0.5
                    && top < other.bottom - 0.5
                    && other.top < bottom - 0.5;
        }
    }

    static void assertReadable(String name, Drawing drawing) {
        List<Box> boxes = new ArrayList<>();
        for (Mark mark : drawing.marks()) {
            if (mark instanceof Label label) {
                boxes.add(Box.of(label));
            }
        }
        for (int i = 0; i < boxes.size(); i++) {
            Box box = boxes.get(i);
            assertThat(box.left()).as("%s: left of '%s'", name, box.text()).isGreaterThan(-3);
            assertThat(box.right()).as("%s: right of '%s'", name, box.text()).isLessThan(drawing.width() + 3);
            assertThat(box.bottom()).as("%s: bottom of '%s'", name, box.text()).isLessThan(drawing.height());
            for (Box other : boxes.subList(i + 1, boxes.size())) {
                assertThat(box.overlaps(other))
                        .as("%s: '%s' lies on '%s'", name, box.text(), other.text())
                        .isFalse();
            }
        }
    }

    static Drawing map(HeatMapFigure.Cell first, HeatMapFigure.Cell second) {
        List<String> names = List.of("one", "two");
        Axis axis = Axis.linear("Loss", "");
        List<HeatMapFigure.Cell> row = List.of(first, second);
        return Layouts.of(new HeatMapFigure(TEXT, "x", names, "y", names, axis, List.of(row, row)), Layouts.WIDE);
    }

    static List<String> texts(Drawing drawing) {
        return drawing.marks().stream()
                .filter(Label.class::isInstance)
                .map(mark -> ((Label) mark).text())
                .toList();
    }
}
