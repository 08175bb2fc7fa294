package trainyard.report.draw.sheet;

import java.util.List;

/** One thing on a sheet. Marks are painted in order, later ones on top. Coordinates in pixels. */
public sealed interface Mark {

    /**
     * A filled rectangle.
     *
     * @param x left
     * @param y top
     * @param width at least 0
     * @param height at least 0
     * @param fill colour
     * @param opacity 0 to 1
     * @param tip shown when the pointer rests on it; empty for none
     */
    record Box(double x, double y, double width, double height, Ink fill, double opacity, String tip) implements Mark {}

    /**
     * A line through points.
     *
     * @param points at least two
     * @param ink colour
     * @param width pixels
     * @param dash solid, dashed or dotted
     */
    record Line(List<Spot> points, Ink ink, double width, Dash dash) implements Mark {}

    /**
     * A filled polygon.
     *
     * @param points at least three
     * @param fill colour
     * @param opacity 0 to 1
     */
    record Area(List<Spot> points, Ink fill, double opacity) implements Mark {}

    /**
     * A marker.
     *
     * @param x centre
     * @param y centre
     * @param radius pixels
     * @param ink colour
     * @param shape so that series differ in more than colour
     * @param tip shown when the pointer rests on it; empty for none
     */
    record Dot(double x, double y, double radius, Ink ink, Shape shape, String tip) implements Mark {}

    /**
     * A line of text.
     *
     * @param x anchor
     * @param y base line
     * @param text words
     * @param font size and weight
     * @param anchor which part of the text lies at x
     * @param ink colour
     * @param tip full text where {@code text} is shortened; empty for none
     */
    record Label(double x, double y, String text, Type font, Anchor anchor, Ink ink, String tip) implements Mark {}

    /**
     * A position.
     *
     * @param x from the left
     * @param y from the top
     */
    record Spot(double x, double y) {}

    /** How a line is broken. */
    enum Dash {
        /** Not at all. */
        SOLID,
        /** Long strokes. */
        DASHED,
        /** Short strokes. */
        DOTTED,
        /** Long and short strokes in turn. */
        DASH_DOT
    }

    /** Form of a marker. */
    enum Shape {
        CIRCLE,
        SQUARE,
        TRIANGLE,
        DIAMOND;

        private static final int COLOURS = 8;

        /**
         * Shape of the series at {@code index}; shapes repeat after four. Each round of the eight colours starts one shape
         * further, so that no two of 32 series share both.
         */
        public static Shape of(int index) {
            return values()[(index + index / COLOURS) % values().length];
        }
    }

    /** Which part of a text lies at its x. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** Size and weight of text. */
    enum Type {
        /** Ticks and small remarks. */
        SMALL(11, false),
        /** Axis titles and labels. */
        NORMAL(12, false),
        /** Emphasised labels. */
        STRONG(12, true),
        /** Title of a chart that stands alone. */
        TITLE(16, true);

        private final int size;
        private final boolean bold;

        Type(int size, boolean bold) {
            this.size = size;
            this.bold = bold;
        }

        /** Height of the em square in pixels. */
        public int size() {
            return size;
        }

        /** True for a heavy weight. */
        public boolean bold() {
            return bold;
        }
    }
}
