package trainyard.report.draw;

import java.util.ArrayList;
import java.util.List;
import trainyard.report.figure.Axis;
import trainyard.report.format.Numbers;

/**
 * Where an axis is labelled: round values only, as many as fit.
 *
 * @param low start of the axis
 * @param high end of the axis
 * @param values ascending, within the axis
 * @param labels one per value
 */
record Ticks(double low, double high, List<Double> values, List<String> labels) {

    private static final double ROUNDING = 1e-9;
    private static final double SLACK = 1e-9;
    private static final int MOST_DECIMALS = 4;

    /** With fewer powers of ten on a logarithmic axis a value between them could not be read off. */
    private static final int FEWEST_DECADES = 3;

    /**
     * Chooses ticks for data between {@code dataLow} and {@code dataHigh}. A linear axis without stated bounds is extended
     * to the next round value; data that are all equal get room on both sides.
     */
    static Ticks of(Axis axis, double dataLow, double dataHigh, int wanted) {
        return of(axis, dataLow, dataHigh, wanted, false);
    }

    /** As {@link #of(Axis, double, double, int)}; a tight axis ends where the data end. */
    static Ticks of(Axis axis, double dataLow, double dataHigh, int wanted, boolean tight) {
        double low = axis.min().orElse(dataLow);
        double high = axis.max().orElse(dataHigh);
        return switch (axis.scale()) {
            case LINEAR -> linear(axis, low, high, Math.max(2, wanted), tight && low < high);
            case LOG10 -> logarithmic(axis, low, high, 10, Math.max(2, wanted), tight && low < high);
            case LOG2 -> logarithmic(axis, low, high, 2, Math.max(2, wanted), tight && low < high);
        };
    }

    private static Ticks linear(Axis axis, double dataLow, double dataHigh, int wanted, boolean tight) {
        double low = dataLow;
        double high = dataHigh;
        // What differs by rounding alone is equal: ticks between such values would have no end.
        if (high - low <= ROUNDING * Math.max(Math.abs(low), Math.abs(high))) {
            double room = low == 0 ? 0.5 : Math.abs(low) * 0.5;
            // Below a lone 0 there is nothing: few metrics can be negative.
            low = axis.min().isPresent() || low == 0 ? low : low - room;
            high = low + 2 * room;
        }
        double chosen = roundStep((high - low) / wanted);
        double step = axis.whole() ? Math.max(1, chosen) : chosen;
        double first = tight || axis.min().isPresent() ? low : Math.floor(low / step + SLACK) * step;
        double last = tight || axis.max().isPresent() ? high : Math.ceil(high / step - SLACK) * step;
        int exponent = (int) Math.floor(Math.log10(step) + SLACK);
        List<Double> values = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        // Adding 0 makes -0 a plain 0.
        for (double index = Math.ceil(first / step - SLACK) + 0.0; index * step <= last + step * SLACK; index++) {
            double value = index * step;
            values.add(value);
            labels.add(linearLabel(value, Math.max(Math.abs(first), Math.abs(last)), exponent));
        }
        return new Ticks(first, last, values, labels);
    }

    /** All labels of an axis share decimals and prefix, which its step and its far end decide. */
    private static String linearLabel(double value, double farEnd, int exponentOfStep) {
        if (exponentOfStep < -MOST_DECIMALS) {
            return Numbers.of(value, 3);
        }
        return Numbers.compactFixed(value, farEnd, exponentOfStep);
    }

    /** The smallest of 1, 2, 5 times a power of ten that is at least {@code raw}. */
    private static double roundStep(double raw) {
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= raw * (1 - SLACK)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static Ticks logarithmic(Axis axis, double dataLow, double dataHigh, int base, int wanted, boolean tight) {
        double lowPower = Math.log(dataLow) / Math.log(base);
        double highPower = Math.log(dataHigh) / Math.log(base);
        int first = (int) Math.floor(lowPower + SLACK);
        int last = Math.max(first + 1, (int) Math.ceil(highPower - SLACK));
        double low = axis.min().orElse(tight ? dataLow : near(base, dataLow, Math.pow(base, first)));
        double high =
                axis.max().orElse(tight ? dataHigh : Math.max(near(base, dataHigh, Math.pow(base, last)), low * base));
        List<Double> values = new ArrayList<>();
        double powers = Math.log(high / low) / Math.log(base);
        int stride = Math.max(1, (int) Math.ceil(powers / (wanted + 1)));
        for (int power = first; power <= last; power += stride) {
            addIfInside(values, Math.pow(base, power), low, high);
        }
        if (base == 10 && values.size() < FEWEST_DECADES) {
            values = oneTwoFive(first - 1, last + 1, low, high);
        }
        List<String> labels = AxisText.logTicks(axis, values);
        return new Ticks(low, high, values, labels);
    }

    /** Data that nearly fill the last decade end at the decade; others end just beyond the data. */
    private static double near(int base, double data, double decade) {
        double gap = Math.abs(Math.log(decade / data));
        if (gap < 0.35 * Math.log(base) || base == 2) {
            return decade;
        }
        return decade < data ? data / 1.15 : data * 1.15;
    }

    private static List<Double> oneTwoFive(int first, int last, double low, double high) {
        List<Double> values = new ArrayList<>();
        for (int power = first; power <= last; power++) {
            for (double factor : new double[] {1, 2, 5}) {
                addIfInside(values, factor * Math.pow(10, power), low, high);
            }
        }
        return values;
    }

    private static void addIfInside(List<Double> values, double value, double low, double high) {
        if (value >= low * (1 - SLACK) && value <= high * (1 + SLACK)) {
            values.add(value);
        }
    }
}
