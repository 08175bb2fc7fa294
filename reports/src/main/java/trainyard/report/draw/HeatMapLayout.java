package trainyard.report.draw;

import java.util.List;
import java.util.stream.Stream;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.Mark.Anchor;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.Mark.Shape;
import trainyard.report.draw.sheet.Mark.Type;
import trainyard.report.draw.sheet.Ramp;
import trainyard.report.draw.sheet.Shade;
import trainyard.report.draw.sheet.Sheet;
import trainyard.report.draw.sheet.TextWidth;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.HeatMapFigure;
import trainyard.report.figure.HeatMapFigure.Cell;
import trainyard.report.figure.HeatMapFigure.Infeasible;
import trainyard.report.figure.HeatMapFigure.Tie;
import trainyard.report.figure.HeatMapFigure.Value;
import trainyard.report.figure.HeatMapFigure.Winner;
import trainyard.report.format.Numbers;

/** Lays out heat maps: values on a blue ramp, winners in their own colour, infeasible cells hatched. */
final class HeatMapLayout {

    private static final double CELL_HEIGHT = 34;
    private static final double TITLE_HEIGHT = 22;

    /** Grey, the last of the fills. */
    private static final Tone TIE = Tone.FILL11;

    private final HeatMapFigure figure;
    private final Sheet sheet;
    private final NameColours colours;
    private final List<String> winners;
    private final Extent extent;

    private HeatMapLayout(HeatMapFigure figure, double width, NameColours colours) {
        this.figure = figure;
        this.sheet = new Sheet(width);
        Extent values = Extent.NOTHING;
        for (List<Cell> row : figure.cells()) {
            for (Cell cell : row) {
                if (cell instanceof Value value) {
                    values = values.with(value.value());
                }
            }
        }
        this.winners = NameColours.winners(figure);
        this.colours = colours;
        this.extent = values;
    }

    static Drawing of(HeatMapFigure figure, double width, NameColours colours) {
        return new HeatMapLayout(figure, width, colours).draw();
    }

    private Drawing draw() {
        double top = legend() + TITLE_HEIGHT;
        double left = Categories.roomAtLeft(figure.rows(), sheet.width() * 0.7);
        double cellWidth = (sheet.width() - left - 2) / figure.columns().size();
        sheet.fitted(0, top - 8, figure.rowTitle(), Type.NORMAL, Anchor.START, Tone.MUTED, sheet.width());
        for (int row = 0; row < figure.rows().size(); row++) {
            double y = top + row * CELL_HEIGHT;
            Categories.left(sheet, figure.rows().get(row), left, y + CELL_HEIGHT / 2);
            for (int column = 0; column < figure.columns().size(); column++) {
                Cell cell = figure.cells().get(row).get(column);
                String tip = figure.rowTitle() + " " + figure.rows().get(row) + ", " + figure.columnTitle() + " "
                        + figure.columns().get(column) + ": " + words(cell);
                cell(cell, tip, left + column * cellWidth, y, cellWidth);
            }
        }
        double base = top + figure.rows().size() * CELL_HEIGHT;
        Contours.draw(sheet, figure, left, top, cellWidth, CELL_HEIGHT);
        // Words go last: a line through them could not be read beside.
        for (int row = 0; row < figure.rows().size(); row++) {
            for (int column = 0; column < figure.columns().size(); column++) {
                double middle = left + (column + 0.5) * cellWidth;
                words(figure.cells().get(row).get(column), middle, top + row * CELL_HEIGHT, cellWidth - 4);
            }
        }
        double end = base + Categories.below(sheet, figure.columns(), left, cellWidth, base + 4) + TITLE_HEIGHT - 6;
        Frame.titleBelow(sheet, figure.columnTitle(), left, sheet.width(), end);
        return sheet.finish(figure.text(), end + 8);
    }

    private double legend() {
        Legend legend = new Legend();
        for (int i = 0; i < winners.size(); i++) {
            legend.addFill(winners.get(i), colours.fill(winners.get(i)));
        }
        List<String> ties = cells(Tie.class).map(Tie::words).distinct().toList();
        ties.forEach(words -> legend.addFill(words, TIE));
        List<String> hatched = cells(Infeasible.class)
                .map(Infeasible::kind)
                .distinct()
                .sorted()
                .toList();
        if (!hatched.isEmpty()) {
            legend.addHatch(String.join(" or ", hatched));
        }
        figure.track()
                .ifPresent(track -> legend.addLine(track.name(), Contours.TRACK, Dash.DASHED, Shape.CIRCLE, true));
        double top = extent.low() <= extent.high() ? ramp() : 2;
        if (!winners.isEmpty() || !ties.isEmpty()) {
            sheet.fitted(
                    0,
                    top + 12,
                    "Best by " + figure.valueAxis().title(),
                    Type.NORMAL,
                    Anchor.START,
                    Tone.MUTED,
                    sheet.width());
            top += 20;
        }
        return legend.draw(sheet, top);
    }

    private <T extends Cell> Stream<T> cells(Class<T> kind) {
        return figure.cells().stream()
                .flatMap(List::stream)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    /** The colour key of the values. */
    private double ramp() {
        return Ramp.draw(
                sheet, figure.valueAxis().title(), Numbers.compact(extent.low(), 3), Numbers.compact(extent.high(), 3));
    }

    private void cell(Cell cell, String tip, double x, double y, double width) {
        if (cell instanceof Value value) {
            sheet.box(x + 1, y + 1, width - 2, CELL_HEIGHT - 2, Shade.blue(share(value.value())), tip);
        } else if (cell instanceof Winner winner) {
            colours.fill(winner.name()).box(sheet, x + 1, y + 1, width - 2, CELL_HEIGHT - 2, tip);
        } else if (cell instanceof Tie) {
            sheet.box(x + 1, y + 1, width - 2, CELL_HEIGHT - 2, TIE, tip);
        } else if (cell instanceof Infeasible) {
            sheet.box(x + 1, y + 1, width - 2, CELL_HEIGHT - 2, Tone.SURFACE, tip);
            sheet.hatch(x + 1, y + 1, width - 2, CELL_HEIGHT - 2, Tone.AXIS);
        }
    }

    private void words(Cell cell, double middle, double y, double room) {
        double base = y + CELL_HEIGHT / 2 + 4;
        if (cell instanceof Value value) {
            if (figure.contours().isEmpty()) {
                label(
                        middle,
                        base,
                        threeDigits(value.value()),
                        Shade.blue(share(value.value())).onTop(),
                        room);
            }
        } else if (cell instanceof Winner winner) {
            Fill fill = colours.fill(winner.name());
            String words = threeDigits(winner.value());
            if (fill.isStriped()) {
                plate(middle, base, words, fill.tone(), room);
            }
            label(middle, base, words, fill.tone().onTop(), room);
        } else if (cell instanceof Tie tie) {
            label(middle, base, threeDigits(tie.value()), TIE.onTop(), room);
        } else if (cell instanceof Infeasible infeasible) {
            plate(middle, base, infeasible.reason(), Tone.SURFACE, room);
            sheet.fitted(middle, base, infeasible.reason(), Type.SMALL, Anchor.MIDDLE, Tone.MUTED, room);
        }
    }

    /** What words stand on where a cell has stripes. */
    private void plate(double middle, double base, String words, Tone tone, double room) {
        double width = Math.min(room, TextWidth.of(words, Type.SMALL) + 8);
        sheet.box(middle - width / 2, base - 13, width, 18, tone, "");
    }

    /** A number that does not fit is left to the tip: a cut number would be wrong. */
    private void label(double x, double y, String label, Tone tone, double room) {
        if (TextWidth.of(label, Type.SMALL) <= room) {
            sheet.text(x, y, label, Type.SMALL, Anchor.MIDDLE, tone);
        }
    }

    /** Three significant digits with trailing zeros, so that the cells of a row compare at a glance. */
    private static String threeDigits(double value) {
        double size = Math.abs(value);
        if (size < 0.01 || size >= 1e6) {
            return Numbers.compact(value, 3);
        }
        return Numbers.fixed(value, Math.max(0, 2 - (int) Math.floor(Math.log10(size))));
    }

    private double share(double value) {
        if (extent.high() == extent.low()) {
            return 0.5;
        }
        return figure.valueAxis().scale().logarithmic()
                ? Math.log(value / extent.low()) / Math.log(extent.high() / extent.low())
                : (value - extent.low()) / (extent.high() - extent.low());
    }

    private String words(Cell cell) {
        if (cell instanceof Value value) {
            return Numbers.of(value.value()) + " " + figure.valueAxis().unit();
        }
        if (cell instanceof Winner winner) {
            return winner.name() + ", " + Numbers.of(winner.value()) + " "
                    + figure.valueAxis().unit();
        }
        if (cell instanceof Tie tie) {
            return tie.words() + ", " + Numbers.of(tie.value()) + " "
                    + figure.valueAxis().unit();
        }
        return cell instanceof Infeasible infeasible ? words(infeasible) : "";
    }

    private static String words(Infeasible cell) {
        return cell.kind().equals(cell.reason()) ? cell.reason() : cell.kind() + ", " + cell.reason();
    }
}
