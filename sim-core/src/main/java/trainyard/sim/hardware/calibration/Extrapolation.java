package trainyard.sim.hardware.calibration;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * That a fit is asked for more, or for less, than it was measured over.
 *
 * @param fit which fit, in words
 * @param beyond what lies outside its range, at least one
 * @param share part of the time taken from the fit that comes from outside its range, in (0, 1]
 */
public record Extrapolation(String fit, List<Beyond> beyond, double share) {

    /** A smaller part is not told: if it were twice as long, the time would be 1 % longer. */
    public static final double LEAST_SHARE = 0.01;

    private static final double MOST_WRITTEN_OUT = 1e6;

    public Extrapolation {
        Objects.requireNonNull(fit, "fit");
        beyond = List.copyOf(beyond);
        if (beyond.isEmpty() || !(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("nothing is extrapolated: " + beyond + ", " + share);
        }
    }

    /**
     * A quantity that lies outside a range.
     *
     * @param quantity in words
     * @param least smallest that was measured
     * @param most largest that was measured
     * @param asked what is asked for, below the one or above the other
     */
    public record Beyond(String quantity, double least, double most, double asked) {

        /** A quantity, if it lies outside its range; both ends were measured. */
        static Optional<Beyond> of(String quantity, double least, double most, double asked) {
            return asked < least || asked > most
                    ? Optional.of(new Beyond(quantity, least, most, asked))
                    : Optional.empty();
        }

        /** How far from the nearest end. */
        double distance() {
            return asked > most ? asked - most : least - asked;
        }

        /** What is asked for over the largest that was measured, or the smallest over it; infinite where one of the two is 0. */
        double factor() {
            return asked > most ? asked / most : least / asked;
        }

        /** Such as {@code 1,024 flops, measured 16 to 256 (4.00 times the most)}. */
        private String words() {
            String range = number(asked) + " " + quantity + ", measured " + number(least) + " to " + number(most);
            String end = asked > most ? "times the most" : "times less than the least";
            return Double.isInfinite(factor())
                    ? range
                    : String.format(Locale.ROOT, "%s (%.3g %s)", range, factor(), end);
        }

        private static String number(double value) {
            return value < MOST_WRITTEN_OUT
                    ? String.format(Locale.ROOT, "%,.0f", value)
                    : String.format(Locale.ROOT, "%.3g", value);
        }
    }

    /** How far beyond its range the fit is used: by the largest of the factors, above 1. */
    public double factor() {
        return beyond.stream().mapToDouble(Beyond::factor).max().orElseThrow();
    }

    /** The same of the fit in a profile. */
    public Extrapolation in(CalibrationProfile profile) {
        return new Extrapolation(fit + " of the profile " + profile.id(), beyond, share);
    }

    /** What it means, as a sentence without a final stop. */
    public String sentence() {
        return String.format(
                Locale.ROOT,
                "%s is used outside what was measured, so that %.0f %% of the time taken from it is extrapolated: %s",
                fit,
                100 * share,
                String.join("; ", beyond.stream().map(Beyond::words).toList()));
    }
}
