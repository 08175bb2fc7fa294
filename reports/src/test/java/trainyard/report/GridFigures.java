package trainyard.report;

import static trainyard.report.GalleryOfFigures.text;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Figure;
import trainyard.report.figure.HeatMapFigure;
import trainyard.report.figure.ScatterFigure;
import trainyard.report.figure.TableFigure;
import trainyard.report.figure.TopologyFigure;

/** Points, heat maps, networks and tables of the gallery. */
final class GridFigures {

    private GridFigures() {}

    static Figure predictedAgainstMeasured() {
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

    static Figure errorsBySize() {
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

    static Figure timeAgainstCost() {
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

    static Figure utilisationByDegrees() {
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

    static Figure winners() {
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

    static Figure leafSpine() {
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

    static Figure designs() {
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
                                new TableFigure.Quantity(BarFigures.range(17.9, 0.12), 4),
                                TableFigure.Quantity.of(47.2),
                                TableFigure.Quantity.of(61.37)),
                        List.of(
                                new TableFigure.Words("interleaved, 3 chunks"),
                                new TableFigure.Quantity(BarFigures.range(16.3, 0.1), 4),
                                TableFigure.Quantity.of(51.8),
                                TableFigure.Quantity.of(66.02)),
                        List.of(
                                new TableFigure.Words("no recomputation"),
                                new TableFigure.Missing("out of memory"),
                                new TableFigure.Missing("out of memory"),
                                TableFigure.Quantity.of(104.9))));
    }

    static Figure ratioByIntervalAndRate() {
        double[] minutes = {5, 10, 20, 40, 80, 160};
        double[] rates = {0.5, 1, 2, 4, 8};
        List<List<HeatMapFigure.Cell>> cells = new ArrayList<>();
        List<OptionalDouble> best = new ArrayList<>();
        for (double rate : rates) {
            List<HeatMapFigure.Cell> row = new ArrayList<>();
            for (double interval : minutes) {
                double useful = 100 * Math.exp(-rate * (2 + (interval + 1) / 2) / 100) * interval / (interval + 1);
                row.add(new HeatMapFigure.Value(useful));
            }
            cells.add(row);
            double column = Math.log(Math.sqrt(2 * 100 / rate) / minutes[0]) / Math.log(2);
            best.add(OptionalDouble.of(column));
        }
        return new HeatMapFigure(
                        text(
                                "Effective training time over interval and failure rate",
                                "The more often a job fails, the more the interval matters."),
                        "Checkpoint interval, min",
                        List.of("5", "10", "20", "40", "80", "160"),
                        "Failures per 1000 node-days",
                        List.of("0.5", "1", "2", "4", "8"),
                        Axis.linear("ETTR", "%"),
                        cells)
                .withContours(List.of(70.0, 80.0, 90.0))
                .withTrack(new HeatMapFigure.Track("Young's interval", best));
    }
}
