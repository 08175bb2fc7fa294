package trainyard.report.figure;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Several designs over several qualities, a spoke per quality: the farther out, the better.
 *
 * @param text the words around the figure
 * @param spokes at least three, clockwise from the top
 * @param shapes one per design
 */
public record RadarFigure(FigureText text, List<Spoke> spokes, List<Shape> shapes) implements Figure {

    private static final int FEWEST_SPOKES = 3;

    /**
     * One quality.
     *
     * @param label its name
     * @param best what the outer ring stands for, as printed, for example "93 %"
     */
    public record Spoke(String label, String best) {

        public Spoke {
            Require.text(label, "spoke label");
            Require.text(best, "outer end of spoke '" + label + "'");
        }
    }

    /**
     * One design.
     *
     * @param name legend entry
     * @param shares how far out it reaches on each spoke, from 0 in the centre to 1 on the outer ring; empty where it has
     *     no value, which breaks its outline
     */
    public record Shape(String name, List<OptionalDouble> shares) {

        public Shape {
            Require.text(name, "shape name");
            shares = List.copyOf(shares);
            for (OptionalDouble share : shares) {
                Require.that(
                        share.isEmpty() || share.getAsDouble() >= 0 && share.getAsDouble() <= 1,
                        "shares of '" + name + "' must lie in [0, 1], but are " + shares);
            }
        }
    }

    public RadarFigure {
        Objects.requireNonNull(text, "text");
        spokes = List.copyOf(spokes);
        Require.that(
                spokes.size() >= FEWEST_SPOKES,
                "radar '" + text.title() + "' needs at least three spokes, but has " + spokes.size());
        shapes = Require.notEmpty(shapes, "shapes of '" + text.title() + "'");
        HashSet<String> names = new HashSet<>();
        for (Shape shape : shapes) {
            Require.that(names.add(shape.name()), "shape '" + shape.name() + "' appears twice");
            Require.that(
                    shape.shares().size() == spokes.size(),
                    "shape '" + shape.name() + "' has " + shape.shares().size() + " shares for " + spokes.size()
                            + " spokes");
        }
    }
}
