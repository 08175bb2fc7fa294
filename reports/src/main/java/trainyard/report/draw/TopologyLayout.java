package trainyard.report.draw;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.Ink;
import trainyard.report.draw.sheet.Mark;
import trainyard.report.draw.sheet.Mark.Anchor;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.Mark.Spot;
import trainyard.report.draw.sheet.Mark.Type;
import trainyard.report.draw.sheet.Shade;
import trainyard.report.draw.sheet.Sheet;
import trainyard.report.draw.sheet.TextWidth;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.TopologyFigure;
import trainyard.report.figure.TopologyFigure.Link;
import trainyard.report.figure.TopologyFigure.Node;
import trainyard.report.figure.TopologyFigure.State;
import trainyard.report.format.Numbers;

/** Lays out networks in layers, evenly spread from left to right. */
final class TopologyLayout {

    private static final double LAYER_HEIGHT = 100;
    private static final double NODE_HEIGHT = 28;
    private static final double WIDEST_NODE = 92;
    private static final double[] KEY_LOADS = {0, 0.25, 0.5, 0.75, 1};

    private final TopologyFigure figure;
    private final Sheet sheet;
    private final Map<String, Spot> centres = new HashMap<>();
    private final Map<String, Double> widths = new HashMap<>();

    private TopologyLayout(TopologyFigure figure, double width) {
        this.figure = figure;
        this.sheet = new Sheet(width);
    }

    static Drawing of(TopologyFigure figure, double width) {
        return new TopologyLayout(figure, width).draw();
    }

    private Drawing draw() {
        double top = legend() + 12;
        double left = Math.min(roomAtLeft(), sheet.width() * 0.25);
        for (int layer = 0; layer < figure.layers().size(); layer++) {
            double middle = top + layer * LAYER_HEIGHT + NODE_HEIGHT / 2;
            sheet.fitted(0, middle + 4, figure.layers().get(layer), Type.STRONG, Anchor.START, Tone.MUTED, left - 8);
            place(layer, middle, left);
        }
        figure.links().forEach(this::link);
        for (int layer = 0; layer < figure.layers().size(); layer++) {
            List<Node> nodes = nodes(layer);
            boolean named = nodes.stream().allMatch(this::hasRoom);
            nodes.forEach(node -> node(node, named));
        }
        double bottom = top + (figure.layers().size() - 1) * LAYER_HEIGHT + NODE_HEIGHT + 12;
        return sheet.finish(figure.text(), bottom);
    }

    private double roomAtLeft() {
        return 11
                + figure.layers().stream()
                        .mapToDouble(name -> TextWidth.of(name, Type.STRONG))
                        .max()
                        .orElse(0);
    }

    private double legend() {
        Legend legend = new Legend();
        for (double load : KEY_LOADS) {
            legend.addFill(Numbers.of(load * 100) + " %", Shade.heat(load));
        }
        if (figure.links().stream().anyMatch(link -> link.state() == State.DOWN)
                || figure.nodes().stream().anyMatch(node -> node.state() == State.DOWN)) {
            legend.addLine("down", Tone.ALARM, Dash.DOTTED, Mark.Shape.CIRCLE, false);
        }
        if (figure.links().stream().anyMatch(link -> link.state() == State.DEGRADED)) {
            legend.addLine("degraded", Tone.TEXT, Dash.DASHED, Mark.Shape.CIRCLE, false);
        }
        sheet.text(0, 14, "Link load", Type.NORMAL, Anchor.START, Tone.MUTED);
        return legend.draw(sheet, 20);
    }

    private void place(int layer, double middle, double left) {
        List<Node> nodes = nodes(layer);
        double slot = (sheet.width() - left) / Math.max(1, nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            centres.put(nodes.get(i).id(), new Spot(left + (i + 0.5) * slot, middle));
            widths.put(nodes.get(i).id(), Math.min(WIDEST_NODE, slot * 0.84));
        }
    }

    private List<Node> nodes(int layer) {
        return figure.nodes().stream().filter(node -> node.layer() == layer).toList();
    }

    /** Whether the name of a node fits into its box: where one of a layer does not, none is drawn, since others would seem to be nameless. */
    private boolean hasRoom(Node node) {
        return TextWidth.of(node.label(), Type.SMALL) <= widths.get(node.id()) - 2;
    }

    private void link(Link link) {
        Spot from = centres.get(link.from());
        Spot to = centres.get(link.to());
        double sign = Math.signum(to.y() - from.y());
        Ink ink = link.state() == State.DOWN ? Tone.ALARM : Shade.heat(link.load());
        Dash dash = switch (link.state()) {
            case UP -> Dash.SOLID;
            case DEGRADED -> Dash.DASHED;
            case DOWN -> Dash.DOTTED;
        };
        double edge = sign * NODE_HEIGHT / 2;
        sheet.line(from.x(), from.y() + edge, to.x(), to.y() - edge, ink, 1.2 + 3 * link.load(), dash);
    }

    private void node(Node node, boolean named) {
        Spot centre = centres.get(node.id());
        double width = widths.get(node.id());
        boolean down = node.state() == State.DOWN;
        double left = centre.x() - width / 2;
        double top = centre.y() - NODE_HEIGHT / 2;
        Tone edge = down ? Tone.ALARM : Tone.AXIS;
        String tip = node.label().isEmpty() ? node.id() : node.label();
        sheet.box(left, top, width, NODE_HEIGHT, edge, tip);
        sheet.box(left + 1.2, top + 1.2, width - 2.4, NODE_HEIGHT - 2.4, Tone.SURFACE, tip);
        if (down) {
            sheet.hatch(left + 1.2, top + 1.2, width - 2.4, NODE_HEIGHT - 2.4, Tone.ALARM);
        }
        if (named) {
            sheet.text(centre.x(), centre.y() + 4, node.label(), Type.SMALL, Anchor.MIDDLE, Tone.TEXT);
        }
    }
}
