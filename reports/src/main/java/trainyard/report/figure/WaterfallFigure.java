package trainyard.report.figure;

import java.util.List;
import java.util.Objects;

/**
 * How terms add up to a total: where the time, the memory or the money goes.
 *
 * @param text the words around the figure
 * @param valueAxis linear axis of the values
 * @param steps in drawing order
 */
public record WaterfallFigure(FigureText text, Axis valueAxis, List<Step> steps) implements Figure {

    /** How a total may differ from the sum of the terms before it, relative to the larger of both. */
    private static final double ROUNDING = 1e-6;

    /**
     * One bar.
     *
     * @param label printed at the bar
     * @param value what is added (negative: taken away), or the level of a total
     * @param kind floating change or bar from zero
     */
    public record Step(String label, double value, Kind kind) {

        public Step {
            Require.text(label, "step label");
            Require.finite(value, "step '" + label + "'");
            Objects.requireNonNull(kind, "kind");
        }

        /** A term that changes the level. */
        public static Step change(String label, double value) {
            return new Step(label, value, Kind.CHANGE);
        }

        /** A bar from zero; it must equal the level reached so far, or start the figure. */
        public static Step total(String label, double value) {
            return new Step(label, value, Kind.TOTAL);
        }
    }

    /** What a step does to the level. */
    public enum Kind {
        /** Adds its value to the level. */
        CHANGE,
        /** States the level. */
        TOTAL
    }

    public WaterfallFigure {
        Objects.requireNonNull(text, "text");
        Require.that(!valueAxis.scale().logarithmic(), "waterfall '" + text.title() + "' needs a linear axis");
        steps = Require.notEmpty(steps, "steps of '" + text.title() + "'");
        double level = 0;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step.kind() == Kind.CHANGE) {
                level += step.value();
            } else {
                checkTotal(i, step, level);
                level = step.value();
            }
        }
    }

    private static void checkTotal(int index, Step step, double level) {
        double difference = Math.abs(step.value() - level);
        Require.that(
                index == 0 || difference <= ROUNDING * Math.max(Math.abs(step.value()), Math.abs(level)),
                "total '" + step.label() + "' is " + step.value() + ", but the terms before it add up to " + level);
    }
}
