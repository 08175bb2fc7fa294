package trainyard.scenario.verify.sgd;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.sim.csv.CsvRow;

/** Scores facts: those that a model predicts are compared, the others are named with the reason. */
final class FactRows {

    private static final String INPUT = "input: a fact that no model of ours predicts";
    private static final String RECALLED = "input: recalled, not checked against a text";
    private static final String NO_NUMBER = "column value: not a finite number";

    private final List<FactModel> models;

    /**
     * @param seed of simulations
     */
    FactRows(long seed) {
        this.models = List.of(
                new StreamingDilocoTable(),
                new LowCommunicationFacts(),
                new MeasuredStaleness(seed),
                new SyncAsyncFacts(),
                new LargeBatchFacts(),
                new CompressionFacts(),
                new UnpredictedFacts());
    }

    RowScore score(CsvRow row) {
        Fact fact = Fact.of(row);
        try {
            Optional<RowScore> score = models.stream()
                    .map(model -> model.score(fact))
                    .flatMap(Optional::stream)
                    .findFirst();
            return score.orElseGet(() -> RowScore.skipped(fact.id(), Fact.GATED, why(fact)));
        } catch (RowSkipped skipped) {
            return RowScore.skipped(fact.id(), Fact.GATED, skipped.getMessage());
        } catch (IllegalArgumentException refused) {
            return RowScore.skipped(fact.id(), Fact.GATED, "refused: " + refused.getMessage());
        }
    }

    /** Judges all facts of a table together. */
    List<RowScore> overall(List<RowScore> scores) {
        return Stream.of(StreamingDilocoTable.overall(scores), MeasuredStaleness.overall(scores))
                .flatMap(Optional::stream)
                .toList();
    }

    private static String why(Fact fact) {
        if (fact.row().text("verified").equals("recalled")) {
            return RECALLED;
        }
        return fact.number().isEmpty() ? NO_NUMBER : INPUT;
    }
}
