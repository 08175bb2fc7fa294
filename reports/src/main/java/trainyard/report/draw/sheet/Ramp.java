package trainyard.report.draw.sheet;

import trainyard.report.draw.sheet.Mark.Anchor;
import trainyard.report.draw.sheet.Mark.Type;

/** The colour key of values from low to high. */
public final class Ramp {

    private static final int STEPS = 40;
    private static final double LONGEST = 150;
    private static final double HEIGHT = 26;

    private Ramp() {}

    /** Draws the key at the top of a sheet and returns where it ends. */
    public static double draw(Sheet sheet, String title, String low, String high) {
        double titleWidth = Math.min(TextWidth.of(title, Type.NORMAL), sheet.width() - 200);
        sheet.fitted(0, 16, title, Type.NORMAL, Anchor.START, Tone.MUTED, titleWidth + 1);
        double left = titleWidth + 14;
        sheet.text(left, 16, low, Type.SMALL, Anchor.START, Tone.TEXT);
        double from = left + TextWidth.of(low, Type.SMALL) + 6;
        double step = Math.min(LONGEST, sheet.width() - from - 60) / STEPS;
        for (int i = 0; i < STEPS; i++) {
            sheet.box(from + i * step, 6, step + 0.5, 12, Shade.blue((i + 0.5) / STEPS), "");
        }
        sheet.text(from + STEPS * step + 6, 16, high, Type.SMALL, Anchor.START, Tone.TEXT);
        return HEIGHT;
    }
}
