package trainyard.report;

import static trainyard.report.GalleryOfFigures.text;

import java.util.List;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.BoxFigure;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.report.figure.TornadoFigure;
import trainyard.report.figure.WaterfallFigure;

/** Bars, waterfalls and tornados of the gallery. */
final class BarFigures {

    private BarFigures() {}

    static Figure memoryPerGpu() {
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

    static Figure waitingTimes() {
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

    static Estimate range(double value, double half) {
        return new Estimate(value, value - half, value + half);
    }

    static Figure longNames() {
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

    static Figure stepTime() {
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

    static Figure sensitivity() {
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

    static Figure recoveryTimes() {
        return new BoxFigure(
                text("Time to recover", "A warm standby saves ten minutes at the median; repair decides the tail."),
                "Policy",
                Axis.log10("Stall of an incident", "min"),
                List.of(
                        new BoxFigure.Box("requeue", 12, 16, 21, 34, 190, 44),
                        new BoxFigure.Box("replace by a spare", 8, 9.5, 11, 13, 62, 17),
                        new BoxFigure.Box("warm standby", 1.5, 1.8, 2.1, 2.6, 9, 3.1)));
    }
}
