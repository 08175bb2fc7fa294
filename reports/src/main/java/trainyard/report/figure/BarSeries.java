package trainyard.report.figure;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One bar per category.
 *
 * @param name legend entry
 * @param values in the order of the categories; empty where there is no value
 */
public record BarSeries(String name, List<Optional<Estimate>> values) {

    public BarSeries {
        Require.text(name, "bar series name");
        values = List.copyOf(values);
    }

    /** Bars without intervals. */
    public static BarSeries of(String name, double... values) {
        return new BarSeries(
                name,
                Arrays.stream(values)
                        .mapToObj(value -> Optional.of(Estimate.exact(value)))
                        .toList());
    }

    /** Bars with intervals. */
    public static BarSeries of(String name, List<Estimate> values) {
        return new BarSeries(name, values.stream().map(Optional::of).toList());
    }
}
