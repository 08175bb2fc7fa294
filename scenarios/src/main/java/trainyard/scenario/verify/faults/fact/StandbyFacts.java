package trainyard.scenario.verify.faults.fact;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.faults.analytic.SpareNodes;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.fact.Fact;
import trainyard.scenario.verify.fact.FactModel;

/** Standby machines of ByteRobust (SOSP 2025, table 5), the binomial quantile of a day's failures; exact. */
final class StandbyFacts implements FactModel {

    /**
     * Chance that a machine fails within a day. The paper does not print it; only 1.164e-3 to 1.251e-3 gives all four of
     * its counts at once.
     */
    private static final double DAILY_FAILURE_PROBABILITY = 1.2e-3;

    private static final double CONFIDENCE = 0.99;
    private static final Pattern MACHINES = Pattern.compile("(\\d{1,7})x\\d+.*");

    @Override
    public Optional<RowScore> score(Fact fact) {
        if (!fact.metric().equals("P99 standby machines")) {
            return Optional.empty();
        }
        Matcher machines =
                MACHINES.matcher(fact.parameters().text("machines x GPUs").orElse(""));
        if (!machines.matches()) {
            throw RowSkipped.missing("parameter machines x GPUs");
        }
        int predicted = SpareNodes.quantile(Integer.parseInt(machines.group(1)), DAILY_FAILURE_PROBABILITY, CONFIDENCE);
        return Optional.of(fact.scored(predicted, Fact.GATED).judged(predicted == fact.value(), "exact"));
    }
}
