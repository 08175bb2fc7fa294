package trainyard.report.draw;

import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import trainyard.report.draw.sheet.Drawing;
import trainyard.report.draw.sheet.Mark;
import trainyard.report.draw.sheet.Mark.Anchor;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.Mark.Type;
import trainyard.report.draw.sheet.PixelScale;
import trainyard.report.draw.sheet.Sheet;
import trainyard.report.draw.sheet.TextWidth;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarFigure.Arrangement;
import trainyard.report.figure.BarFigure.Orientation;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Estimate;
import trainyard.report.format.Numbers;

/** Lays out upright bars. Where the category names do not fit below them the bars lie down. */
public final class BarLayout {

    static final double SHARE_OF_SLOT = 0.72;
    private static final double NARROWEST_COLUMN = 9;
    private static final double WIDEST_BAR = 72;
    private static final double TITLE_HEIGHT = 34;
    private static final double LABEL_HEIGHT = 10;

    private BarLayout() {}

    static Drawing of(BarFigure figure, double width, NameColours colours) {
        boolean lying = lies(figure, width);
        return lying ? LyingBarLayout.of(figure, width, colours) : upright(figure, width, colours);
    }

    /** True when the bars lie: where the figure asks for it, or where names or bars have no room side by side. */
    static boolean lies(BarFigure figure, double width) {
        double slot = (width - 70) / figure.categories().size();
        int columns =
                figure.arrangement() == Arrangement.GROUPED ? figure.series().size() : 2;
        return figure.orientation() == Orientation.HORIZONTAL
                || !Categories.fitBelow(figure.categories(), slot)
                || slot < NARROWEST_COLUMN * columns;
    }

    private static Drawing upright(BarFigure figure, double width, NameColours colours) {
        Sheet sheet = new Sheet(width);
        double top = legend(figure, colours).draw(sheet, 2) + TITLE_HEIGHT;
        double base = top + Frame.plotHeight(width);
        Extent extent = extent(figure);
        Ticks ticks = Ticks.of(figure.valueAxis(), extent.low(), extent.high(), (int) ((base - top) / 44));
        double left = Frame.widest(ticks) + 8;
        double slot = (width - 4 - left) / figure.categories().size();
        PixelScale y = new PixelScale(Axis.Scale.LINEAR, ticks.low(), ticks.high(), base, top);
        sheet.fitted(0, top - 20, figure.valueAxis().title(), Type.NORMAL, Anchor.START, Tone.MUTED, width);
        Frame.horizontalGrid(sheet, y, ticks, left, width - 4);
        PixelScale x = new PixelScale(Axis.Scale.LINEAR, 0, figure.categories().size(), left, width - 4);
        sheet.beginData();
        bars(sheet, figure, colours, x, y);
        sheet.endData(x, y);
        labels(sheet, figure, x, y);
        sheet.line(left, y.clipped(0), width - 4, y.clipped(0), Tone.AXIS, 1, Dash.SOLID);
        figure.limit().ifPresent(limit -> {
            double at = y.clipped(limit.value());
            sheet.line(left, at, width - 4, at, Tone.ALARM, 1.6, Dash.DASHED);
        });
        double end = base + Categories.below(sheet, figure.categories(), left, slot, base + 4) + 20;
        Frame.titleBelow(sheet, figure.categoryTitle(), left, width, end);
        return sheet.finish(figure.text(), end + 8);
    }

    static Legend legend(BarFigure figure, NameColours colours) {
        Legend legend = new Legend();
        for (int i = 0; figure.series().size() > 1 && i < figure.series().size(); i++) {
            legend.addFill(
                    figure.series().get(i).name(),
                    colours.fill(figure.series().get(i).name()));
        }
        figure.limit()
                .ifPresent(limit -> legend.addLine(limit.label(), Tone.ALARM, Dash.DASHED, Mark.Shape.CIRCLE, false));
        return legend;
    }

    /** From zero to the longest bar, stack, interval end or limit. */
    static Extent extent(BarFigure figure) {
        Extent extent = Extent.NOTHING.with(0);
        for (int category = 0; category < figure.categories().size(); category++) {
            double stack = 0;
            for (BarSeries series : figure.series()) {
                Optional<Estimate> bar = series.values().get(category);
                if (bar.isPresent() && figure.arrangement() == Arrangement.GROUPED) {
                    extent = extent.with(bar.get().low()).with(bar.get().high());
                }
                stack += bar.map(Estimate::value).orElse(0.0);
            }
            extent = figure.arrangement() == Arrangement.STACKED ? extent.with(stack) : extent;
        }
        if (figure.limit().isPresent()) {
            extent = extent.with(figure.limit().get().value());
        }
        return extent.low() == extent.high() ? extent.with(1) : extent;
    }

    static String tip(BarFigure figure, BarSeries series, int category, Estimate estimate) {
        return figure.categories().get(category) + ", " + series.name() + ": " + Numbers.withInterval(estimate) + " "
                + figure.valueAxis().unit();
    }

    /** How a bar is filled: as its series, or of a lone series as its category, where other figures know all of them. */
    public static Fill fill(BarFigure figure, int series, int category, NameColours colours) {
        return figure.series().size() > 1
                ? colours.fill(figure.series().get(series).name())
                : isByCategory(figure, colours)
                        ? colours.fill(figure.categories().get(category))
                        : new Fill(0);
    }

    /** Whether the bars of a lone series have the colours of their categories. */
    public static boolean isByCategory(BarFigure figure, NameColours colours) {
        return figure.series().size() == 1 && figure.categories().stream().allMatch(colours::knows);
    }

    private static void bars(Sheet sheet, BarFigure figure, NameColours colours, PixelScale x, PixelScale y) {
        boolean grouped = figure.arrangement() == Arrangement.GROUPED;
        double bar = barWidth(figure, x);
        for (int category = 0; category < figure.categories().size(); category++) {
            double level = 0;
            for (int i = 0; i < figure.series().size(); i++) {
                Optional<Estimate> value = figure.series().get(i).values().get(category);
                if (value.isPresent()) {
                    double from = grouped ? 0 : level;
                    level = from + value.get().value();
                    double low = y.clipped(Math.min(from, level));
                    double high = y.clipped(Math.max(from, level));
                    String tip = tip(figure, figure.series().get(i), category, value.get());
                    double left = middle(figure, x, category, i) - bar / 2;
                    fill(figure, i, category, colours).box(sheet, left, high, bar - (grouped ? 1 : 0), low - high, tip);
                }
            }
        }
    }

    /** Error bars and values above grouped bars, sums above stacks. */
    private static void labels(Sheet sheet, BarFigure figure, PixelScale x, PixelScale y) {
        boolean grouped = figure.arrangement() == Arrangement.GROUPED;
        boolean fit = fit(figure, x);
        for (int category = 0; category < figure.categories().size(); category++) {
            double level = 0;
            for (int i = 0; i < figure.series().size(); i++) {
                Optional<Estimate> value = figure.series().get(i).values().get(category);
                level += value.map(Estimate::value).orElse(0.0);
                if (grouped && value.isPresent()) {
                    double middle = middle(figure, x, category, i);
                    errorBar(sheet, y, value.get(), middle);
                    if (fit) {
                        valueLabel(sheet, figure, y, value.get(), middle);
                    }
                }
            }
            if (!grouped && fit && hasBar(figure, category)) {
                double middle = middle(figure, x, category, 0);
                sheet.text(
                        middle,
                        offLimit(figure, y, y.clipped(level) - 5),
                        Numbers.compact(level, 3),
                        Type.SMALL,
                        Anchor.MIDDLE,
                        Tone.TEXT);
            }
        }
    }

    /** Whether anything is known of a category: the sum of nothing is no 0. */
    static boolean hasBar(BarFigure figure, int category) {
        return figure.series().stream()
                .anyMatch(series -> series.values().get(category).isPresent());
    }

    private static double barWidth(BarFigure figure, PixelScale x) {
        return shareOfSlot(figure, x.at(1) - x.at(0)) * (x.at(1) - x.at(0)) / columns(figure);
    }

    /** Share of a category's slot that bars fill: most of it, less where few bars would become blocks. */
    public static double shareOfSlot(BarFigure figure, double slot) {
        return Math.min(SHARE_OF_SLOT, WIDEST_BAR * columns(figure) / slot);
    }

    private static int columns(BarFigure figure) {
        return figure.arrangement() == Arrangement.GROUPED ? figure.series().size() : 1;
    }

    private static double middle(BarFigure figure, PixelScale x, int category, int series) {
        int columns = columns(figure);
        double offset = columns == 1 ? 0 : series - (columns - 1) / 2.0;
        return x.at(category + 0.5) + offset * barWidth(figure, x);
    }

    private static void errorBar(Sheet sheet, PixelScale y, Estimate estimate, double x) {
        if (!estimate.isExact()) {
            double low = y.clipped(estimate.low());
            double high = y.clipped(estimate.high());
            sheet.line(x, low, x, high, Tone.TEXT, 1.3, Dash.SOLID);
            sheet.line(x - 3, low, x + 3, low, Tone.TEXT, 1.3, Dash.SOLID);
            sheet.line(x - 3, high, x + 3, high, Tone.TEXT, 1.3, Dash.SOLID);
        }
    }

    /** Whether no value is wider than its bar's share of the room: where only some had one, others would seem to be nothing. */
    private static boolean fit(BarFigure figure, PixelScale x) {
        boolean grouped = figure.arrangement() == Arrangement.GROUPED;
        double slot = x.at(1) - x.at(0);
        double bar = barWidth(figure, x);
        double room = !grouped ? slot : figure.series().size() == 1 ? bar * 1.3 : bar;
        return (grouped ? values(figure) : sums(figure))
                .mapToObj(value -> Numbers.compact(value, 3))
                .allMatch(label -> TextWidth.of(label, Type.SMALL) <= room);
    }

    private static DoubleStream values(BarFigure figure) {
        return figure.series().stream()
                .flatMap(series -> series.values().stream())
                .flatMap(Optional::stream)
                .mapToDouble(Estimate::value);
    }

    private static DoubleStream sums(BarFigure figure) {
        return IntStream.range(0, figure.categories().size())
                .mapToDouble(category -> figure.series().stream()
                        .flatMap(series -> series.values().get(category).stream())
                        .mapToDouble(Estimate::value)
                        .sum());
    }

    /** The value above its bar, below one that hangs. */
    private static void valueLabel(Sheet sheet, BarFigure figure, PixelScale y, Estimate estimate, double x) {
        double at = estimate.value() < 0
                ? y.clipped(estimate.low()) + 13
                : offLimit(figure, y, y.clipped(estimate.high()) - 5);
        sheet.text(x, at, Numbers.compact(estimate.value(), 3), Type.SMALL, Anchor.MIDDLE, Tone.TEXT);
    }

    /** The base line of a label above a bar: above the line across the bars, where that would go through it. */
    private static double offLimit(BarFigure figure, PixelScale y, double base) {
        return figure.limit()
                .map(limit -> y.clipped(limit.value()))
                .filter(line -> base - LABEL_HEIGHT < line && line < base + 3)
                .map(line -> line - 4)
                .orElse(base);
    }
}
