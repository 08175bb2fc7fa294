package trainyard.report.draw.sheet;

/**
 * A fixed colour, the same on light and dark pages.
 *
 * @param light 0xRRGGBB
 */
public record Shade(int light) implements Ink {

    /** Light to dark blue, for values. */
    private static final int[] BLUES = {0xEAF3FA, 0xC3DDEF, 0x8BBFE0, 0x4A98CB, 0x14699F, 0x083B66};

    /** Grey to vermillion, for load. */
    private static final int[] HEAT = {0xB4BDC7, 0x8FB3CF, 0xE8B33C, 0xE0802A, 0xC23B00};

    /** Sequential blue at {@code share} of the range, clipped to [0, 1]. */
    public static Shade blue(double share) {
        return mix(BLUES, share);
    }

    /** Load colour at {@code share} of capacity, clipped to [0, 1]. */
    public static Shade heat(double share) {
        return mix(HEAT, share);
    }

    /** Black or white, whichever reads better on this colour (WCAG 2 relative luminance). */
    public Tone onTop() {
        return readableOn(light);
    }

    static Tone readableOn(int rgb) {
        double luminance =
                0.2126 * linear(rgb >> 16 & 0xFF) + 0.7152 * linear(rgb >> 8 & 0xFF) + 0.0722 * linear(rgb & 0xFF);
        double contrastWithWhite = 1.05 / (luminance + 0.05);
        double contrastWithBlack = (luminance + 0.05) / 0.05;
        return contrastWithWhite >= contrastWithBlack ? Tone.WHITE : Tone.BLACK;
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    private static Shade mix(int[] stops, double share) {
        double position = Math.max(0, Math.min(1, share)) * (stops.length - 1);
        int index = Math.min((int) position, stops.length - 2);
        double part = position - index;
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = stops[index] >> shift & 0xFF;
            int to = stops[index + 1] >> shift & 0xFF;
            rgb |= (int) Math.round(from + part * (to - from)) << shift;
        }
        return new Shade(rgb);
    }
}
