package trainyard.report.draw;

import trainyard.report.draw.sheet.Drawing;
import trainyard.report.figure.AreaFigure;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BoxFigure;
import trainyard.report.figure.Figure;
import trainyard.report.figure.GanttFigure;
import trainyard.report.figure.GraphFigure;
import trainyard.report.figure.HeatMapFigure;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.OccupancyFigure;
import trainyard.report.figure.RadarFigure;
import trainyard.report.figure.ScatterFigure;
import trainyard.report.figure.SmallMultiplesFigure;
import trainyard.report.figure.StepFigure;
import trainyard.report.figure.TableFigure;
import trainyard.report.figure.TopologyFigure;
import trainyard.report.figure.TornadoFigure;
import trainyard.report.figure.WaterfallFigure;

/** Picks the layout of a figure. */
public final class Layouts {

    /** Width of a drawing on a desktop page or slide, pixels. */
    public static final double WIDE = 760;

    /** Width of a drawing on a phone, pixels. */
    public static final double NARROW = 340;

    private Layouts() {}

    /** Lays out {@code figure} by itself at {@code width} pixels; the height follows from the content. */
    public static Drawing of(Figure figure, double width) {
        return of(figure, width, NameColours.of(figure));
    }

    /** The same in the colours that the figures of its report share. */
    public static Drawing of(Figure figure, double width, NameColours colours) {
        if (figure instanceof LineFigure line) {
            return CurveLayout.of(line, width, colours);
        } else if (figure instanceof StepFigure step) {
            return CurveLayout.of(step, width, colours);
        } else if (figure instanceof AreaFigure area) {
            return AreaLayout.of(area, width, colours);
        } else if (figure instanceof BarFigure bar) {
            return BarLayout.of(bar, width, colours);
        } else if (figure instanceof BoxFigure boxes) {
            return BoxLayout.of(boxes, width, colours);
        } else if (figure instanceof ScatterFigure scatter) {
            return ScatterLayout.of(scatter, width, colours);
        } else if (figure instanceof HeatMapFigure heatMap) {
            return HeatMapLayout.of(heatMap, width, colours);
        } else if (figure instanceof GanttFigure gantt) {
            return GanttLayout.of(gantt, width, colours);
        } else if (figure instanceof GraphFigure graph) {
            return GraphLayout.of(graph, width);
        } else if (figure instanceof OccupancyFigure occupancy) {
            return OccupancyLayout.of(occupancy, width);
        } else if (figure instanceof RadarFigure radar) {
            return RadarLayout.of(radar, width, colours);
        } else if (figure instanceof SmallMultiplesFigure panels) {
            return SmallMultiplesLayout.of(panels, width);
        } else if (figure instanceof WaterfallFigure waterfall) {
            return WaterfallLayout.of(waterfall, width);
        } else if (figure instanceof TornadoFigure tornado) {
            return TornadoLayout.of(tornado, width);
        } else if (figure instanceof TopologyFigure topology) {
            return TopologyLayout.of(topology, width);
        } else if (figure instanceof TableFigure table) {
            return TableLayout.of(table, width);
        }
        throw new IllegalArgumentException("no layout for " + figure.getClass().getName());
    }
}
