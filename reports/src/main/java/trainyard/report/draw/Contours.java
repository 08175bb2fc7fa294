package trainyard.report.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.report.draw.sheet.Mark;
import trainyard.report.draw.sheet.Mark.Anchor;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.Mark.Shape;
import trainyard.report.draw.sheet.Mark.Spot;
import trainyard.report.draw.sheet.Mark.Type;
import trainyard.report.draw.sheet.Sheet;
import trainyard.report.draw.sheet.TextWidth;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.HeatMapFigure;
import trainyard.report.format.Numbers;

/**
 * Lines of equal value on a heat map, by marching squares: between the centres of four neighbouring cells a value is taken
 * to change linearly along the sides. A square with two high corners across is cut as if its middle were low.
 */
final class Contours {

    static final Tone TRACK = Tone.ALARM;

    private static final double STROKE = 1.8;

    private final Sheet sheet;
    private final HeatMapFigure figure;
    private final double left;
    private final double top;
    private final double width;
    private final double height;
    private final List<Mark.Box> plates = new ArrayList<>();

    private Contours(Sheet sheet, HeatMapFigure figure, double left, double top, double width, double height) {
        this.sheet = sheet;
        this.figure = figure;
        this.left = left;
        this.top = top;
        this.width = width;
        this.height = height;
    }

    static void draw(Sheet sheet, HeatMapFigure figure, double left, double top, double width, double height) {
        Contours contours = new Contours(sheet, figure, left, top, width, height);
        figure.contours().forEach(contours::level);
        figure.track().ifPresent(contours::track);
    }

    private void level(double level) {
        List<List<Spot>> cuts = new ArrayList<>();
        for (int row = 0; row + 1 < figure.rows().size(); row++) {
            for (int column = 0; column + 1 < figure.columns().size(); column++) {
                cuts.addAll(square(level, row, column));
            }
        }
        // A light edge keeps the line visible on dark cells.
        cuts.forEach(cut -> sheet.line(cut, Tone.WHITE, STROKE + 2.4, Dash.SOLID));
        cuts.forEach(cut -> sheet.line(cut, Tone.BLACK, STROKE, Dash.SOLID));
        String text = Numbers.compact(level, 3);
        cuts.stream()
                .flatMap(List::stream)
                .sorted((a, b) -> a.y() == b.y() ? Double.compare(b.x(), a.x()) : Double.compare(a.y(), b.y()))
                .map(end -> plate(end, text))
                .filter(plate -> plates.stream().noneMatch(other -> overlap(plate, other)))
                .findFirst()
                .ifPresent(plate -> label(plate, text));
    }

    /** Where the number above a point of a line would stand. */
    private static Mark.Box plate(Spot end, String text) {
        double room = TextWidth.of(text, Type.SMALL) + 6;
        return new Mark.Box(end.x() - room / 2, end.y() - 15, room, 14, Tone.WHITE, 0.85, "");
    }

    /** The number of a line above its uppermost point that has room; none where other numbers have taken all. */
    private void label(Mark.Box plate, String text) {
        plates.add(plate);
        sheet.box(plate.x(), plate.y(), plate.width(), plate.height(), plate.fill(), plate.opacity(), plate.tip());
        sheet.text(plate.x() + plate.width() / 2, plate.y() + 11, text, Type.SMALL, Anchor.MIDDLE, Tone.BLACK);
    }

    private static boolean overlap(Mark.Box one, Mark.Box other) {
        return one.x() < other.x() + other.width()
                && other.x() < one.x() + one.width()
                && one.y() < other.y() + other.height()
                && other.y() < one.y() + one.height();
    }

    /** The cuts through one square of centres: sides in the order top, right, bottom, left. */
    private List<List<Spot>> square(double level, int row, int column) {
        List<Spot> cuts = new ArrayList<>();
        side(level, row, column, row, column + 1).ifPresent(cuts::add);
        side(level, row, column + 1, row + 1, column + 1).ifPresent(cuts::add);
        side(level, row + 1, column, row + 1, column + 1).ifPresent(cuts::add);
        side(level, row, column, row + 1, column).ifPresent(cuts::add);
        boolean whole = value(row, column).isPresent()
                && value(row, column + 1).isPresent()
                && value(row + 1, column).isPresent()
                && value(row + 1, column + 1).isPresent();
        if (!whole || cuts.size() < 2) {
            return List.of();
        }
        if (cuts.size() == 2) {
            return List.of(cuts);
        }
        boolean highLeft = value(row, column).getAsDouble() > level;
        return highLeft
                ? List.of(List.of(cuts.get(0), cuts.get(3)), List.of(cuts.get(1), cuts.get(2)))
                : List.of(List.of(cuts.get(0), cuts.get(1)), List.of(cuts.get(2), cuts.get(3)));
    }

    private Optional<Spot> side(double level, int row, int column, int otherRow, int otherColumn) {
        OptionalDouble from = value(row, column);
        OptionalDouble to = value(otherRow, otherColumn);
        if (from.isEmpty() || to.isEmpty() || (from.getAsDouble() > level) == (to.getAsDouble() > level)) {
            return Optional.empty();
        }
        double share = (level - from.getAsDouble()) / (to.getAsDouble() - from.getAsDouble());
        Spot start = centre(row, column);
        Spot end = centre(otherRow, otherColumn);
        return Optional.of(
                new Spot(start.x() + share * (end.x() - start.x()), start.y() + share * (end.y() - start.y())));
    }

    private OptionalDouble value(int row, int column) {
        return figure.cells().get(row).get(column) instanceof HeatMapFigure.Value cell
                ? OptionalDouble.of(cell.value())
                : OptionalDouble.empty();
    }

    private Spot centre(double row, double column) {
        return new Spot(left + (column + 0.5) * width, top + (row + 0.5) * height);
    }

    private void track(HeatMapFigure.Track track) {
        List<Spot> spots = new ArrayList<>();
        for (int row = 0; row < track.columns().size(); row++) {
            OptionalDouble column = track.columns().get(row);
            if (column.isPresent()) {
                spots.add(centre(row, column.getAsDouble()));
            }
        }
        sheet.line(spots, Tone.WHITE, STROKE + 2.4, Dash.SOLID);
        sheet.line(spots, TRACK, STROKE, Dash.DASHED);
        spots.forEach(spot -> sheet.dot(spot.x(), spot.y(), 5, Tone.WHITE, Shape.CIRCLE, track.name()));
        spots.forEach(spot -> sheet.dot(spot.x(), spot.y(), 3.6, TRACK, Shape.CIRCLE, track.name()));
    }
}
