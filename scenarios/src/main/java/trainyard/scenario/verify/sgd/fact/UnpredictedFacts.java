package trainyard.scenario.verify.sgd.fact;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.fact.Fact;
import trainyard.scenario.verify.fact.FactModel;

/** Says of facts that no model predicts what is lacking. */
final class UnpredictedFacts implements FactModel {

    private static final Pattern QUALITY =
            Pattern.compile("(?i).*(loss|perplexity|accuracy|error|hellaswag|\\bAP\\b|validation metric).*");
    private static final Set<String> SETTINGS = Set.of("powersgd_setup", "dutta_setup", "diloco_outer", "shallue");
    private static final Map<String, String> LACKING = Map.of(
            "tf_throughput", "seconds of a gradient of that model and the links",
            "goyal_time", "seconds of a gradient and the links",
            "goyal_scaling", "seconds of a gradient and the links",
            "akiba", "seconds of a gradient and the links",
            "optml_fashion", "processors that the processes shared",
            "fedscale_async", "times of the clients",
            "opendiloco", "seconds of a step and the links between sites",
            "decoupled_diloco", "failure rates",
            "powersgd_claims", "speed of the links",
            "adpsgd", "speed of the shared network");

    @Override
    public Optional<RowScore> score(Fact fact) {
        if (SETTINGS.contains(fact.subject())) {
            throw RowSkipped.input("a setting or a count of the source");
        }
        if (QUALITY.matcher(fact.metric()).matches()) {
            throw RowSkipped.notBuilt("training of networks and data sets of this size, whose quality is no output");
        }
        if (LACKING.containsKey(fact.subject())) {
            throw RowSkipped.missing(LACKING.get(fact.subject()));
        }
        if (fact.subject().equals("powersgd_table")) {
            throw RowSkipped.missing("speed of the links");
        }
        if (fact.subject().equals("gtopk")) {
            throw RowSkipped.input("a formula in words");
        }
        return Optional.empty();
    }
}
