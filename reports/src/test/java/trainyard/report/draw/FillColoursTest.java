package trainyard.report.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.GanttFigure;

class FillColoursTest {

    private static final FigureText TEXT = new FigureText("Title", "Reading.", "Words.", "invented");

    private static Figure stack(String... names) {
        List<BarSeries> series =
                List.of(names).stream().map(name -> BarSeries.of(name, 1)).toList();
        return BarFigure.stacked(TEXT, "Design", List.of("a"), Axis.linear("Share", "%"), series);
    }

    private static Figure gantt(String... states) {
        GanttFigure.Row row = new GanttFigure.Row("job", List.of(new GanttFigure.Interval(0, 1, states[0], "")));
        return new GanttFigure(TEXT, Axis.linear("Time", "s"), "Who", List.of(states), List.of(row));
    }

    /** The largest figure takes the palette in its order; the others follow it by name. */
    @Test
    void aStateKeepsItsColourInAllFiguresOfAReport() {
        FillColours colours =
                FillColours.of(List.of(gantt("repair", "idle"), stack("useful", "idle", "repair", "wait")));
        assertThat(colours.of("useful")).isEqualTo(Tone.fill(0));
        assertThat(colours.of("idle")).isEqualTo(Tone.fill(1));
        assertThat(colours.of("repair")).isEqualTo(Tone.fill(2));
        assertThat(colours.of("wait")).isEqualTo(Tone.fill(3));
    }

    @Test
    void namesOfOneFigureNeverShareAColour() {
        FillColours colours = FillColours.of(List.of(stack("a", "b", "c"), gantt("d", "b"), gantt("d", "a")));
        assertThat(colours.of("d")).isNotIn(colours.of("a"), colours.of("b"));
    }

    @Test
    void moreNamesThanColoursRepeatThem() {
        String[] names = new String[30];
        for (int i = 0; i < names.length; i++) {
            names[i] = "state " + i;
        }
        FillColours colours = FillColours.of(List.of(stack(names)));
        assertThat(colours.of("state 29")).isNotNull();
        assertThat(colours.of("state 11")).isEqualTo(Tone.fill(11));
    }
}
