package trainyard.report.draw;

import java.util.List;
import java.util.OptionalDouble;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.Ink;
import trainyard.report.draw.sheet.Mark.Anchor;
import trainyard.report.draw.sheet.Mark.Type;
import trainyard.report.draw.sheet.PixelScale;
import trainyard.report.draw.sheet.Ramp;
import trainyard.report.draw.sheet.Shade;
import trainyard.report.draw.sheet.Sheet;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.Axis;
import trainyard.report.figure.OccupancyFigure;
import trainyard.report.figure.OccupancyFigure.Row;
import trainyard.report.format.Numbers;

/** Lays out occupancy maps: a low row per party, stretches of the same colour as one box. */
final class OccupancyLayout {

    private static final double TALLEST_ROW = 24;
    private static final double LOWEST_ROW = 5;
    private static final double ROOM_FOR_ROWS = 420;
    private static final double ROOM_FOR_NAME = 14;

    /** Shades that the eye tells apart; stretches within one are one box. */
    private static final int SHADES = 20;

    private final OccupancyFigure figure;
    private final Sheet sheet;
    private final Extent values;

    private OccupancyLayout(OccupancyFigure figure, double width) {
        this.figure = figure;
        this.sheet = new Sheet(width);
        Extent extent = Extent.NOTHING;
        for (Row row : figure.rows()) {
            for (OptionalDouble value : row.values()) {
                extent = value.isPresent() ? extent.with(value.getAsDouble()) : extent;
            }
        }
        this.values = new Extent(
                figure.valueAxis().min().orElse(extent.low()),
                figure.valueAxis().max().orElse(extent.high()));
    }

    static Drawing of(OccupancyFigure figure, double width) {
        return new OccupancyLayout(figure, width).draw();
    }

    private Drawing draw() {
        double top = key() + 22;
        int count = figure.rows().size();
        double row = Math.max(LOWEST_ROW, Math.min(TALLEST_ROW, ROOM_FOR_ROWS / count));
        List<String> names = figure.rows().stream().map(Row::name).toList();
        double left = Categories.roomAtLeft(names, sheet.width() * 0.7);
        double right = sheet.width() - 14;
        double base = top + row * count;
        Axis axis = figure.timeAxis().from(figure.from()).upTo(figure.to());
        Ticks ticks = Ticks.of(axis, figure.from(), figure.to(), (int) ((right - left) / 80), true);
        PixelScale x = new PixelScale(Axis.Scale.LINEAR, figure.from(), figure.to(), left, right);
        sheet.fitted(0, top - 8, figure.rowTitle(), Type.NORMAL, Anchor.START, Tone.MUTED, sheet.width());
        int stride = (int) Math.ceil(ROOM_FOR_NAME / row);
        for (int i = 0; i < count; i++) {
            if (i % stride == 0) {
                Categories.left(sheet, names.get(i), left, top + (i + 0.5) * row);
            }
            row(figure.rows().get(i), x, top + i * row, row);
        }
        Frame.verticalTicks(sheet, x, ticks, base, base);
        String title = figure.timeAxis().title();
        return sheet.finish(figure.text(), Frame.lyingTitle(sheet, title, left, right, base));
    }

    private double key() {
        String unit = figure.valueAxis().unit();
        String suffix = unit.isBlank() ? "" : " " + unit;
        double end = Ramp.draw(
                sheet,
                figure.valueAxis().label(),
                Numbers.compact(values.low(), 3) + suffix,
                Numbers.compact(values.high(), 3) + suffix);
        boolean missing =
                figure.rows().stream().flatMap(row -> row.values().stream()).anyMatch(OptionalDouble::isEmpty);
        if (!missing) {
            return end;
        }
        Legend legend = new Legend();
        legend.addFill("none", Tone.FILL7);
        return legend.draw(sheet, end);
    }

    private void row(Row row, PixelScale x, double top, double height) {
        int columns = row.values().size();
        double gap = height > 8 ? 1 : 0;
        int start = 0;
        for (int column = 1; column <= columns; column++) {
            if (column == columns || shade(row, column) != shade(row, start)) {
                double from = x.at(time(start, columns));
                double to = x.at(time(column, columns));
                sheet.box(from, top, to - from, height - gap, ink(shade(row, start)), tip(row, start, column));
                start = column;
            }
        }
    }

    private double time(int column, int columns) {
        return figure.from() + (figure.to() - figure.from()) * column / columns;
    }

    /** Which of the shades a value has; -1 for none. */
    private int shade(Row row, int column) {
        OptionalDouble value = row.values().get(column);
        if (value.isEmpty()) {
            return -1;
        }
        double range = values.high() - values.low();
        double share = range > 0 ? (value.getAsDouble() - values.low()) / range : 0.5;
        return (int) Math.round(Math.max(0, Math.min(1, share)) * SHADES);
    }

    private static Ink ink(int shade) {
        return shade < 0 ? Tone.FILL7 : Shade.blue((double) shade / SHADES);
    }

    private String tip(Row row, int start, int end) {
        int columns = row.values().size();
        double mean = row.values().subList(start, end).stream()
                .flatMapToDouble(OptionalDouble::stream)
                .average()
                .orElse(Double.NaN);
        String value = Double.isNaN(mean)
                ? "none"
                : Numbers.of(mean, 3) + " " + figure.valueAxis().unit();
        return row.name() + ", " + Numbers.of(time(start, columns)) + " to " + Numbers.of(time(end, columns)) + " "
                + figure.timeAxis().unit() + ": " + value.strip();
    }
}
