package trainyard.scenario.verify.faults.fact;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import trainyard.faults.replay.MeasuredSystem;
import trainyard.faults.replay.MembershipReplay;
import trainyard.faults.trace.MembershipTrace;
import trainyard.faults.trace.TraceFolder;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.fact.Fact;
import trainyard.scenario.verify.fact.FactModel;
import trainyard.sim.random.RandomStreams;

/**
 * Mean throughput on traces of nodes that come and go, against the simulators of the Oobleck artifact: those of Oobleck within
 * 2 % where one node leaves per fixed period and within 30 % on spot traces. For Varuna and Bamboo no target is stated; they are
 * compared only.
 */
final class ThroughputFacts implements FactModel {

    private static final double FIXED = 0.02;
    private static final double SPOT = 0.3;
    private static final String NO_TARGET = "no: a target is stated for Oobleck only";

    /** Traces that remove a node every so often are named after the period. */
    private static final Pattern FIXED_PERIOD = Pattern.compile("\\d+[hm]");

    /** Seconds in which the artifact creates an instance. */
    private static final double CREATION_SECONDS = 45;

    private static final List<String> SYSTEMS = List.of("oobleck", "varuna", "bamboo");

    private final TraceFolder traces;
    private final long seed;

    ThroughputFacts(TraceFolder traces, long seed) {
        this.traces = traces;
        this.seed = seed;
    }

    @Override
    public Optional<RowScore> score(Fact fact) {
        if (!fact.metric().equals("mean_throughput_under_failures")) {
            return Optional.empty();
        }
        if (fact.number().isEmpty()) {
            throw RowSkipped.missing("micro-batch of the run, which decides whether the model fits");
        }
        if (!SYSTEMS.contains(fact.subject())) {
            throw RowSkipped.notBuilt("recovery of " + fact.subject() + " on a trace");
        }
        String path = fact.parameters().required("trace");
        double predicted = replay(fact, trace(path)).meanSamplesPerSecond(new RandomStreams(seed, 0));
        if (!fact.subject().equals("oobleck")) {
            return Optional.of(fact.scored(predicted, NO_TARGET));
        }
        boolean fixed =
                FIXED_PERIOD.matcher(path.substring(path.lastIndexOf('/') + 1)).matches();
        double share = fixed ? FIXED : SPOT;
        return Optional.of(fact.scored(predicted, Fact.GATED)
                .judged(
                        Math.abs(predicted - fact.value()) <= share * fact.value(),
                        String.format(Locale.ROOT, "within %.0f %%", 100 * share)));
    }

    private static MembershipReplay replay(Fact fact, MembershipTrace trace) {
        try {
            MeasuredSystem system =
                    MeasuredSystem.published(fact.subject(), fact.parameters().required("model"));
            return new MembershipReplay(system, trace, CREATION_SECONDS);
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
