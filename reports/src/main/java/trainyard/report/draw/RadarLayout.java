package trainyard.report.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.Mark;
import trainyard.report.draw.sheet.Mark.Anchor;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.Mark.Spot;
import trainyard.report.draw.sheet.Mark.Type;
import trainyard.report.draw.sheet.Sheet;
import trainyard.report.draw.sheet.TextWidth;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.RadarFigure;
import trainyard.report.figure.RadarFigure.Shape;
import trainyard.report.figure.RadarFigure.Spoke;
import trainyard.report.format.Numbers;

/** Lays out radar charts: rings at quarters, spokes from the centre, one outline per design. */
final class RadarLayout {

    private static final int RINGS = 4;
    private static final double LARGEST_RADIUS = 170;
    private static final double LABEL_GAP = 10;
    private static final double LINE_HEIGHT = 14;
    private static final double FILL_OPACITY = 0.10;
    private static final double ROOM_FOR_LABELS = 44;

    private final RadarFigure figure;
    private final NameColours colours;
    private final Sheet sheet;
    private double middleX;
    private double middleY;
    private double radius;

    private RadarLayout(RadarFigure figure, double width, NameColours colours) {
        this.figure = figure;
        this.colours = colours;
        this.sheet = new Sheet(width);
    }

    static Drawing of(RadarFigure figure, double width, NameColours colours) {
        return new RadarLayout(figure, width, colours).draw();
    }

    private Drawing draw() {
        Legend legend = new Legend();
        for (int i = 0; i < figure.shapes().size(); i++) {
            int place = colours.place(figure.shapes().get(i).name());
            legend.addLine(figure.shapes().get(i).name(), Tone.line(place), Dash.SOLID, Mark.Shape.of(place), true);
        }
        double top = legend.draw(sheet, 2) + ROOM_FOR_LABELS;
        middleX = sheet.width() / 2;
        radius = Math.min(LARGEST_RADIUS, sheet.width() * 0.28);
        middleY = top + radius;
        for (int ring = 1; ring <= RINGS; ring++) {
            ring((double) ring / RINGS);
        }
        for (int i = 0; i < figure.spokes().size(); i++) {
            spoke(i);
        }
        for (int i = 0; i < figure.shapes().size(); i++) {
            int place = colours.place(figure.shapes().get(i).name());
            shape(figure.shapes().get(i), Tone.line(place), Mark.Shape.of(place));
        }
        return sheet.finish(figure.text(), middleY + radius + ROOM_FOR_LABELS);
    }

    private Spot at(int spoke, double share) {
        double angle = 2 * Math.PI * spoke / figure.spokes().size();
        return new Spot(middleX + radius * share * Math.sin(angle), middleY - radius * share * Math.cos(angle));
    }

    private void ring(double share) {
        List<Spot> ring = new ArrayList<>();
        for (int i = 0; i <= figure.spokes().size(); i++) {
            ring.add(at(i % figure.spokes().size(), share));
        }
        sheet.line(ring, share == 1 ? Tone.AXIS : Tone.GRID, 1, Dash.SOLID);
    }

    /** The spoke, its name outside of the ring and what the ring stands for below the name. */
    private void spoke(int index) {
        Spot end = at(index, 1);
        sheet.line(middleX, middleY, end.x(), end.y(), Tone.GRID, 1, Dash.SOLID);
        Spoke spoke = figure.spokes().get(index);
        double angle = 2 * Math.PI * index / figure.spokes().size();
        double side = Math.sin(angle);
        boolean centred = Math.abs(side) < 0.2;
        Anchor anchor = centred ? Anchor.MIDDLE : side > 0 ? Anchor.START : Anchor.END;
        double x = end.x() + LABEL_GAP * side;
        double room = centred ? sheet.width() * 0.7 : (side > 0 ? sheet.width() - x : x) - 2;
        List<String> lines = new ArrayList<>(TextWidth.wrap(spoke.label(), Type.NORMAL, room, 2));
        double height = LINE_HEIGHT * (lines.size() + 1);
        double first = end.y() - Math.cos(angle) * (LABEL_GAP + height / 2) - height / 2 + LINE_HEIGHT - 3;
        for (String line : lines) {
            sheet.text(x, first, line, Type.NORMAL, anchor, Tone.TEXT);
            first += LINE_HEIGHT;
        }
        sheet.fitted(x, first, spoke.best(), Type.SMALL, anchor, Tone.MUTED, room);
    }

    private void shape(Shape shape, Tone tone, Mark.Shape marker) {
        List<OptionalDouble> shares = shape.shares();
        int count = shares.size();
        if (shares.stream().allMatch(OptionalDouble::isPresent)) {
            List<Spot> outline = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                outline.add(at(i, shares.get(i).getAsDouble()));
            }
            sheet.area(outline, tone, FILL_OPACITY);
        }
        for (int i = 0; i < count; i++) {
            OptionalDouble here = shares.get(i);
            OptionalDouble next = shares.get((i + 1) % count);
            if (here.isPresent() && next.isPresent()) {
                Spot from = at(i, here.getAsDouble());
                Spot to = at((i + 1) % count, next.getAsDouble());
                sheet.line(from.x(), from.y(), to.x(), to.y(), tone, 2.2, Dash.SOLID);
            }
        }
        for (int i = 0; i < count; i++) {
            if (shares.get(i).isPresent()) {
                double share = shares.get(i).getAsDouble();
                Spot at = at(i, share);
                String tip = shape.name() + ", " + figure.spokes().get(i).label() + ": " + Numbers.of(100 * share, 3)
                        + " % of the outer ring";
                sheet.dot(at.x(), at.y(), 4, tone, marker, tip);
            }
        }
    }
}
