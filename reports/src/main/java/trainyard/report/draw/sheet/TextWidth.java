package trainyard.report.draw.sheet;

import java.util.ArrayList;
import java.util.List;

/**
 * Estimates how wide text will be, from a table and not from the fonts of the machine, so that a layout has the same
 * coordinates everywhere. The widths are the advances of Roboto Regular 2.138 in thousandths of the em square, with a
 * margin because the page may use another sans-serif face.
 */
public final class TextWidth {

    private static final int[] ASCII = {
        248, 258, 320, 616, 562, 732, 622, 175, 342, 348, 431, 567, 197, 276, 264, 413, 562, 562, 562, 562, 562, 562,
        562, 562, 562, 562, 242, 211, 508, 549, 523, 473, 898, 652, 623, 651, 656, 568, 553, 681, 713, 272, 552, 627,
        539, 873, 713, 688, 631, 688, 616, 594, 597, 648, 637, 887, 627, 601, 599, 265, 411, 265, 418, 451, 309, 544,
        562, 523, 564, 530, 348, 562, 551, 243, 239, 507, 243, 877, 552, 570, 562, 568, 339, 516, 327, 551, 484, 751,
        496, 473, 496, 338, 244, 338, 680
    };
    private static final int OTHER = 600;
    private static final int WIDE = 1000;
    private static final int FIRST_WIDE_SCRIPT = 0x2E80;
    private static final double MARGIN = 1.13;
    /** Of heavy letters over light ones: 1.05 in Roboto, 1.13 in DejaVu, which Linux shows where it has none of the faces. */
    private static final double BOLD = 1.12;

    /** Of what is shown of a text that is too long. */
    private static final double SHARE_OF_END = 0.4;

    private TextWidth() {}

    /** Estimated width in pixels. */
    public static double of(String text, Mark.Type type) {
        int thousandths = text.codePoints().map(TextWidth::advance).sum();
        return thousandths / 1000.0 * type.size() * MARGIN * (type.bold() ? BOLD : 1);
    }

    /**
     * {@code text}, or where it is wider than {@code width} its beginning, an ellipsis and its last words where they are short:
     * names that begin alike differ there, and there an axis has its unit.
     */
    static String shorten(String text, Mark.Type type, double width) {
        if (of(text, type) <= width) {
            return text;
        }
        int[] points = text.codePoints().toArray();
        for (int kept = points.length - 1; kept > 0; kept--) {
            String end = lastWords(text, (int) (kept * SHARE_OF_END));
            int start = kept - end.codePointCount(0, end.length());
            String shown = new String(points, 0, start).stripTrailing() + "…" + end;
            if (of(shown, type) <= width) {
                return shown;
            }
        }
        return "";
    }

    /** The last words of a text that have no more characters than given; none where the last alone has more. */
    private static String lastWords(String text, int most) {
        int space = text.indexOf(' ', Math.max(0, text.length() - most - 1));
        return space < 0 ? "" : text.substring(space + 1);
    }

    /** Whether {@link #wrap} shows the whole text. */
    public static boolean fits(String text, Mark.Type type, double width, int maxLines) {
        String shown = String.join(" ", wrap(text, type, width, maxLines));
        return shown.equals(text.strip().replaceAll("\\s+", " "));
    }

    /**
     * Breaks {@code text} at spaces into at most {@code maxLines} lines no wider than {@code width}; the last one is
     * shortened where the rest does not fit.
     */
    public static List<String> wrap(String text, Mark.Type type, double width, int maxLines) {
        List<String> lines = new ArrayList<>();
        String rest = text.strip();
        while (lines.size() < maxLines - 1 && of(rest, type) > width) {
            int space = lastSpaceWithin(rest, type, width);
            if (space < 0) {
                break;
            }
            lines.add(rest.substring(0, space));
            rest = rest.substring(space + 1).strip();
        }
        lines.add(shorten(rest, type, width));
        return lines;
    }

    private static int lastSpaceWithin(String text, Mark.Type type, double width) {
        int best = -1;
        for (int i = text.indexOf(' '); i >= 0; i = text.indexOf(' ', i + 1)) {
            if (of(text.substring(0, i), type) <= width) {
                best = i;
            }
        }
        return best;
    }

    private static int advance(int codePoint) {
        if (codePoint >= ' ' && codePoint - ' ' < ASCII.length) {
            return ASCII[codePoint - ' '];
        }
        return codePoint >= FIRST_WIDE_SCRIPT ? WIDE : OTHER;
    }
}
