package trainyard.scenario.verify;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The rows of one source and their errors. Percentages are over gated rows, over all compared rows where none is gated.
 *
 * @param source file name without {@code .csv}
 * @param rows in the order of the file
 */
public record SourceScore(String source, List<RowScore> rows) {

    private static final int WORST = 5;

    public SourceScore {
        rows = List.copyOf(rows);
    }

    public int compared() {
        return (int) rows.stream().filter(RowScore::compared).count();
    }

    public int skipped() {
        return rows.size() - compared();
    }

    /** Rows outside the tolerance they state or refused, gated or not. */
    public int failed() {
        return (int) failures().count();
    }

    /** Gated rows outside the tolerance they state, or refused. */
    public int failedGated() {
        return (int) failures().filter(RowScore::gated).count();
    }

    private Stream<RowScore> failures() {
        return rows.stream().filter(row -> row.status() == RowScore.Status.FAIL);
    }

    public int gated() {
        return (int) rows.stream().filter(RowScore::gated).count();
    }

    /** Mean of the absolute errors; empty where no row has an error. */
    public OptionalDouble meanAbsolutePercent() {
        return absoluteErrors().average();
    }

    public OptionalDouble medianPercent() {
        return quantile(0.5);
    }

    public OptionalDouble p90Percent() {
        return quantile(0.9);
    }

    public OptionalDouble maxPercent() {
        return absoluteErrors().max();
    }

    /** Mean of the signed errors. */
    public OptionalDouble biasPercent() {
        return counting().stream()
                .mapToDouble(row -> row.errorPercent().getAsDouble())
                .average();
    }

    /** The rows of largest absolute error, largest first, equal ones in the order of the file. */
    public List<RowScore> worst() {
        return counting().stream()
                .sorted(Comparator.comparingDouble(
                        (RowScore row) -> -Math.abs(row.errorPercent().getAsDouble())))
                .limit(WORST)
                .toList();
    }

    /** How many rows were skipped for which reason, in alphabetical order of the reasons. */
    public Map<String, Integer> skippedReasons() {
        Map<String, Integer> reasons = new TreeMap<>();
        rows.stream().filter(row -> !row.compared()).forEach(row -> reasons.merge(row.reason(), 1, Integer::sum));
        return reasons;
    }

    /** How many rows the simulator refused for which reason, in alphabetical order of the reasons. */
    public Map<String, Integer> refusedReasons() {
        Map<String, Integer> reasons = new TreeMap<>();
        rows.stream().filter(RowScore::isRefused).forEach(row -> reasons.merge(row.refusal(), 1, Integer::sum));
        return reasons;
    }

    /** The bands of the compared rows in alphabetical order, each scored as a source of its own; empty without bands. */
    public List<SourceScore> bands() {
        return rows.stream()
                .filter(row -> row.compared() && !row.band().isEmpty())
                .map(RowScore::band)
                .distinct()
                .sorted()
                .map(band -> new SourceScore(
                        band,
                        rows.stream().filter(row -> row.band().equals(band)).toList()))
                .toList();
    }

    /** The rows that the percentages are over. */
    public List<RowScore> counting() {
        boolean anyGated = gated() > 0;
        return rows.stream()
                .filter(row -> row.errorPercent().isPresent() && (anyGated ? row.gated() : row.compared()))
                .toList();
    }

    private DoubleStream absoluteErrors() {
        return counting().stream()
                .mapToDouble(row -> Math.abs(row.errorPercent().getAsDouble()));
    }

    /** Linear between order statistics (definition 7 of Hyndman and Fan, 1996). */
    private OptionalDouble quantile(double probability) {
        double[] sorted = absoluteErrors().sorted().toArray();
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        double position = probability * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return OptionalDouble.of(sorted[below] + (position - below) * (sorted[above] - sorted[below]));
    }
}
