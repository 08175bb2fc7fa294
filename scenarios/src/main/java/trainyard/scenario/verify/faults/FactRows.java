package trainyard.scenario.verify.faults;

import java.util.List;
import java.util.Optional;
import trainyard.faults.trace.TraceFolder;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.sim.csv.CsvRow;

/** Scores facts: those that a model predicts are compared, the others are inputs of the presets and skipped. */
final class FactRows {

    private static final String INPUT = "input: a fact that feeds presets, no model of ours predicts it";
    private static final String RECALLED = "input: recalled, not checked against a text";

    private final List<FactModel> models;

    /**
     * @param traces where the traces lie
     */
    FactRows(TraceFolder traces) {
        this.models = List.of(
                new ThroughputFacts(traces),
                FactRows::withoutNumber,
                new TraceFacts(traces),
                new FailureRateFacts(),
                new TrainingTimeFacts(),
                new StandbyFacts(),
                new CheckpointFacts(),
                FactRows::awaitingSimulation);
    }

    private static Optional<RowScore> withoutNumber(Fact fact) {
        if (fact.number().isEmpty()) {
            throw RowSkipped.unknown("value", "not a finite number");
        }
        return Optional.empty();
    }

    /** Results that only the simulation of a policy can predict. */
    private static Optional<RowScore> awaitingSimulation(Fact fact) {
        boolean spare = fact.system().startsWith("SPARe");
        if (spare && (fact.metric().equals("TTT/T0") || fact.metric().equals("availability"))) {
            throw RowSkipped.notBuilt("time to train with shard redundancy or replication");
        }
        if (fact.metric().equals("relative_throughput")) {
            throw RowSkipped.notBuilt("comparison of recovery policies");
        }
        return Optional.empty();
    }

    static boolean accepts(List<String> header) {
        return header.containsAll(Fact.COLUMNS);
    }

    RowScore score(CsvRow row) {
        Fact fact = Fact.of(row);
        if (row.text("verified").equals("recalled")) {
            return RowScore.skipped(fact.id(), Fact.GATED, RECALLED);
        }
        try {
            for (FactModel model : models) {
                var score = model.score(fact);
                if (score.isPresent()) {
                    return score.get();
                }
            }
        } catch (RowSkipped skipped) {
            return RowScore.skipped(fact.id(), Fact.GATED, skipped.getMessage());
        } catch (IllegalArgumentException refused) {
            return RowScore.skipped(fact.id(), Fact.GATED, "refused: " + refused.getMessage());
        }
        return RowScore.skipped(fact.id(), Fact.GATED, INPUT);
    }
}
