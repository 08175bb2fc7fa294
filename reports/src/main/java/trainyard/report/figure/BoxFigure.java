package trainyard.report.figure;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Distributions side by side: of each a box from the 25th to the 75th percentile with the median inside, lines to the 5th
 * and the 95th, and a dot at the mean.
 *
 * @param text the words around the figure
 * @param categoryTitle what the rows are, for example "Design"
 * @param valueAxis axis of the values; it need not include zero. What a logarithmic one has no place for, 0 and below, is drawn
 *     at its edge
 * @param boxes top to bottom
 * @param limit a line across the boxes, such as a target
 */
public record BoxFigure(
        FigureText text, String categoryTitle, Axis valueAxis, List<Box> boxes, Optional<BarFigure.Limit> limit)
        implements Figure {

    /** Boxes without a line. */
    public BoxFigure(FigureText text, String categoryTitle, Axis valueAxis, List<Box> boxes) {
        this(text, categoryTitle, valueAxis, boxes, Optional.empty());
    }

    /**
     * One distribution, in units of the value axis; the percentiles do not fall.
     *
     * @param name whose it is
     * @param p5 5th percentile
     * @param p25 25th percentile
     * @param median 50th percentile
     * @param p75 75th percentile
     * @param p95 95th percentile
     * @param mean mean, anywhere between the least and the greatest value
     */
    public record Box(String name, double p5, double p25, double median, double p75, double p95, double mean) {

        public Box {
            Require.text(name, "box name");
            Require.finite(p5, "p5 of '" + name + "'");
            Require.finite(p95, "p95 of '" + name + "'");
            Require.finite(mean, "mean of '" + name + "'");
            Require.that(
                    p5 <= p25 && p25 <= median && median <= p75 && p75 <= p95,
                    "percentiles of '" + name + "' must not fall: " + List.of(p5, p25, median, p75, p95));
        }
    }

    public BoxFigure {
        Objects.requireNonNull(limit, "limit");
        limit.ifPresent(line -> valueAxis.check(line.value(), "limit '" + line.label() + "'"));
        Objects.requireNonNull(text, "text");
        Require.text(categoryTitle, "category title");
        boxes = Require.notEmpty(boxes, "boxes of '" + text.title() + "'");
        List<String> names = boxes.stream().map(Box::name).toList();
        Require.that(
                new HashSet<>(names).size() == names.size(),
                "boxes of '" + text.title() + "' must have distinct names: " + names);
        for (Box box : boxes) {
            valueAxis.check(Math.max(box.p95(), box.mean()), "95th percentile and mean of '" + box.name() + "'");
        }
    }
}
