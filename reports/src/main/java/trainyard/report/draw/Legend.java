package trainyard.report.draw;

import java.util.ArrayList;
import java.util.List;
import trainyard.report.draw.sheet.Ink;
import trainyard.report.draw.sheet.Mark.Anchor;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.Mark.Shape;
import trainyard.report.draw.sheet.Mark.Type;
import trainyard.report.draw.sheet.Sheet;
import trainyard.report.draw.sheet.TextWidth;
import trainyard.report.draw.sheet.Tone;

/** The key above a chart: rows of entries that wrap at the width of the sheet. */
final class Legend {

    private static final double ROW_HEIGHT = 20;
    private static final double KEY_WIDTH = 24;
    private static final double GAP = 18;

    private final List<Entry> entries = new ArrayList<>();

    private interface Key {
        void draw(Sheet sheet, double x, double middle);
    }

    private record Entry(String name, Key key) {}

    /** An entry for a line, with a marker where {@code marked}. */
    void addLine(String name, Ink ink, Dash dash, Shape shape, boolean marked) {
        entries.add(new Entry(name, (sheet, x, middle) -> {
            sheet.line(x, middle, x + KEY_WIDTH - 6, middle, ink, 2.2, dash);
            if (marked) {
                sheet.dot(x + (KEY_WIDTH - 6) / 2, middle, 3.6, ink, shape, "");
            }
        }));
    }

    /** An entry for a filled area. */
    void addFill(String name, Ink ink) {
        entries.add(new Entry(name, (sheet, x, middle) -> sheet.box(x + 4, middle - 6, 13, 12, ink, "")));
    }

    /** The same where stripes tell areas of one colour apart. */
    void addFill(String name, Fill fill) {
        entries.add(new Entry(name, (sheet, x, middle) -> fill.box(sheet, x + 4, middle - 6, 13, 12, "")));
    }

    /** An entry for unjoined markers. */
    void addDot(String name, Ink ink, Shape shape) {
        entries.add(new Entry(name, (sheet, x, middle) -> sheet.dot(x + 10, middle, 4.5, ink, shape, "")));
    }

    /** An entry for hatched cells. */
    void addHatch(String name) {
        entries.add(new Entry(name, (sheet, x, middle) -> {
            sheet.box(x + 4, middle - 6, 13, 12, Tone.SURFACE, "");
            sheet.hatch(x + 4, middle - 6, 13, 12, Tone.AXIS);
        }));
    }

    /** Draws the key from {@code top} on and returns where it ends. An empty key takes no room. */
    double draw(Sheet sheet, double top) {
        if (entries.isEmpty()) {
            return top;
        }
        double x = 0;
        double middle = top + ROW_HEIGHT / 2;
        for (Entry entry : entries) {
            double textRoom = sheet.width() - KEY_WIDTH;
            double width = KEY_WIDTH + Math.min(textRoom, TextWidth.of(entry.name(), Type.NORMAL));
            if (x > 0 && x + width > sheet.width()) {
                x = 0;
                middle += ROW_HEIGHT;
            }
            entry.key().draw(sheet, x, middle);
            sheet.fitted(x + KEY_WIDTH, middle + 4, entry.name(), Type.NORMAL, Anchor.START, Tone.TEXT, textRoom);
            x += width + GAP;
        }
        return middle + ROW_HEIGHT / 2 + 6;
    }
}
