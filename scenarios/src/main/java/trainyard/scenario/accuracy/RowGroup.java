package trainyard.scenario.accuracy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import trainyard.report.figure.ScatterFigure;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.SourceScore;
import trainyard.scenario.verify.VerificationResult;

/**
 * Rows that share a colour in every chart: those of one source, or of a band of it.
 *
 * @param score the rows
 */
record RowGroup(SourceScore score) {

    /**
     * The groups that have rows to compare, those with most rows of the commonest unit first: small groups are then drawn
     * on top, and groups that the main chart lacks come last.
     */
    static List<RowGroup> of(VerificationResult result) {
        List<RowGroup> groups = new ArrayList<>();
        for (SourceScore source : result.sources()) {
            List<SourceScore> bands = source.bands();
            (bands.isEmpty() ? List.of(source) : bands).forEach(score -> groups.add(new RowGroup(score)));
        }
        groups.removeIf(group -> group.errors().isEmpty());
        String unit = commonestUnit(groups);
        groups.sort(Comparator.comparingLong((RowGroup group) -> -group.rowsIn(unit))
                .thenComparing(group -> -group.errors().size()));
        return List.copyOf(groups);
    }

    private static String commonestUnit(List<RowGroup> groups) {
        Map<String, Integer> counts = new TreeMap<>();
        groups.forEach(group -> group.errors().forEach(row -> counts.merge(row.unit(), 1, Integer::sum)));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("");
    }

    private long rowsIn(String unit) {
        return errors().stream().filter(row -> row.unit().equals(unit)).count();
    }

    String name() {
        return score.source();
    }

    /** Compared rows that have an error in per cent. */
    List<RowScore> errors() {
        return score.rows().stream()
                .filter(row -> row.compared() && row.errorPercent().isPresent())
                .toList();
    }

    /** The rows as points; those for which a coordinate is missing are left out. */
    static ScatterFigure.Mark mark(RowScore row, ToDoubleFunction<RowScore> x, ToDoubleFunction<RowScore> y) {
        return new ScatterFigure.Mark(x.applyAsDouble(row), y.applyAsDouble(row), "", row.id());
    }
}
