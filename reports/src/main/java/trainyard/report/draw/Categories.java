package trainyard.report.draw;

import java.util.List;
import java.util.stream.IntStream;
import trainyard.report.draw.sheet.Mark.Anchor;
import trainyard.report.draw.sheet.Mark.Type;
import trainyard.report.draw.sheet.Sheet;
import trainyard.report.draw.sheet.TextWidth;
import trainyard.report.draw.sheet.Tone;

/** Labels of categories: below upright bars in up to three lines, or left of lying rows. */
final class Categories {

    private static final int MOST_LINES = 3;
    private static final double LINE_HEIGHT = 14;
    private static final double LARGEST_SHARE = 0.42;

    private Categories() {}

    /** True when every label fits below its slot without being cut. */
    static boolean fitBelow(List<String> labels, double slot) {
        return labels.stream().allMatch(label -> TextWidth.fits(label, Type.SMALL, slot - 6, MOST_LINES));
    }

    /**
     * Draws the labels below {@code top} and returns the height taken. Where they would be cut only every second, third and
     * so on is drawn, since a cut number would be wrong.
     */
    static double below(Sheet sheet, List<String> labels, double left, double slot, double top) {
        int stride = 1;
        while (stride < labels.size() && !fitBelow(every(stride, labels), stride * slot)) {
            stride++;
        }
        int most = 1;
        double free = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < labels.size(); i += stride) {
            List<String> lines = TextWidth.wrap(labels.get(i), Type.SMALL, stride * slot - 6, MOST_LINES);
            double half = widest(lines) / 2;
            double middle = Math.min(left + (i + 0.5) * slot, sheet.width() - half);
            if (middle - half > free) {
                for (int line = 0; line < lines.size(); line++) {
                    double y = top + 12 + line * LINE_HEIGHT;
                    sheet.text(middle, y, lines.get(line), Type.SMALL, Anchor.MIDDLE, Tone.TEXT);
                }
                most = Math.max(most, lines.size());
                free = middle + half;
            }
        }
        return most * LINE_HEIGHT + 6;
    }

    private static double widest(List<String> lines) {
        return lines.stream()
                .mapToDouble(line -> TextWidth.of(line, Type.SMALL))
                .max()
                .orElse(0);
    }

    private static List<String> every(int stride, List<String> labels) {
        return IntStream.range(0, labels.size())
                .filter(i -> i % stride == 0)
                .mapToObj(labels::get)
                .toList();
    }

    /** Room that labels left of rows need, at most 42 % of the sheet. */
    static double roomAtLeft(List<String> labels, double sheetWidth) {
        double widest = labels.stream()
                .mapToDouble(label -> TextWidth.of(label, Type.NORMAL))
                .max()
                .orElse(0);
        return Math.min(widest, sheetWidth * LARGEST_SHARE) + 11;
    }

    /** Draws one label left of {@code right}, in two lines where needed, centred on {@code middle}. */
    static void left(Sheet sheet, String label, double right, double middle) {
        double room = right - 10;
        List<String> lines = TextWidth.wrap(label, Type.NORMAL, room, 2);
        double y = middle + 4 - (lines.size() - 1) * 7;
        for (String line : lines) {
            sheet.text(right - 10, y, line, Type.NORMAL, Anchor.END, Tone.TEXT);
            y += LINE_HEIGHT;
        }
    }
}
