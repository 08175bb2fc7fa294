package trainyard.report.draw;

import java.util.List;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.Mark.Spot;
import trainyard.report.draw.sheet.Sheet;
import trainyard.report.draw.sheet.Tone;

/**
 * How the thing at a place of the palette is filled: in one of twelve colours, beyond them in the same colours with stripes of one slant,
 * of the other and of both, so that no two of 48 look alike.
 *
 * @param place from 0
 */
public record Fill(int place) {

    private static final int PATTERNS = 4;
    private static final double STRIPE_STEP = 7;

    public Tone tone() {
        return Tone.fill(place);
    }

    /** Whether the colour alone would be that of another thing. */
    public boolean isStriped() {
        return pattern() > 0;
    }

    private int pattern() {
        return place / Tone.FILLS % PATTERNS;
    }

    /** A filled box; {@code x} and {@code y} are its upper left corner. */
    void box(Sheet sheet, double x, double y, double width, double height, String tip) {
        sheet.box(x, y, width, height, tone(), tip);
        if ((pattern() & 1) != 0) {
            sheet.hatch(x, y, width, height, tone().onTop());
        }
        if ((pattern() & 2) != 0) {
            sheet.hatchBack(x, y, width, height, tone().onTop());
        }
    }

    /** Upright stripes, as many to a step as the pattern has slants, between two edges of the same x values; none for a colour alone. */
    void stripes(Sheet sheet, List<Spot> upper, List<Spot> lower) {
        double step = STRIPE_STEP / Math.max(1, pattern());
        for (int i = 1; isStriped() && i < upper.size(); i++) {
            double from = upper.get(i - 1).x();
            double to = upper.get(i).x();
            for (double x = step * Math.ceil(from / step); x < to; x += step) {
                double share = (x - from) / (to - from);
                double top = between(upper.get(i - 1).y(), upper.get(i).y(), share);
                double floor = between(lower.get(i - 1).y(), lower.get(i).y(), share);
                if (floor - top > 1) {
                    sheet.line(x, top, x, floor, tone().onTop(), 1, Dash.SOLID);
                }
            }
        }
    }

    private static double between(double from, double to, double share) {
        return from + share * (to - from);
    }
}
