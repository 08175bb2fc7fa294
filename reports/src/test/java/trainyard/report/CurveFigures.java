package trainyard.report;

import static trainyard.report.GalleryOfFigures.text;

import java.util.ArrayList;
import java.util.List;
import trainyard.report.figure.Annotation;
import trainyard.report.figure.AreaFigure;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Figure;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.Point;
import trainyard.report.figure.ReferenceLine;
import trainyard.report.figure.Series;
import trainyard.report.figure.StepFigure;

/** Curves, steps and areas of the gallery. */
final class CurveFigures {

    private CurveFigures() {}

    static Figure goodputByInterval() {
        List<Point> simulated = new ArrayList<>();
        List<Point> daly = new ArrayList<>();
        for (double minutes = 1; minutes <= 240; minutes *= 1.45) {
            double goodput = 100 * (1 - 0.45 / (minutes + 0.45) - minutes / 2 / 170 - 0.02);
            simulated.add(Point.of(minutes, goodput - 0.4, goodput - 1.6, goodput + 0.7));
            daly.add(Point.of(minutes, goodput + 0.5));
        }
        return new LineFigure(
                text(
                        "Goodput by checkpoint interval",
                        "Goodput stays within one point of its best from 6 to 25 minutes; Daly's optimum lies inside."),
                Axis.log10("Checkpoint interval", "min"),
                Axis.linear("Goodput", "%"),
                List.of(Series.of("simulated, 95 % interval", simulated), Series.overlay("Daly 2004", daly)),
                List.of(ReferenceLine.atX("Daly optimum 12.4 min", 12.4)),
                List.of(new Annotation(13.4, 90.2, "best simulated")));
    }

    static Figure busBandwidth() {
        List<Series> series = new ArrayList<>();
        String[] names = {"ring", "double binary tree", "hierarchical", "NVLS"};
        double[] peak = {180, 150, 190, 360};
        double[] latency = {140e-6, 40e-6, 60e-6, 25e-6};
        for (int i = 0; i < names.length; i++) {
            List<Point> points = new ArrayList<>();
            for (double bytes = 1 << 16; bytes <= 1L << 33; bytes *= 4) {
                points.add(Point.of(bytes / (1 << 20), bytes / (latency[i] + bytes / (peak[i] * 1e9)) / 1e9));
            }
            series.add(Series.of(names[i], points));
        }
        return new LineFigure(
                text("All-reduce bus bandwidth on 32 GPUs", "Below 16 MiB latency decides, above it the slowest link."),
                Axis.log10("Message size", "MiB"),
                Axis.log10("Bus bandwidth", "GB/s"),
                series,
                List.of(ReferenceLine.atY("NVLink limit 450 GB/s", 450)),
                List.of());
    }

    static Figure backupWorkers() {
        double[] mean = {41.2, 36.9, 34.8, 35.3, 37.9, 42.0};
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < mean.length; i++) {
            points.add(Point.of(i, mean[i], mean[i] - 1.4, mean[i] + 1.6));
        }
        return new LineFigure(
                text("Time to target loss by backup workers", "Two backup workers of 32 are enough."),
                Axis.linear("Backup workers", ""),
                Axis.linear("Time to loss 0.10", "s").from(30),
                List.of(Series.withErrorBars("sync with backup workers", points)),
                List.of(),
                List.of(new Annotation(2, 34.8, "fastest")));
    }

    static Figure completionTimes() {
        List<Series> series = new ArrayList<>();
        String[] names = {"FIFO", "least attained service", "Pollux"};
        for (int policy = 0; policy < 3; policy++) {
            double[] hours = new double[160];
            for (int i = 0; i < hours.length; i++) {
                double quantile = (i + 0.5) / hours.length;
                hours[i] = Math.exp(
                        1.3 - 0.45 * policy + (1.6 - 0.15 * policy) * Math.log(quantile / (1 - quantile)) / 1.7);
            }
            series.add(Series.cdf(names[policy], hours));
        }
        return StepFigure.of(
                text("Job completion time", "Half of the jobs finish in 1.5 h under Pollux and in 3.7 h under FIFO."),
                Axis.log10("Completion time", "h"),
                Axis.linear("Share of jobs", "").from(0).upTo(1),
                series);
    }

    static Figure throughputOverTime() {
        List<Point> points = List.of(
                Point.of(0, 4.1),
                Point.of(42, 0),
                Point.of(48, 3.6),
                Point.of(95, 4.1),
                Point.of(131, 0),
                Point.of(135, 4.1),
                Point.of(180, 4.1));
        return new StepFigure(
                text("Throughput around two failures", "The second failure costs less, because a spare stands ready."),
                Axis.linear("Time", "min"),
                Axis.linear("Throughput", "M tokens/s").from(0),
                List.of(Series.plain("elastic recovery", points)),
                List.of(ReferenceLine.atX("node 17 lost", 42), ReferenceLine.atX("NIC of node 3 lost", 131)),
                List.of());
    }

    static Figure gpusByTeam() {
        String[] teams = {"research", "product", "evaluation", "interactive"};
        List<Series> layers = new ArrayList<>();
        for (int team = 0; team < teams.length; team++) {
            List<Point> points = new ArrayList<>();
            for (int hour = 0; hour <= 72; hour++) {
                double wave = Math.sin((hour - 9 + 3 * team) * Math.PI / 12);
                points.add(Point.of(hour, Math.max(0, 260 - 50 * team + (70 - 8 * team) * wave)));
            }
            layers.add(Series.plain(teams[team], points));
        }
        return new AreaFigure(
                text("GPUs in use per team", "The cluster is full each afternoon and a third empty each night."),
                Axis.linear("Time", "h"),
                Axis.linear("GPUs in use", ""),
                layers,
                List.of(ReferenceLine.atY("1,024 GPUs", 1024)));
    }

    static Figure timeToTrain() {
        double[] days = new double[200];
        for (int i = 0; i < days.length; i++) {
            double quantile = (i + 0.5) / days.length;
            days[i] = 56 + 1.4 * Math.pow(-Math.log(1 - quantile), 1.6);
        }
        List<Point> points = Series.cdf("time to train", days).points().stream()
                .map(point -> Point.of(point.x(), 100 * point.y().value()))
                .toList();
        return new StepFigure(
                text("Time to train", "One run in ten takes more than 61 days."),
                Axis.linear("Time to train", "d"),
                Axis.linear("Share of the replications", "%").from(0).upTo(100),
                List.of(Series.plain("time to train", points)),
                List.of(ReferenceLine.atX("mean by the closed form 57.6 d", 57.6)),
                List.of(
                        new Annotation(days[99], 50, "p50 56.8 d", Annotation.Side.BELOW),
                        new Annotation(days[179], 90, "p90 61.3 d", Annotation.Side.BELOW),
                        new Annotation(days[197], 99, "p99 72.1 d", Annotation.Side.BELOW)));
    }

    static Figure failuresByScale() {
        List<Point> law = new ArrayList<>();
        for (double gpus = 512; gpus <= 131_072; gpus *= 2) {
            law.add(Point.of(gpus, 29_500 / gpus));
        }
        List<Point> published = List.of(Point.of(1024, 7.9, 6.1, 10.4), Point.of(16_384, 1.8), Point.of(4096, 7.2));
        return LineFigure.of(
                text("Time between failures by cluster size", "Twice the GPUs fail twice as often."),
                Axis.log2("GPUs", ""),
                Axis.log10("Time between failures", "h"),
                List.of(Series.plain("rates of the causes", law), Series.points("published", published)));
    }
}
