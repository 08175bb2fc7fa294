package trainyard.report.draw;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.Ink;
import trainyard.report.draw.sheet.Mark.Anchor;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.Mark.Spot;
import trainyard.report.draw.sheet.Mark.Type;
import trainyard.report.draw.sheet.Sheet;
import trainyard.report.draw.sheet.TextWidth;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.GraphFigure;
import trainyard.report.figure.GraphFigure.Arrangement;
import trainyard.report.figure.GraphFigure.Edge;
import trainyard.report.figure.GraphFigure.Node;

/** Lays out graphs: boxes in a circle or in ranks, arrows between them, what is emphasised in the colour of alarms. */
final class GraphLayout {

    private static final double NODE_HEIGHT = 40;
    private static final double WIDEST_NODE = 150;
    private static final double NARROWEST_NODE = 64;
    private static final double ARROW = 9;
    private static final double RANK_DISTANCE = 104;
    private static final double GAP = 20;
    private static final double BEND = 0.18;
    private static final double LANE = 26;

    private final GraphFigure figure;
    private final Sheet sheet;
    private final Map<String, Spot> centres = new HashMap<>();
    private final Map<String, Integer> rankOf = new HashMap<>();
    private double nodeWidth;
    private boolean across;
    private int lanes;
    private int usedLanes;
    private double firstLane;
    private double bottom;

    private GraphLayout(GraphFigure figure, double width) {
        this.figure = figure;
        this.sheet = new Sheet(width);
    }

    static Drawing of(GraphFigure figure, double width) {
        return new GraphLayout(figure, width).draw();
    }

    private Drawing draw() {
        double widest = figure.nodes().stream()
                .mapToDouble(node ->
                        Math.max(TextWidth.of(node.label(), Type.STRONG), TextWidth.of(node.note(), Type.SMALL)))
                .max()
                .orElse(0);
        nodeWidth = Math.max(NARROWEST_NODE, Math.min(WIDEST_NODE, widest + 18));
        if (figure.arrangement() == Arrangement.CIRCLE) {
            circle();
        } else {
            ranks();
        }
        figure.edges().forEach(this::arrow);
        figure.nodes().forEach(this::box);
        return sheet.finish(figure.text(), bottom);
    }

    /** Clockwise from the top; boxes that would touch make the circle larger. */
    private void circle() {
        int count = figure.nodes().size();
        nodeWidth = Math.min(nodeWidth, (sheet.width() - 8) / 2.6);
        double radiusX = Math.min((sheet.width() - nodeWidth) / 2 - 4, 110 + 24.0 * count);
        double radiusY = count == 1 ? 0 : Math.max(62, Math.min(190, 30 + 24.0 * count));
        double middleX = sheet.width() / 2;
        double middleY = radiusY + NODE_HEIGHT / 2 + 6;
        for (int i = 0; i < count; i++) {
            double angle = 2 * Math.PI * i / count;
            centres.put(
                    figure.nodes().get(i).id(),
                    new Spot(middleX + radiusX * Math.sin(angle), middleY - radiusY * Math.cos(angle)));
        }
        bottom = middleY + radiusY + NODE_HEIGHT / 2 + 10;
    }

    /** From left to right where all ranks fit, else from top to bottom. */
    private void ranks() {
        List<List<String>> ranks = GraphRanks.of(figure);
        int most = ranks.stream().mapToInt(List::size).max().orElse(1);
        for (int rank = 0; rank < ranks.size(); rank++) {
            for (String id : ranks.get(rank)) {
                rankOf.put(id, rank);
            }
        }
        lanes = (int) figure.edges().stream().filter(this::isLong).count();
        across = ranks.size() * (nodeWidth + 2 * GAP) - 2 * GAP <= sheet.width();
        double along = across ? (sheet.width() - nodeWidth) / Math.max(1, ranks.size() - 1) : RANK_DISTANCE;
        double breadth = across ? most * (NODE_HEIGHT + 2 * GAP) : sheet.width() - lanes * LANE;
        nodeWidth = across ? nodeWidth : Math.min(nodeWidth, breadth / most - GAP);
        for (int rank = 0; rank < ranks.size(); rank++) {
            double slot = breadth / ranks.get(rank).size();
            for (int i = 0; i < ranks.get(rank).size(); i++) {
                double aside = (i + 0.5) * slot;
                centres.put(
                        ranks.get(rank).get(i),
                        across
                                ? new Spot(nodeWidth / 2 + rank * along, aside)
                                : new Spot(aside, NODE_HEIGHT / 2 + 4 + rank * along));
            }
        }
        firstLane = breadth + LANE / 2;
        bottom = across ? breadth + lanes * LANE + 8 : NODE_HEIGHT + 12 + (ranks.size() - 1) * along;
    }

    /** Whether an arrow would cross other boxes on its way, and so goes around all of them. */
    private boolean isLong(Edge edge) {
        return !rankOf.isEmpty() && rankOf.get(edge.to()) != rankOf.get(edge.from()) + 1;
    }

    private void arrow(Edge edge) {
        if (isLong(edge)) {
            around(edge);
            return;
        }
        boolean bent = figure.edges().stream()
                .anyMatch(other -> other.from().equals(edge.to()) && other.to().equals(edge.from()) && !isLong(other));
        Spot from = centres.get(edge.from());
        Spot to = centres.get(edge.to());
        double bend = bent ? BEND : 0;
        Spot middle = new Spot(
                (from.x() + to.x()) / 2 - (to.y() - from.y()) * bend,
                (from.y() + to.y()) / 2 + (to.x() - from.x()) * bend);
        Spot start = edgeOf(from, middle);
        Spot end = edgeOf(to, middle);
        draw(edge, bent ? List.of(start, middle, end) : List.of(start, end));
        label(edge, bent ? middle : new Spot((start.x() + end.x()) / 2, (start.y() + end.y()) / 2));
    }

    /** Out at the side, along a lane of its own past all boxes, and in again. */
    private void around(Edge edge) {
        Spot from = centres.get(edge.from());
        Spot to = centres.get(edge.to());
        double lane = firstLane + usedLanes++ * LANE;
        if (across) {
            double out = from.x() + nodeWidth / 4;
            double in = to.x() - nodeWidth / 4;
            draw(
                    edge,
                    List.of(
                            new Spot(out, from.y() + NODE_HEIGHT / 2),
                            new Spot(out, lane),
                            new Spot(in, lane),
                            new Spot(in, to.y() + NODE_HEIGHT / 2 + 2)));
            label(edge, new Spot((out + in) / 2, lane));
        } else {
            double out = from.y() + NODE_HEIGHT / 4;
            double in = to.y() - NODE_HEIGHT / 4;
            draw(
                    edge,
                    List.of(
                            new Spot(from.x() + nodeWidth / 2, out),
                            new Spot(lane, out),
                            new Spot(lane, in),
                            new Spot(to.x() + nodeWidth / 2 + 2, in)));
            label(edge, new Spot(lane - TextWidth.of(edge.label(), Type.SMALL) / 2, (out + in) / 2));
        }
    }

    /** A line with the head of an arrow at its end. */
    private void draw(Edge edge, List<Spot> path) {
        Ink ink = edge.emphasised() ? Tone.ALARM : Tone.AXIS;
        Spot end = path.get(path.size() - 1);
        Spot before = path.get(path.size() - 2);
        double length = Math.max(1e-9, Math.hypot(end.x() - before.x(), end.y() - before.y()));
        double ux = (end.x() - before.x()) / length;
        double uy = (end.y() - before.y()) / length;
        Spot neck = new Spot(end.x() - ux * ARROW, end.y() - uy * ARROW);
        List<Spot> line = new ArrayList<>(path.subList(0, path.size() - 1));
        line.add(neck);
        sheet.line(line, ink, edge.emphasised() ? 2.4 : 1.6, Dash.SOLID);
        sheet.area(
                List.of(
                        end,
                        new Spot(neck.x() - uy * ARROW / 2, neck.y() + ux * ARROW / 2),
                        new Spot(neck.x() + uy * ARROW / 2, neck.y() - ux * ARROW / 2)),
                ink,
                1);
    }

    private void label(Edge edge, Spot at) {
        if (!edge.label().isEmpty()) {
            double width = Math.min(WIDEST_NODE, TextWidth.of(edge.label(), Type.SMALL));
            sheet.box(at.x() - width / 2 - 2, at.y() - 9, width + 4, 15, Tone.PAPER, 0.9, "");
            Tone tone = edge.emphasised() ? Tone.ALARM : Tone.MUTED;
            sheet.fitted(at.x(), at.y() + 3, edge.label(), Type.SMALL, Anchor.MIDDLE, tone, width + 1);
        }
    }

    /** Where the line from the centre of a box towards a spot leaves the box. */
    private Spot edgeOf(Spot centre, Spot towards) {
        double dx = towards.x() - centre.x();
        double dy = towards.y() - centre.y();
        double reachX = (nodeWidth / 2 + 2) / Math.max(1e-9, Math.abs(dx));
        double reachY = (NODE_HEIGHT / 2 + 2) / Math.max(1e-9, Math.abs(dy));
        double share = Math.min(1, Math.min(reachX, reachY));
        return new Spot(centre.x() + dx * share, centre.y() + dy * share);
    }

    private void box(Node node) {
        Spot centre = centres.get(node.id());
        double left = centre.x() - nodeWidth / 2;
        double top = centre.y() - NODE_HEIGHT / 2;
        double edge = node.emphasised() ? 2.4 : 1.2;
        String tip = node.note().isEmpty() ? node.label() : node.label() + ", " + node.note();
        sheet.box(left, top, nodeWidth, NODE_HEIGHT, node.emphasised() ? Tone.ALARM : Tone.AXIS, tip);
        sheet.box(left + edge, top + edge, nodeWidth - 2 * edge, NODE_HEIGHT - 2 * edge, Tone.SURFACE, tip);
        double room = nodeWidth - 8;
        double base = node.note().isEmpty() ? centre.y() + 4 : centre.y() - 3;
        sheet.fitted(centre.x(), base, node.label(), Type.STRONG, Anchor.MIDDLE, Tone.TEXT, room);
        sheet.fitted(centre.x(), base + 15, node.note(), Type.SMALL, Anchor.MIDDLE, Tone.MUTED, room);
    }
}
