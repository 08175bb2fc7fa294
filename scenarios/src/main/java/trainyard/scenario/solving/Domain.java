package trainyard.scenario.solving;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.LongStream;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.ValueType;
import trainyard.scenario.study.Sweep;
import trainyard.sim.units.Units;

/**
 * The values of an input that are looked through, numbered from 0: every whole number of a range, or points of a continuous
 * one that lie no further apart than a share of the value.
 *
 * @param type type of the input
 * @param low the first value, in base units
 * @param high the last value, above the first
 * @param tolerance largest distance of two neighbours over the larger; of no effect on whole numbers
 * @param written the ends as the user wrote them, in whose units values are told
 */
record Domain(ValueType<?> type, double low, double high, double tolerance, List<String> written) {

    private static final MathContext DIGITS = new MathContext(5);
    private static final int MOST_LINEAR = 100_000;

    Domain {
        written = List.copyOf(written);
    }

    boolean isWhole() {
        return type instanceof IntegerType;
    }

    /** Number of values. */
    int size() {
        if (isWhole()) {
            return Math.toIntExact(Math.round(high) - Math.round(low) + 1);
        }
        double steps = isGeometric() ? Math.log(high / low) / Math.log1p(tolerance) : 1 / tolerance;
        return (int) Math.min(MOST_LINEAR, Math.ceil(steps)) + 1;
    }

    /** The value of an index, in base units. */
    double value(int index) {
        if (isWhole()) {
            return Math.round(low) + index;
        }
        if (index == 0 || index == size() - 1) {
            return index == 0 ? low : high;
        }
        double share = index / (size() - 1.0);
        double value = isGeometric() ? low * Math.pow(high / low, share) : low + (high - low) * share;
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }

    /** The index of the value nearest to a number. */
    int index(double value) {
        int from = 0;
        int to = size() - 1;
        while (to - from > 1) {
            int middle = (from + to) >>> 1;
            if (value(middle) <= value) {
                from = middle;
            } else {
                to = middle;
            }
        }
        return Math.abs(value(from) - value) <= Math.abs(value(to) - value) ? from : to;
    }

    /** The indices of the powers of two among whole numbers, which degrees and batches tend to be; none of a continuous range. */
    List<Integer> powersOfTwo() {
        return LongStream.iterate(1, power -> power <= Math.round(high), power -> 2 * power)
                .filter(power -> isWhole() && power >= Math.round(low))
                .mapToObj(power -> Math.toIntExact(power - Math.round(low)))
                .toList();
    }

    /** The value as a scenario writes it. */
    String text(int index) {
        return Sweep.written(type, value(index));
    }

    /** The value for people: in the last of the written units of which it is at least 1, else in the first. */
    String format(int index) {
        if (!(type instanceof QuantityType quantity)) {
            return text(index);
        }
        String shown = Units.format(value(index), quantity.dimension());
        for (int i = 0; i < written.size(); i++) {
            String like = Units.formatLike(value(index), written.get(i), quantity.dimension());
            shown = i == 0 || !like.startsWith("0.") ? like : shown;
        }
        return shown;
    }

    private boolean isGeometric() {
        return low > 0;
    }
}
