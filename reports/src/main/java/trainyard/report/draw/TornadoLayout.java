package trainyard.report.draw;

import java.util.Comparator;
import java.util.List;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.Mark.Anchor;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.Mark.Type;
import trainyard.report.draw.sheet.PixelScale;
import trainyard.report.draw.sheet.Sheet;
import trainyard.report.draw.sheet.TextWidth;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.TornadoFigure;
import trainyard.report.figure.TornadoFigure.Swing;
import trainyard.report.format.Numbers;

/** Lays out tornado charts: widest bar on top, low and high setting in two colours around the base. */
final class TornadoLayout {

    private static final double ROW = 36;
    private static final double BAR = 22;
    private static final double STOP = 4;

    private TornadoLayout() {}

    static Drawing of(TornadoFigure figure, double width) {
        Sheet sheet = new Sheet(width);
        Legend legend = new Legend();
        legend.addFill("low setting", Tone.FILL4);
        legend.addFill("high setting", Tone.FILL0);
        List<Swing> swings = figure.swings().stream()
                .sorted(Comparator.comparingDouble(Swing::width).reversed())
                .toList();
        double top = legend.draw(sheet, 2) + 18;
        double base = top + ROW * swings.size();
        double left =
                Categories.roomAtLeft(swings.stream().map(Swing::parameter).toList(), width * 0.8);
        double side = Math.min(sideRoom(swings), (width - left) * 0.28);
        Extent extent = Extent.NOTHING.with(figure.base());
        for (Swing swing : swings) {
            extent = extent.with(swing.low().low())
                    .with(swing.low().high())
                    .with(swing.high().low())
                    .with(swing.high().high());
        }
        Ticks ticks = Ticks.of(figure.valueAxis(), extent.low(), extent.high(), (int) ((width - left - 2 * side) / 70));
        PixelScale x = new PixelScale(Axis.Scale.LINEAR, ticks.low(), ticks.high(), left + side, width - side);
        Frame.verticalTicks(sheet, x, ticks, top, base);
        for (int i = 0; i < swings.size(); i++) {
            swing(sheet, figure, swings.get(i), x, top + i * ROW, side);
        }
        double baseX = x.clipped(figure.base());
        sheet.line(baseX, top - 4, baseX, base, Tone.TEXT, 1.5, Dash.SOLID);
        String label = "base " + Numbers.of(figure.base());
        sheet.text(baseX, top - 8, label, Type.STRONG, Anchor.MIDDLE, Tone.TEXT);
        String title = figure.valueAxis().title();
        return sheet.finish(figure.text(), Frame.lyingTitle(sheet, title, left, width, base));
    }

    private static double sideRoom(List<Swing> swings) {
        double widest = 0;
        for (Swing swing : swings) {
            widest = Math.max(widest, TextWidth.of(swing.lowInput(), Type.SMALL));
            widest = Math.max(widest, TextWidth.of(swing.highInput(), Type.SMALL));
        }
        return widest + 10;
    }

    private static void swing(Sheet sheet, TornadoFigure figure, Swing swing, PixelScale x, double top, double room) {
        Categories.left(sheet, swing.parameter(), x.start() - room, top + ROW / 2);
        boolean lowIsLeft = swing.low().value() <= swing.high().value();
        half(sheet, figure, swing.lowInput(), swing.low(), x, top, Tone.FILL4, lowIsLeft, room);
        half(sheet, figure, swing.highInput(), swing.high(), x, top, Tone.FILL0, !lowIsLeft, room);
    }

    private static void half(
            Sheet sheet,
            TornadoFigure figure,
            String input,
            Estimate estimate,
            PixelScale x,
            double top,
            Tone tone,
            boolean atLeft,
            double room) {
        double outcome = estimate.value();
        double from = x.clipped(Math.min(figure.base(), outcome));
        double to = x.clipped(Math.max(figure.base(), outcome));
        String tip =
                input + ": " + Numbers.of(outcome) + " " + figure.valueAxis().unit();
        sheet.box(from, top + (ROW - BAR) / 2, to - from, BAR, tone, tip);
        double reach = whisker(sheet, estimate, x, top + ROW / 2, atLeft);
        double label = atLeft ? Math.min(from, reach) - 5 : Math.max(to, reach) + 5;
        sheet.fitted(
                label, top + ROW / 2 + 4, input, Type.SMALL, atLeft ? Anchor.END : Anchor.START, Tone.MUTED, room - 6);
    }

    /** The interval as a line with stops; returns where it ends on the side of the label. */
    private static double whisker(Sheet sheet, Estimate estimate, PixelScale x, double middle, boolean atLeft) {
        double low = x.clipped(estimate.low());
        double high = x.clipped(estimate.high());
        if (!estimate.isExact()) {
            sheet.line(low, middle, high, middle, Tone.TEXT, 1.2, Dash.SOLID);
            sheet.line(low, middle - STOP, low, middle + STOP, Tone.TEXT, 1.2, Dash.SOLID);
            sheet.line(high, middle - STOP, high, middle + STOP, Tone.TEXT, 1.2, Dash.SOLID);
        }
        return atLeft ? low : high;
    }
}
