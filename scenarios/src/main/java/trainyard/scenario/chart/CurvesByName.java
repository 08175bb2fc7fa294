package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.workload.detail.TimeSeries;

/**
 * The curves of a quantity in several replications, put together by their names: which team is the first to run, or whether it
 * runs at all, may differ from replication to replication.
 */
final class CurvesByName {

    private CurvesByName() {}

    /**
     * Per name, in the order in which names first occur, its curve in each replication. One without it had nothing of a part of
     * a whole, which is a curve of zeros; of any other quantity it tells nothing and is left out.
     *
     * @param runs the curves of each replication, whose names differ
     */
    static Map<String, List<TimeSeries>> of(List<List<TimeSeries>> runs) {
        Map<String, List<TimeSeries>> curves = new LinkedHashMap<>();
        for (List<TimeSeries> run : runs) {
            for (TimeSeries curve : run) {
                curves.computeIfAbsent(curve.name(), name -> inAll(curve, runs));
            }
        }
        return curves;
    }

    private static List<TimeSeries> inAll(TimeSeries example, List<List<TimeSeries>> runs) {
        List<TimeSeries> found = new ArrayList<>();
        for (List<TimeSeries> run : runs) {
            run.stream()
                    .filter(curve -> curve.name().equals(example.name()))
                    .findFirst()
                    .or(() -> zeros(example, run))
                    .ifPresent(found::add);
        }
        return found;
    }

    private static Optional<TimeSeries> zeros(TimeSeries example, List<TimeSeries> run) {
        if (run.isEmpty() || example.shape() != TimeSeries.Shape.STEP || !example.isPart()) {
            return Optional.empty();
        }
        double end = run.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(TimeSeries.At::seconds)
                .max()
                .orElse(0);
        List<TimeSeries.At> points = List.of(new TimeSeries.At(0, 0), new TimeSeries.At(end, 0));
        return Optional.of(new TimeSeries(
                example.quantity(), example.name(), example.shape(), points, example.clock(), example.measured()));
    }
}
