package trainyard.scenario.verify.sgd.fact;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.fact.Fact;
import trainyard.scenario.verify.fact.FactModel;
import trainyard.scenario.verify.fact.FactTable;
import trainyard.sim.csv.CsvRow;

/** Scores facts: those that a model predicts are compared, the others are named with the reason. */
public final class FactRows {

    /** How a table of facts is laid out. */
    public static final FactTable TABLE = new FactTable(
            List.of("id", "topic", "setting", "metric", "value", "unit", "note", "verified", "source"),
            "topic",
            "setting",
            (topic, metric) -> topic + " " + metric);

    private static final String INPUT = "input: a fact that no model of ours predicts";
    private static final String RECALLED = "input: recalled, not checked against a text";
    private static final String NO_NUMBER = "column value: not a finite number";

    private final List<FactModel> models;

    /**
     * @param seed of simulations
     */
    public FactRows(long seed) {
        this.models = List.of(
                new StreamingDilocoTable(),
                new LowCommunicationFacts(),
                new MeasuredStaleness(seed),
                new SyncAsyncFacts(),
                new LargeBatchFacts(),
                new CompressionFacts(),
                new UnpredictedFacts());
    }

    /** Scores one fact. */
    public RowScore score(CsvRow row) {
        return TABLE.read(row).scoredBy(models, FactRows::why);
    }

    /** Judges all facts of a table together. */
    public List<RowScore> overall(List<RowScore> scores) {
        return Stream.of(StreamingDilocoTable.overall(scores), MeasuredStaleness.overall(scores))
                .flatMap(Optional::stream)
                .toList();
    }

    private static String why(Fact fact) {
        if (fact.isRecalled()) {
            return RECALLED;
        }
        return fact.number().isEmpty() ? NO_NUMBER : INPUT;
    }
}
