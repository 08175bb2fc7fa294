package trainyard.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import trainyard.report.draw.Layouts;
import trainyard.report.figure.Annotation;
import trainyard.report.figure.AreaFigure;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.GanttFigure;
import trainyard.report.figure.HeatMapFigure;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.Point;
import trainyard.report.figure.ReferenceLine;
import trainyard.report.figure.ScatterFigure;
import trainyard.report.figure.Series;
import trainyard.report.figure.StepFigure;
import trainyard.report.figure.TableFigure;
import trainyard.report.figure.TopologyFigure;
import trainyard.report.figure.TornadoFigure;
import trainyard.report.figure.WaterfallFigure;
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
        figures.put("line-checkpoint", goodputByInterval());
        figures.put("line-busbw", busBandwidth());
        figures.put("line-errorbars", backupWorkers());
        figures.put("step-cdf", completionTimes());
        figures.put("step-throughput", throughputOverTime());
        figures.put("area-teams", gpusByTeam());
        figures.put("bar-stacked-memory", memoryPerGpu());
        figures.put("bar-grouped", waitingTimes());
        figures.put("bar-horizontal", longNames());
        figures.put("scatter-predicted", predictedAgainstMeasured());
        figures.put("scatter-errors", errorsBySize());
        figures.put("scatter-pareto", timeAgainstCost());
        figures.put("heat-values", utilisationByDegrees());
        figures.put("heat-winners", winners());
        figures.put("gantt-pipeline", pipeline());
        figures.put("gantt-recovery", recovery());
        figures.put("waterfall", stepTime());
        figures.put("tornado", sensitivity());
        figures.put("topology", leafSpine());
        figures.put("table", designs());
        return figures;
    }

    static FigureText text(String title, String caption) {
        return new FigureText(title, caption, title + ". " + caption, "Invented data for this gallery");
    }

    private static Figure goodputByInterval() {
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

    private static Figure busBandwidth() {
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

    private static Figure backupWorkers() {
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

    private static Figure completionTimes() {
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

    private static Figure throughputOverTime() {
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

    private static Figure gpusByTeam() {
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

    private static Figure memoryPerGpu() {
        return BarFigure.stacked(
                        text("Memory per GPU", "Only ZeRO-1 or full recomputation fits into 80 GiB."),
                        "Design",
                        List.of("no recompute", "selective", "full", "selective + ZeRO-1"),
                        Axis.linear("Memory per GPU", "GiB"),
                        List.of(
                                BarSeries.of("weights", 18, 18, 18, 18),
                                BarSeries.of("gradients", 18, 18, 18, 18),
                                BarSeries.of("optimizer", 54, 54, 54, 6.8),
                                BarSeries.of("activations", 61.5, 22.4, 8.9, 22.4),
                                BarSeries.of("buffers", 2.5, 2.5, 2.5, 2.5)))
                .withLimit("H100: 80 GiB", 80);
    }

    private static Figure waitingTimes() {
        return BarFigure.grouped(
                text("Waiting time by policy", "Backfill halves the mean and leaves the tail."),
                "Policy",
                List.of("FIFO", "FIFO + backfill", "LAS", "SRPT (oracle)"),
                Axis.linear("Waiting time", "min"),
                List.of(
                        BarSeries.of("mean", List.of(range(61, 4), range(32, 2.5), range(21, 2), range(14, 1))),
                        BarSeries.of(
                                "95th percentile", List.of(range(210, 16), range(188, 15), range(95, 9), range(71, 6))),
                        BarSeries.of(
                                "99th percentile",
                                List.of(range(412, 39), range(405, 33), range(260, 30), range(140, 14)))));
    }

    private static Estimate range(double value, double half) {
        return new Estimate(value, value - half, value + half);
    }

    private static Figure longNames() {
        return BarFigure.grouped(
                        text("Throughput by published run", "Model and published figure agree within 4 %."),
                        "Run",
                        List.of(
                                "GPT-3 175B on 1,024 A100 (Megatron SC'21, Table 1)",
                                "Turing-NLG 530B on 2,240 A100 with sequence parallelism",
                                "A name with sixty characters that nobody would ever shorten.",
                                "Llama 3 405B, 16,384 H100"),
                        Axis.linear("Throughput", "TFLOP/s per GPU"),
                        List.of(
                                BarSeries.of("predicted", 141, 118, 163, 401),
                                BarSeries.of("published", 140, 113, 163, 400)))
                .horizontal();
    }

    private static Figure predictedAgainstMeasured() {
        List<ScatterFigure.Group> groups = new ArrayList<>();
        String[] names = {"korthikanti_e2e", "megatron_sc21", "llama3"};
        for (int group = 0; group < names.length; group++) {
            List<ScatterFigure.Mark> marks = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                double measured = Math.pow(10, 0.2 + 0.19 * i + 0.05 * group);
                double error = 1 + 0.08 * Math.sin(7.3 * i + group * 2);
                marks.add(new ScatterFigure.Mark(measured, measured * error, group == 0 && i == 8 ? "1T" : ""));
            }
            groups.add(new ScatterFigure.Group(names[group], marks));
        }
        return new ScatterFigure(
                text("Predicted against published step time", "All 27 rows lie within 10 %, without a trend in size."),
                Axis.log10("Published step time", "s"),
                Axis.log10("Predicted step time", "s"),
                groups,
                new ScatterFigure.Diagonal(0.1));
    }

    private static Figure errorsBySize() {
        List<ScatterFigure.Mark> marks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            marks.add(new ScatterFigure.Mark(1 << i, 4 - 3.0 * i, "", "row " + i));
        }
        return new ScatterFigure(
                text("Error against GPUs", "The error falls by 3 points per doubling."),
                Axis.log2("GPUs", ""),
                Axis.linear("Error", "%"),
                List.of(new ScatterFigure.Group("zero_bubble", marks)),
                new ScatterFigure.ZeroBand(10));
    }

    private static Figure timeAgainstCost() {
        List<ScatterFigure.Mark> plans = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            double gpus = 256 * Math.pow(2, i % 6 * 0.8);
            double days = 21000 / gpus * (1.05 + 0.35 * Math.abs(Math.sin(i * 1.7))) + 4;
            plans.add(new ScatterFigure.Mark(days, gpus * days * 24 * 2.5 / 1e6, i % 5 == 0 ? "t8 p" + (i + 2) : ""));
        }
        return new ScatterFigure(
                text("Training time against cost", "Below 20 days every day saved costs more than the one before."),
                Axis.linear("Training time", "days"),
                Axis.linear("Cost", "M USD"),
                List.of(new ScatterFigure.Group("plans", plans)),
                new ScatterFigure.ParetoFront(ScatterFigure.Goal.MINIMISE, ScatterFigure.Goal.MINIMISE));
    }

    private static Figure utilisationByDegrees() {
        List<List<HeatMapFigure.Cell>> cells = new ArrayList<>();
        for (int row = 0; row < 5; row++) {
            List<HeatMapFigure.Cell> line = new ArrayList<>();
            for (int column = 0; column < 6; column++) {
                if (row + column < 3) {
                    line.add(new HeatMapFigure.Infeasible("OOM"));
                } else if (row == 4 && column == 5) {
                    line.add(new HeatMapFigure.Infeasible("layers do not divide"));
                } else {
                    line.add(new HeatMapFigure.Value(52 - 3.1 * Math.abs(column - 3) - 2.7 * Math.abs(row - 2.3)));
                }
            }
            cells.add(line);
        }
        return new HeatMapFigure(
                text(
                        "Model FLOPs utilisation by degrees",
                        "Tensor 8 with pipeline 4 is best; less of both does not fit."),
                "Pipeline-parallel degree",
                List.of("1", "2", "4", "8", "16", "32"),
                "Tensor-parallel degree",
                List.of("1", "2", "4", "8", "16"),
                Axis.linear("MFU", "%"),
                cells);
    }

    private static Figure winners() {
        String[] names = {"ring", "tree", "NVLS"};
        List<List<HeatMapFigure.Cell>> cells = new ArrayList<>();
        for (int row = 0; row < 4; row++) {
            List<HeatMapFigure.Cell> line = new ArrayList<>();
            for (int column = 0; column < 6; column++) {
                line.add(new HeatMapFigure.Winner(
                        names[column < 2 ? 2 : column < 4 - row / 2 ? 1 : 0], 20 * Math.pow(1.7, column)));
            }
            cells.add(line);
        }
        return new HeatMapFigure(
                text("Fastest all-reduce", "NVLS wins for small messages, the ring for large ones."),
                "Message size",
                List.of("64 KiB", "1 MiB", "16 MiB", "256 MiB", "1 GiB", "4 GiB"),
                "Nodes",
                List.of("1", "4", "16", "64"),
                Axis.linear("time", "µs"),
                cells);
    }

    private static Figure pipeline() {
        int stages = 4;
        int micros = 8;
        double[][] forwardEnd = new double[stages][micros];
        double[][] backwardEnd = new double[stages][micros];
        List<List<GanttFigure.Interval>> rows = new ArrayList<>();
        for (int stage = 0; stage < stages; stage++) {
            rows.add(new ArrayList<>());
        }
        int[] done = new int[stages];
        double[] free = new double[stages];
        boolean progress = true;
        while (progress) {
            progress = false;
            for (int stage = 0; stage < stages; stage++) {
                progress |= runNext(stage, stages, micros, done, free, forwardEnd, backwardEnd, rows.get(stage));
            }
        }
        List<GanttFigure.Row> named = new ArrayList<>();
        for (int stage = 0; stage < stages; stage++) {
            named.add(new GanttFigure.Row("stage " + stage, rows.get(stage)));
        }
        return new GanttFigure(
                text("1F1B pipeline schedule", "Each stage idles for three forward and three backward passes."),
                Axis.linear("Time", "ms"),
                "Pipeline stage",
                List.of("forward", "backward"),
                named);
    }

    /** Runs the next operation of one stage in 1F1B order where its input is ready. */
    private static boolean runNext(
            int stage,
            int stages,
            int micros,
            int[] done,
            double[] free,
            double[][] forward,
            double[][] backward,
            List<GanttFigure.Interval> row) {
        int warmUp = Math.min(micros, stages - stage);
        int index = done[stage];
        if (index == 2 * micros) {
            return false;
        }
        boolean isForward = index < warmUp || (index < 2 * micros - warmUp && (index - warmUp) % 2 == 1);
        int micro = isForward
                ? (index < warmUp ? index : warmUp + (index - warmUp) / 2)
                : (index < 2 * micros - warmUp ? (index - warmUp) / 2 : index - micros);
        double ready;
        if (isForward) {
            ready = stage == 0 ? 1e-9 : forward[stage - 1][micro];
        } else {
            ready = stage == stages - 1 ? forward[stage][micro] : backward[stage + 1][micro];
        }
        if (ready == 0) {
            return false;
        }
        double start = Math.max(ready, free[stage]);
        double end = start + (isForward ? 12 : 24);
        (isForward ? forward : backward)[stage][micro] = end;
        row.add(new GanttFigure.Interval(start, end, isForward ? "forward" : "backward", String.valueOf(micro)));
        free[stage] = end;
        done[stage]++;
        return true;
    }

    private static Figure recovery() {
        List<GanttFigure.Row> rows = new ArrayList<>();
        for (int node = 0; node < 6; node++) {
            List<GanttFigure.Interval> intervals = new ArrayList<>();
            intervals.add(new GanttFigure.Interval(0, 41, "training", ""));
            if (node == 2) {
                intervals.add(new GanttFigure.Interval(41, 95, "repair", ""));
            } else {
                intervals.add(new GanttFigure.Interval(41, 44, "detect", ""));
                intervals.add(new GanttFigure.Interval(44, 49, "restart and load", ""));
                intervals.add(new GanttFigure.Interval(49, 56, "recompute", ""));
                intervals.add(new GanttFigure.Interval(56, 120, "training", ""));
            }
            rows.add(new GanttFigure.Row("node " + node, intervals));
        }
        return new GanttFigure(
                text("One failure and its recovery", "Fifteen minutes pass until the run is where it was."),
                Axis.linear("Time", "min"),
                "Node",
                List.of("training", "recompute", "restart and load", "repair", "detect"),
                rows);
    }

    private static Figure stepTime() {
        return new WaterfallFigure(
                text("Where the step time goes", "Two thirds are matrix products; the bubble is the largest loss."),
                Axis.linear("Time per step", "s"),
                List.of(
                        WaterfallFigure.Step.change("matrix products", 10.92),
                        WaterfallFigure.Step.change("other kernels", 1.31),
                        WaterfallFigure.Step.change("selective recomputation", 0.42),
                        WaterfallFigure.Step.change("tensor-parallel communication", 1.24),
                        WaterfallFigure.Step.change("pipeline bubble", 2.03),
                        WaterfallFigure.Step.change("data-parallel communication", 1.6),
                        WaterfallFigure.Step.change("hidden behind the backward pass", -1.35),
                        WaterfallFigure.Step.change("optimizer", 0.11),
                        WaterfallFigure.Step.total("step time", 16.28)));
    }

    private static Figure sensitivity() {
        return new TornadoFigure(
                text("What moves goodput", "The failure rate matters twice as much as the next assumption."),
                Axis.linear("Goodput", "%"),
                91.3,
                List.of(
                        new TornadoFigure.Swing("storage bandwidth", "50 GB/s", "400 GB/s", 89.9, 92.0),
                        new TornadoFigure.Swing("failures per GPU-hour", "1e-5", "4e-5", 94.6, 85.1),
                        new TornadoFigure.Swing("restart time", "2 min", "15 min", 92.6, 88.0),
                        new TornadoFigure.Swing("spare nodes", "0", "8", 90.2, 91.8)));
    }

    private static Figure leafSpine() {
        List<TopologyFigure.Node> nodes = new ArrayList<>();
        List<TopologyFigure.Link> links = new ArrayList<>();
        for (int spine = 0; spine < 2; spine++) {
            nodes.add(new TopologyFigure.Node("s" + spine, "spine " + spine, 0, TopologyFigure.State.UP));
        }
        for (int leaf = 0; leaf < 4; leaf++) {
            nodes.add(new TopologyFigure.Node(
                    "l" + leaf, "leaf " + leaf, 1, leaf == 3 ? TopologyFigure.State.DOWN : TopologyFigure.State.UP));
            for (int spine = 0; spine < 2; spine++) {
                TopologyFigure.State state = leaf == 3
                        ? TopologyFigure.State.DOWN
                        : leaf == 1 && spine == 0 ? TopologyFigure.State.DEGRADED : TopologyFigure.State.UP;
                links.add(new TopologyFigure.Link("l" + leaf, "s" + spine, leaf == 3 ? 0 : 0.35 + 0.25 * leaf, state));
            }
            for (int node = 0; node < 2; node++) {
                String id = "n" + (2 * leaf + node);
                nodes.add(new TopologyFigure.Node(id, "node " + (2 * leaf + node), 2, TopologyFigure.State.UP));
                links.add(new TopologyFigure.Link(
                        id,
                        "l" + leaf,
                        leaf == 3 ? 0 : 0.1 + 0.2 * node,
                        leaf == 3 ? TopologyFigure.State.DOWN : TopologyFigure.State.UP));
            }
        }
        return new TopologyFigure(
                text("Link load during the all-reduce", "The uplinks of leaf 2 are the bottleneck; leaf 3 is down."),
                List.of("Spine", "Leaf", "Nodes"),
                nodes,
                links);
    }

    private static Figure designs() {
        return new TableFigure(
                text("Designs compared", "Interleaving saves 9 % of the step."),
                List.of(
                        new TableFigure.Column("Design", ""),
                        new TableFigure.Column("Step time", "s"),
                        new TableFigure.Column("MFU", "%"),
                        new TableFigure.Column("Memory", "GiB")),
                List.of(
                        List.of(
                                new TableFigure.Words("1F1B"),
                                new TableFigure.Quantity(range(17.9, 0.12), 4),
                                TableFigure.Quantity.of(47.2),
                                TableFigure.Quantity.of(61.37)),
                        List.of(
                                new TableFigure.Words("interleaved, 3 chunks"),
                                new TableFigure.Quantity(range(16.3, 0.1), 4),
                                TableFigure.Quantity.of(51.8),
                                TableFigure.Quantity.of(66.02)),
                        List.of(
                                new TableFigure.Words("no recomputation"),
                                new TableFigure.Missing("out of memory"),
                                new TableFigure.Missing("out of memory"),
                                TableFigure.Quantity.of(104.9))));
    }
}
