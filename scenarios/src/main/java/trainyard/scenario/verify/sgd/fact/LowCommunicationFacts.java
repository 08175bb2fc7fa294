package trainyard.scenario.verify.sgd.fact;

import java.util.Optional;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.fact.Fact;
import trainyard.scenario.verify.fact.FactModel;

/**
 * Bytes that Streaming DiLoCo (arXiv 2501.18512, tables 1 and 7) exchanges over a run. The paper does not state the batch, so one row
 * tells the bytes per token of data parallelism: 4418 TB for 250 billion. The streaming form sends 4 bits every 100 steps in place of
 * 16 in each.
 */
final class LowCommunicationFacts implements FactModel {

    private static final double TERABYTES_PER_BILLION_TOKENS = 4418.0 / 250;
    private static final double PERIOD = 100;
    private static final double GRADIENT_BITS = 16;
    private static final double FP4_BITS = 4;
    private static final double TOLERANCE = 0.01;

    @Override
    public Optional<RowScore> score(Fact fact) {
        if (!fact.subject().equals("streaming_diloco_overtrain")) {
            return Optional.empty();
        }
        RowParameters setting = fact.parameters();
        return switch (fact.metric()) {
            case "terabytes exchanged" ->
                Optional.of(held(
                        fact,
                        setting.number("token_budget_B")
                                * TERABYTES_PER_BILLION_TOKENS
                                * share(setting.required("method"))));
            case "hours spent with 1 Gbit/s" -> throw RowSkipped.missing("what the hours count");
            default -> Optional.empty();
        };
    }

    /** Of the bytes of data parallelism. */
    private static double share(String method) {
        return switch (method) {
            case "Data-Parallel" -> 1;
            case "Streaming DiLoCo FP4 M=2" -> FP4_BITS / (GRADIENT_BITS * PERIOD);
            default -> throw RowSkipped.missing("whether the bytes of " + method + " are those of all replicas");
        };
    }

    private static RowScore held(Fact fact, double predicted) {
        boolean within = Math.abs(predicted - fact.value()) <= Math.max(TOLERANCE * fact.value(), fact.rounding());
        return fact.scored(predicted, Fact.GATED)
                .judged(within, "held to 1 % or its last digit; bytes per token from the row of 250 billion");
    }
}
