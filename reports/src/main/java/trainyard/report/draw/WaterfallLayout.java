package trainyard.report.draw;

import java.util.List;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.Mark.Anchor;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.Mark.Type;
import trainyard.report.draw.sheet.PixelScale;
import trainyard.report.draw.sheet.Sheet;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.Axis;
import trainyard.report.figure.WaterfallFigure;
import trainyard.report.figure.WaterfallFigure.Kind;
import trainyard.report.figure.WaterfallFigure.Step;
import trainyard.report.format.Numbers;

/** Lays out waterfalls as lying bars, so that long names of terms stay readable. */
final class WaterfallLayout {

    private static final double ROW = 30;
    private static final double BAR = 20;
    private static final double VALUE_ROOM = 58;
    private static final int DIGITS_OF_LARGEST = 4;

    private WaterfallLayout() {}

    static Drawing of(WaterfallFigure figure, double width) {
        Sheet sheet = new Sheet(width);
        int decimals = decimals(figure.steps());
        List<Step> steps =
                figure.steps().stream().filter(step -> isDrawn(step, decimals)).toList();
        double top = 4;
        double base = top + ROW * steps.size();
        double left = Categories.roomAtLeft(steps.stream().map(Step::label).toList(), width);
        Extent extent = extent(steps);
        Ticks ticks = Ticks.of(figure.valueAxis(), extent.low(), extent.high(), (int) ((width - left) / 80));
        PixelScale x = new PixelScale(Axis.Scale.LINEAR, ticks.low(), ticks.high(), left, width - VALUE_ROOM);
        Frame.verticalTicks(sheet, x, ticks, top, base);
        double level = 0;
        for (int i = 0; i < steps.size(); i++) {
            level = step(sheet, figure, decimals, steps.get(i), x, top + i * ROW, level, i + 1 < steps.size());
        }
        sheet.line(x.clipped(0), top, x.clipped(0), base, Tone.AXIS, 1, Dash.SOLID);
        String title = figure.valueAxis().title();
        return sheet.finish(figure.text(), Frame.lyingTitle(sheet, title, left, width, base));
    }

    /** All values share decimals, so that they add up to the eye. */
    private static int decimals(List<Step> steps) {
        double largest = 0;
        for (Step step : steps) {
            largest = Math.max(largest, Math.abs(step.value()));
        }
        return Numbers.decimals(largest, DIGITS_OF_LARGEST);
    }

    /** Terms that would read zero take no row; the table beside a waterfall lists them. */
    private static boolean isDrawn(Step step, int decimals) {
        return step.kind() == Kind.TOTAL || Math.abs(step.value()) >= 0.5 * Math.pow(10, -decimals);
    }

    private static Extent extent(List<Step> steps) {
        Extent extent = Extent.NOTHING.with(0);
        double level = 0;
        for (Step step : steps) {
            level = step.kind() == Kind.TOTAL ? step.value() : level + step.value();
            extent = extent.with(level);
        }
        return extent.low() == extent.high() ? extent.with(1) : extent;
    }

    /** Draws one bar and returns the level after it. */
    private static double step(
            Sheet sheet,
            WaterfallFigure figure,
            int decimals,
            Step step,
            PixelScale x,
            double top,
            double level,
            boolean connect) {
        boolean total = step.kind() == Kind.TOTAL;
        double from = total ? 0 : level;
        double to = from + step.value();
        double low = x.clipped(Math.min(from, to));
        double high = x.clipped(Math.max(from, to));
        String value = Numbers.fixed(step.value(), decimals);
        Categories.left(sheet, step.label(), x.start(), top + ROW / 2);
        String tip = step.label() + ": " + Numbers.of(step.value()) + " "
                + figure.valueAxis().unit();
        sheet.box(low, top + (ROW - BAR) / 2, Math.max(1, high - low), BAR, tone(step), tip);
        if (connect) {
            sheet.line(
                    x.clipped(to),
                    top + (ROW + BAR) / 2,
                    x.clipped(to),
                    top + ROW * 1.5 - BAR / 2,
                    Tone.AXIS,
                    1,
                    Dash.SOLID);
        }
        String signed = total || step.value() < 0 ? value : "+" + value;
        sheet.text(high + 6, top + ROW / 2 + 4, signed, total ? Type.STRONG : Type.SMALL, Anchor.START, Tone.TEXT);
        return to;
    }

    private static Tone tone(Step step) {
        if (step.kind() == Kind.TOTAL) {
            return Tone.FILL0;
        }
        return step.value() >= 0 ? Tone.FILL1 : Tone.FILL2;
    }
}
