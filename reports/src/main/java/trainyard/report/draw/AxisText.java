package trainyard.report.draw;

import java.util.List;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Axis.Scale;
import trainyard.report.format.Numbers;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;

/** Words of an axis: its title, and values on it. Bytes on a scale of powers of two carry binary units: 64 KiB. */
final class AxisText {

    private static final double SMALLEST_PLAIN = 1e-3;

    /** From here on numbers have a prefix where they are written short. */
    private static final double PREFIXED_FROM = 1e6;

    private static final double LARGEST_PLAIN = 1e7;

    private AxisText() {}

    private static boolean isBinaryData(Axis axis) {
        return axis.scale() == Scale.LOG2 && axis.unit().equals("B");
    }

    /** Label and unit, for example "Step time (s)"; no unit where each value carries its own. */
    static String title(Axis axis) {
        return isBinaryData(axis) ? axis.label() : axis.title();
    }

    /** A value beside its axis, with four significant digits. */
    static String value(Axis axis, double value) {
        return isBinaryData(axis) ? Units.format(value, Dimension.DATA) : Numbers.of(value);
    }

    /**
     * The labels of the ticks of a logarithmic axis: where one has to be a power of ten, all are; nor does one have a prefix where
     * others have their zeros, as 1 M above 100,000.
     */
    static List<String> logTicks(Axis axis, List<Double> values) {
        boolean powers = !isBinaryData(axis)
                && values.stream().allMatch(AxisText::isDecade)
                && values.stream()
                        .anyMatch(value -> value < SMALLEST_PLAIN || value > LARGEST_PLAIN && isMixed(values));
        boolean plain = isMixed(values) && values.stream().allMatch(value -> value <= LARGEST_PLAIN);
        return values.stream()
                .map(value -> powers
                        ? Numbers.power((int) Math.rint(Math.log10(value)))
                        : plain && !isBinaryData(axis) ? Numbers.of(value) : logTick(axis, value))
                .toList();
    }

    private static boolean isMixed(List<Double> values) {
        return values.stream().anyMatch(value -> value >= PREFIXED_FROM)
                && values.stream().anyMatch(value -> value < PREFIXED_FROM);
    }

    private static boolean isDecade(double value) {
        return Math.abs(Math.log10(value) - Math.rint(Math.log10(value))) < 1e-9;
    }

    private static String logTick(Axis axis, double value) {
        if (isBinaryData(axis)) {
            return Units.format(value, Dimension.DATA);
        }
        return axis.scale() == Scale.LOG2 ? Numbers.of(value) : Numbers.compact(value, 3);
    }
}
