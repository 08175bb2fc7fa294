package trainyard.scenario.verify.faults;

import java.util.Locale;
import java.util.Optional;
import trainyard.faults.replay.TemplateReplay;
import trainyard.faults.trace.MembershipTrace;
import trainyard.faults.trace.TraceFolder;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;

/**
 * Mean throughput on traces of nodes that come and go, against the simulators of the Oobleck artifact: within 2 % where one
 * node leaves per fixed period, within 30 % on spot traces.
 */
final class ThroughputFacts implements FactModel {

    private static final double FIXED = 0.02;
    private static final double SPOT = 0.3;

    private final TraceFolder traces;

    ThroughputFacts(TraceFolder traces) {
        this.traces = traces;
    }

    @Override
    public Optional<RowScore> score(Fact fact) {
        if (!fact.metric().equals("mean_throughput_under_failures")) {
            return Optional.empty();
        }
        if (fact.number().isEmpty()) {
            throw RowSkipped.notBuilt("whether a model fits a pipeline of this system");
        }
        if (!fact.system().equals("oobleck")) {
            throw RowSkipped.notBuilt("recovery of " + fact.system() + " on a trace");
        }
        String path = fact.parameters().required("trace");
        boolean fixed = path.substring(path.lastIndexOf('/') + 1).matches("\\d+[hm]");
        double predicted = replay(fact).meanSamplesPerSecond(trace(path));
        double share = fixed ? FIXED : SPOT;
        return Optional.of(fact.scored(predicted, Fact.GATED)
                .judged(
                        Math.abs(predicted - fact.value()) <= share * fact.value(),
                        String.format(Locale.ROOT, "within %.0f %%", 100 * share)));
    }

    private static TemplateReplay replay(Fact fact) {
        try {
            return TemplateReplay.published(fact.parameters().required("model"));
        } catch (IllegalArgumentException e) {
            throw RowSkipped.unknown(RowParameters.COLUMN, e.getMessage());
        }
    }

    /** The rows call the spot traces {@code gcp} and {@code p3}, the files {@code scale_gcp-trace.csv}. */
    private MembershipTrace trace(String path) {
        int slash = path.lastIndexOf('/');
        String scaled = path.substring(0, slash + 1) + "scale_" + path.substring(slash + 1) + "-trace.csv";
        return traces.file(path + ".csv")
                .or(() -> traces.file(scaled))
                .map(MembershipTrace::read)
                .orElseThrow(() -> RowSkipped.missing("trace " + path));
    }
}
