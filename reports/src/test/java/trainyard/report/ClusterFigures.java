package trainyard.report;

import static trainyard.report.GalleryOfFigures.text;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Figure;
import trainyard.report.figure.GanttFigure;
import trainyard.report.figure.GanttFigure.Band;
import trainyard.report.figure.GanttFigure.Interval;
import trainyard.report.figure.GraphFigure;
import trainyard.report.figure.GraphFigure.Arrangement;
import trainyard.report.figure.GraphFigure.Edge;
import trainyard.report.figure.GraphFigure.Node;
import trainyard.report.figure.OccupancyFigure;
import trainyard.report.figure.Point;
import trainyard.report.figure.RadarFigure;
import trainyard.report.figure.RadarFigure.Shape;
import trainyard.report.figure.RadarFigure.Spoke;
import trainyard.report.figure.SmallMultiplesFigure;

/** Figures of clusters and of who waits for whom in the gallery. */
final class ClusterFigures {

    private static final List<String> TEAMS = List.of("vision", "language", "speech", "others");

    private ClusterFigures() {}

    static Figure quotas() {
        return new SmallMultiplesFigure(
                text("GPUs of each team against its quota", "Language borrows what speech does not use at night."),
                Axis.linear("Time", "h"),
                Axis.linear("GPUs", "").from(0),
                "within quota",
                "borrowed",
                List.of(
                        panel("vision", 32, 8, 24, 32, 30, 12, 4),
                        panel("language", 48, 40, 48, 64, 72, 48, 44),
                        panel("speech", 24, 20, 8, 0, 0, 16, 24)));
    }

    private static SmallMultiplesFigure.Panel panel(String name, double quota, double... gpus) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < gpus.length; i++) {
            points.add(Point.of(4.0 * i, gpus[i]));
        }
        points.add(Point.of(4.0 * gpus.length, gpus[gpus.length - 1]));
        return new SmallMultiplesFigure.Panel(name, points, OptionalDouble.of(quota));
    }

    static Figure occupancy() {
        SplittableRandom random = new SplittableRandom(5);
        List<OccupancyFigure.Row> rows = new ArrayList<>();
        for (int node = 0; node < 40; node++) {
            List<OptionalDouble> values = new ArrayList<>();
            double level = 0.5;
            for (int hour = 0; hour < 48; hour++) {
                level = random.nextInt(4) == 0 ? random.nextInt(9) / 8.0 : level;
                boolean down = node == 7 && hour >= 20 && hour < 31;
                values.add(down ? OptionalDouble.empty() : OptionalDouble.of(level));
            }
            rows.add(new OccupancyFigure.Row("node " + node, values));
        }
        return new OccupancyFigure(
                text("GPUs in use on each node", "Node 7 is down for eleven hours."),
                Axis.linear("Time", "h"),
                0,
                48,
                "Node",
                Axis.linear("GPUs in use", "").from(0).upTo(1),
                rows);
    }

    /** Jobs of minutes to days, which share nodes by halves. */
    static GanttFigure jobs(int nodes, int hours) {
        SplittableRandom random = new SplittableRandom(9);
        List<GanttFigure.Row> rows = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            List<Interval> intervals = new ArrayList<>();
            boolean shared = node % 4 == 0;
            for (int half = 0; half < (shared ? 2 : 1); half++) {
                Band band = shared ? new Band(half / 2.0, half / 2.0 + 0.5) : Band.WHOLE;
                double time = 0;
                while (time < hours) {
                    double length = node % 3 == 0 ? 0.05 : 0.5 + 12 * Math.pow(random.nextDouble(), 4);
                    double end = Math.min(hours, time + length);
                    intervals.add(new Interval(time, end, TEAMS.get(random.nextInt(TEAMS.size())), "", band));
                    time = end + (random.nextInt(5) == 0 ? 0.5 : 0);
                }
            }
            rows.add(new GanttFigure.Row("node " + node, intervals));
        }
        return new GanttFigure(
                text("Jobs on nodes by team", "Every third node runs short jobs of all teams."),
                Axis.linear("Time", "h"),
                "Node",
                TEAMS,
                rows);
    }

    static Figure frameworks() {
        return new RadarFigure(
                text("Frameworks side by side", "No framework is best in all."),
                List.of(
                        new Spoke("Throughput", "best 412 TFLOP/s"),
                        new Spoke("Largest model", "best 140 B"),
                        new Spoke("Memory per GPU", "best 18 GiB"),
                        new Spoke("Time to restart", "best 41 s"),
                        new Spoke("Bytes over the network", "best 12 GB")),
                List.of(
                        shape("replicated", 1, 0.1, 0.2, 0.9, 0.8),
                        shape("sharded", 0.8, 1, 1, 0.7, 0.5),
                        new Shape(
                                "pipelined",
                                List.of(
                                        OptionalDouble.of(0.9),
                                        OptionalDouble.of(0.9),
                                        OptionalDouble.of(0.7),
                                        OptionalDouble.empty(),
                                        OptionalDouble.of(1)))));
    }

    private static Shape shape(String name, double... shares) {
        List<OptionalDouble> values = new ArrayList<>();
        for (double share : shares) {
            values.add(OptionalDouble.of(share));
        }
        return new Shape(name, values);
    }

    static Figure waitFor() {
        return new GraphFigure(
                text("Who waits for whom", "Both workers hold the lock that the other wants."),
                Arrangement.CIRCLE,
                List.of(
                        new Node("w0", "worker-0", "holds shard-0", true),
                        new Node("w1", "worker-1", "holds shard-1", true),
                        new Node("w2", "worker-2", "", false),
                        new Node("w3", "worker-3", "ended", false)),
                List.of(
                        new Edge("w0", "w1", "shard-1", true),
                        new Edge("w1", "w0", "shard-0", true),
                        new Edge("w2", "w1", "shard-1", false)));
    }

    static Figure blocks() {
        return new GraphFigure(
                text("Jobs through a cluster", "The store is the busiest part."),
                Arrangement.RANKS,
                List.of(
                        new Node("a", "arrivals", "12 jobs/h", false),
                        new Node("q", "queue", "3.4 jobs", false),
                        new Node("s", "scheduler", "2 % busy", false),
                        new Node("g", "GPU nodes", "81 % busy", false),
                        new Node("d", "data store", "96 % busy", true),
                        new Node("c", "checkpoint store", "22 % busy", false)),
                List.of(
                        new Edge("a", "q", "12/h", false),
                        new Edge("q", "s", "12/h", false),
                        new Edge("s", "g", "11.6/h", false),
                        new Edge("g", "q", "0.4/h", false),
                        new Edge("d", "g", "38 GB/s", true),
                        new Edge("g", "c", "2 GB/s", false)));
    }
}
