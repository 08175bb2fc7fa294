package trainyard.report.draw;

import java.util.stream.DoubleStream;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.Mark.Anchor;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.Mark.Shape;
import trainyard.report.draw.sheet.Mark.Type;
import trainyard.report.draw.sheet.PixelScale;
import trainyard.report.draw.sheet.Sheet;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BoxFigure;
import trainyard.report.figure.BoxFigure.Box;
import trainyard.report.format.Numbers;

/** Lays out distributions as lying boxes, one below the other, so that names of any length stay readable. */
final class BoxLayout {

    private static final double ROW = 40;
    private static final double BOX = 20;
    private static final double VALUE_ROOM = 64;

    private final BoxFigure figure;
    private final NameColours colours;
    private final Sheet sheet;

    private BoxLayout(BoxFigure figure, double width, NameColours colours) {
        this.figure = figure;
        this.colours = colours;
        this.sheet = new Sheet(width);
    }

    static Drawing of(BoxFigure figure, double width, NameColours colours) {
        return new BoxLayout(figure, width, colours).draw();
    }

    private Drawing draw() {
        Legend legend = new Legend();
        figure.limit().ifPresent(limit -> legend.addLine(limit.label(), Tone.ALARM, Dash.DASHED, Shape.CIRCLE, false));
        double top = legend.draw(sheet, 0) + 22;
        double base = top + ROW * figure.boxes().size();
        double left =
                Categories.roomAtLeft(figure.boxes().stream().map(Box::name).toList(), sheet.width());
        Extent extent = extent();
        double right = sheet.width() - VALUE_ROOM;
        Ticks ticks = Ticks.of(figure.valueAxis(), extent.low(), extent.high(), (int) ((right - left) / 80));
        PixelScale x = new PixelScale(figure.valueAxis().scale(), ticks.low(), ticks.high(), left, right);
        sheet.fitted(0, top - 8, figure.categoryTitle(), Type.NORMAL, Anchor.START, Tone.MUTED, right);
        sheet.fitted(sheet.width(), top - 8, "median", Type.SMALL, Anchor.END, Tone.MUTED, VALUE_ROOM);
        Frame.verticalTicks(sheet, x, ticks, top, base);
        if (hasEdge(ticks)) {
            // A tick of its own for what a logarithmic axis has no place for.
            sheet.text(left, base + Frame.TICK_HEIGHT - 2, "0", Type.SMALL, Anchor.MIDDLE, Tone.MUTED);
        }
        for (int i = 0; i < figure.boxes().size(); i++) {
            row(
                    figure.boxes().get(i),
                    x,
                    top + (i + 0.5) * ROW,
                    colours.of(figure.boxes().get(i).name()));
        }
        figure.limit().ifPresent(limit -> {
            double at = x.clipped(limit.value());
            sheet.line(at, top, at, base, Tone.ALARM, 1.6, Dash.DASHED);
        });
        String title = AxisText.title(figure.valueAxis());
        return sheet.finish(figure.text(), Frame.lyingTitle(sheet, title, left, right, base));
    }

    /** Of what the axis has a place for. */
    private Extent extent() {
        boolean log = figure.valueAxis().scale().logarithmic();
        Extent extent = Extent.NOTHING;
        for (double value : values()) {
            extent = log && value <= 0 ? extent : extent.with(value);
        }
        return extent;
    }

    private double[] values() {
        DoubleStream ofBoxes = figure.boxes().stream()
                .flatMapToDouble(
                        box -> DoubleStream.of(box.p5(), box.p25(), box.median(), box.p75(), box.p95(), box.mean()));
        DoubleStream ofLimit = figure.limit().stream().mapToDouble(BarFigure.Limit::value);
        return DoubleStream.concat(ofBoxes, ofLimit).toArray();
    }

    private boolean hasEdge(Ticks ticks) {
        return figure.valueAxis().scale().logarithmic()
                && figure.boxes().stream().anyMatch(box -> Math.min(box.p5(), box.mean()) <= 0)
                && ticks.values().get(0) > ticks.low();
    }

    private void row(Box box, PixelScale x, double middle, Tone tone) {
        Categories.left(sheet, box.name(), x.start(), middle);
        whisker(x.clipped(box.p5()), x.clipped(box.p25()), middle);
        whisker(x.clipped(box.p95()), x.clipped(box.p75()), middle);
        double from = x.clipped(box.p25());
        double to = x.clipped(box.p75());
        sheet.box(from, middle - BOX / 2, Math.max(1, to - from), BOX, tone, tip(box));
        double median = x.clipped(box.median());
        sheet.line(median, middle - BOX / 2 - 2, median, middle + BOX / 2 + 2, Tone.TEXT, 2.4, Dash.SOLID);
        sheet.dot(x.clipped(box.mean()), middle, 4.4, Tone.TEXT, Shape.CIRCLE, "mean " + Numbers.of(box.mean()));
        sheet.dot(x.clipped(box.mean()), middle, 2.8, Tone.PAPER, Shape.CIRCLE, "mean " + Numbers.of(box.mean()));
        sheet.text(sheet.width(), middle + 4, Numbers.compact(box.median(), 3), Type.SMALL, Anchor.END, Tone.TEXT);
    }

    private void whisker(double end, double box, double middle) {
        sheet.line(end, middle, box, middle, Tone.AXIS, 1.4, Dash.SOLID);
        sheet.line(end, middle - 5, end, middle + 5, Tone.AXIS, 1.4, Dash.SOLID);
    }

    private String tip(Box box) {
        return box.name() + ": median " + Numbers.of(box.median()) + ", p5 to p95 " + Numbers.of(box.p5()) + " to "
                + Numbers.of(box.p95()) + " " + figure.valueAxis().unit();
    }
}
