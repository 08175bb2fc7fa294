package trainyard.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import trainyard.report.draw.Layouts;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.png.PngWriter;
import trainyard.report.svg.SvgWriter;

/**
 * One figure of each kind with data as a training simulation gives them, invented for this gallery. Run {@code main} with
 * a folder to write all of them as SVG and PNG and look at them.
 */
public final class GalleryOfFigures {

    private GalleryOfFigures() {}

    /** Writes the gallery into the folder named by the first argument. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        for (Map.Entry<String, Figure> entry : all().entrySet()) {
            Figure figure = entry.getValue();
            String wide = SvgWriter.file(Layouts.of(figure, Layouts.WIDE));
            Files.writeString(folder.resolve(entry.getKey() + ".svg"), wide);
            String narrow = SvgWriter.file(Layouts.of(figure, Layouts.NARROW));
            Files.writeString(folder.resolve(entry.getKey() + "-narrow.svg"), narrow);
            Files.write(folder.resolve(entry.getKey() + ".png"), PngWriter.png(figure));
        }
    }

    /** All kinds by a short name. */
    public static Map<String, Figure> all() {
        Map<String, Figure> figures = new TreeMap<>();
        figures.put("line-checkpoint", CurveFigures.goodputByInterval());
        figures.put("line-busbw", CurveFigures.busBandwidth());
        figures.put("line-errorbars", CurveFigures.backupWorkers());
        figures.put("step-cdf", CurveFigures.completionTimes());
        figures.put("line-published", CurveFigures.failuresByScale());
        figures.put("step-cdf-marks", CurveFigures.timeToTrain());
        figures.put("step-throughput", CurveFigures.throughputOverTime());
        figures.put("area-teams", CurveFigures.gpusByTeam());
        figures.put("bar-stacked-memory", BarFigures.memoryPerGpu());
        figures.put("bar-grouped", BarFigures.waitingTimes());
        figures.put("box", BarFigures.recoveryTimes());
        figures.put("heat-contours", GridFigures.ratioByIntervalAndRate());
        figures.put("bar-horizontal", BarFigures.longNames());
        figures.put("scatter-predicted", GridFigures.predictedAgainstMeasured());
        figures.put("scatter-errors", GridFigures.errorsBySize());
        figures.put("scatter-pareto", GridFigures.timeAgainstCost());
        figures.put("heat-values", GridFigures.utilisationByDegrees());
        figures.put("heat-winners", GridFigures.winners());
        figures.put("gantt-pipeline", TimelineFigures.pipeline());
        figures.put("gantt-recovery", TimelineFigures.recovery());
        figures.put("waterfall", BarFigures.stepTime());
        figures.put("tornado", BarFigures.sensitivity());
        figures.put("topology", GridFigures.leafSpine());
        figures.put("panels-quotas", ClusterFigures.quotas());
        figures.put("occupancy", ClusterFigures.occupancy());
        figures.put("gantt-cluster", ClusterFigures.jobs(24, 72));
        figures.put("radar", ClusterFigures.frameworks());
        figures.put("graph-circle", ClusterFigures.waitFor());
        figures.put("graph-ranks", ClusterFigures.blocks());
        figures.put("table", GridFigures.designs());
        return figures;
    }

    static FigureText text(String title, String caption) {
        return new FigureText(title, caption, title + ". " + caption, "Invented data for this gallery");
    }
}
