package trainyard.report.draw.sheet;

import java.util.Locale;

/**
 * Colours of the house style with a form for light and one for dark pages. The eight series colours are those of Okabe
 * and Ito, "Color Universal Design", 2008, which colour-blind readers can tell apart; lines are brightened on dark
 * pages, fills keep their colour because text lies on them. The first eight of lines and fills are the same hues in one order.
 */
public enum Tone implements Ink {
    /** Words and numbers. */
    TEXT(0x1F2933, 0xE8ECF0),
    /** Axis labels and remarks. */
    MUTED(0x5B6773, 0xA7B1BC),
    /** Grid lines. */
    GRID(0xE3E7EB, 0x333B44),
    /** Axis lines and outlines. */
    AXIS(0x8A95A0, 0x7B8794),
    /** The page behind the chart. */
    PAPER(0xFFFFFF, 0x171C21),
    /** Quiet surfaces such as infeasible cells. */
    SURFACE(0xF1F3F5, 0x242B32),
    /** Limits and failures. */
    ALARM(0xB42318, 0xFF8A70),
    /** Text on light fills, on any page. */
    BLACK(0x111418, 0x111418),
    /** Text on dark fills, on any page. */
    WHITE(0xFFFFFF, 0xFFFFFF),
    LINE0(0x0072B2, 0x4FA8E0),
    LINE1(0xC77F00, 0xE69F00),
    LINE2(0x009E73, 0x2FC398),
    LINE3(0xD55E00, 0xF07F2E),
    LINE4(0x2C94D0, 0x9AD4F5),
    LINE5(0xA8558A, 0xD998BE),
    LINE6(0x4A5560, 0xC3CCD5),
    LINE7(0x8F8400, 0xF0E442),
    FILL0(0x0072B2, 0x0072B2),
    FILL1(0xE69F00, 0xE69F00),
    FILL2(0x009E73, 0x009E73),
    FILL3(0xD55E00, 0xD55E00),
    FILL4(0x56B4E9, 0x56B4E9),
    FILL5(0xCC79A7, 0xCC79A7),
    FILL6(0x7B8794, 0x7B8794),
    FILL7(0xF0E442, 0xF0E442),
    FILL8(0x882255, 0x882255),
    FILL9(0x88CCAA, 0x88CCAA),
    FILL10(0x9A7B4F, 0x9A7B4F),
    FILL11(0xC5CCD3, 0xC5CCD3);

    private static final int LINES = 8;
    /** Different colours of fills. */
    public static final int FILLS = 12;

    private final int light;
    private final int dark;

    Tone(int light, int dark) {
        this.light = light;
        this.dark = dark;
    }

    @Override
    public int light() {
        return light;
    }

    /** Colour on a dark page, 0xRRGGBB. */
    public int dark() {
        return dark;
    }

    /** Name of the CSS class and variable, for example "line0". */
    public String cssName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Line colour of the series at {@code index}; colours repeat after eight. */
    public static Tone line(int index) {
        return values()[LINE0.ordinal() + index % LINES];
    }

    /** Fill colour of the series at {@code index}; colours repeat after twelve. */
    public static Tone fill(int index) {
        return values()[FILL0.ordinal() + index % FILLS];
    }

    /** Black or white, whichever reads better on this colour. */
    public Tone onTop() {
        return Shade.readableOn(light);
    }
}
