package trainyard.report.draw.sheet;

/** What a mark is painted with. */
public sealed interface Ink permits Tone, Shade {

    /** Colour on white paper, 0xRRGGBB. */
    int light();
}
