package trainyard.scenario.verify.faults.fact;

import java.util.List;
import java.util.Optional;
import trainyard.faults.trace.TraceFolder;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.fact.Fact;
import trainyard.scenario.verify.fact.FactModel;
import trainyard.scenario.verify.fact.FactTable;
import trainyard.sim.csv.CsvRow;

/** Scores facts: those that a model predicts are compared, the others are inputs of the presets and skipped. */
public final class FactRows {

    /** How a table of facts is laid out. */
    public static final FactTable TABLE = new FactTable(
            List.of("id", "system", "metric", "value", "unit", "params", "source", "locus", "verified", "provenance"),
            "system",
            RowParameters.COLUMN,
            (system, metric) -> metric.substring(metric.lastIndexOf(':') + 1));

    private static final String INPUT = "input: a fact that feeds presets, no model of ours predicts it";
    private static final String RECALLED = "input: recalled, not checked against a text";

    private final List<FactModel> models;

    /**
     * @param traces where the traces lie
     * @param seed of simulations
     */
    public FactRows(TraceFolder traces, long seed) {
        this.models = List.of(
                new ThroughputFacts(traces, seed),
                FactRows::withoutNumber,
                new TraceFacts(traces),
                new FailureRateFacts(),
                new TrainingTimeFacts(seed),
                new MaskingFacts(seed),
                new StandbyFacts(),
                new CheckpointFacts(),
                FactRows::comparison);
    }

    private static Optional<RowScore> withoutNumber(Fact fact) {
        if (fact.number().isEmpty()) {
            throw RowSkipped.unknown("value", "not a finite number");
        }
        return Optional.empty();
    }

    /** How many times as fast one system is as another. */
    private static Optional<RowScore> comparison(Fact fact) {
        if (fact.metric().equals("relative_throughput")) {
            throw RowSkipped.missing("job, cluster and faults, on which the ratio depends");
        }
        return Optional.empty();
    }

    /** Scores one fact. */
    public RowScore score(CsvRow row) {
        Fact fact = TABLE.read(row);
        return fact.isRecalled() ? fact.skipped(RECALLED) : fact.scoredBy(models, unknown -> INPUT);
    }
}
