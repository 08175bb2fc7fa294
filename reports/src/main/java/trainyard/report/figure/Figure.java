package trainyard.report.figure;

/**
 * One figure of a report. The kinds are closed: each has one record here, one layout in {@code trainyard.report.draw} and,
 * where XChart can draw it, one adapter in {@code trainyard.report.png}.
 */
public sealed interface Figure
        permits AreaFigure,
                BarFigure,
                BoxFigure,
                GanttFigure,
                GraphFigure,
                HeatMapFigure,
                LineFigure,
                OccupancyFigure,
                RadarFigure,
                ScatterFigure,
                SmallMultiplesFigure,
                StepFigure,
                TableFigure,
                TopologyFigure,
                TornadoFigure,
                WaterfallFigure {

    /** Title, caption, alt text and data source. */
    FigureText text();
}
