package trainyard.report.figure;

import java.util.List;
import java.util.Objects;

/**
 * Which assumption moves the result most: one bar per parameter from its low to its high outcome around the base value.
 * Bars are drawn in order of their width, widest first.
 *
 * @param text the words around the figure
 * @param valueAxis linear axis of the outcome
 * @param base outcome with every parameter at its base value
 * @param swings one per parameter
 */
public record TornadoFigure(FigureText text, Axis valueAxis, double base, List<Swing> swings) implements Figure {

    /**
     * What one parameter does to the outcome.
     *
     * @param parameter its name
     * @param lowInput its low setting as printed, for example "200 Gb/s"
     * @param highInput its high setting as printed
     * @param low outcome at the low setting, with the interval of its distance from the base
     * @param high outcome at the high setting, likewise
     */
    public record Swing(String parameter, String lowInput, String highInput, Estimate low, Estimate high) {

        public Swing {
            Require.text(parameter, "parameter");
            Require.text(lowInput, "low input of '" + parameter + "'");
            Require.text(highInput, "high input of '" + parameter + "'");
            Objects.requireNonNull(low, "low");
            Objects.requireNonNull(high, "high");
        }

        /** Exact outcomes. */
        public Swing(String parameter, String lowInput, String highInput, double low, double high) {
            this(parameter, lowInput, highInput, Estimate.exact(low), Estimate.exact(high));
        }

        /** Distance between both outcomes. */
        public double width() {
            return Math.abs(high.value() - low.value());
        }
    }

    public TornadoFigure {
        Objects.requireNonNull(text, "text");
        Require.finite(base, "base of '" + text.title() + "'");
        Require.that(!valueAxis.scale().logarithmic(), "tornado '" + text.title() + "' needs a linear axis");
        swings = Require.notEmpty(swings, "swings of '" + text.title() + "'");
    }
}
