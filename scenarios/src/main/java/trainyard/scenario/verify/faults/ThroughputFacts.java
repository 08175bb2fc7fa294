package trainyard.scenario.verify.faults;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import trainyard.faults.replay.MeasuredSystem;
import trainyard.faults.replay.MembershipReplay;
import trainyard.faults.trace.MembershipTrace;
import trainyard.faults.trace.TraceFolder;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.sim.random.RandomStreams;

/**
 * Mean throughput on traces of nodes that come and go, against the simulators of the Oobleck artifact: those of Oobleck within
 * 2 % where one node leaves per fixed period, all others within 30 %.
 */
final class ThroughputFacts implements FactModel {

    private static final double OOBLECK_FIXED = 0.02;
    private static final double OTHERS = 0.3;

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
        if (!SYSTEMS.contains(fact.system())) {
            throw RowSkipped.notBuilt("recovery of " + fact.system() + " on a trace");
        }
        String path = fact.parameters().required("trace");
        MembershipReplay replay = replay(fact, trace(path));
        double predicted = replay.meanSamplesPerSecond(new RandomStreams(seed, 0));
        String gate = replay.keepsLittle()
                ? "no: between two removals no checkpoint is written as a rule, and what is left hangs on chance"
                : Fact.GATED;
        boolean fixed = path.substring(path.lastIndexOf('/') + 1).matches("\\d+[hm]");
        double share = fixed && fact.system().equals("oobleck") ? OOBLECK_FIXED : OTHERS;
        return Optional.of(fact.scored(predicted, gate)
                .judged(
                        Math.abs(predicted - fact.value()) <= share * fact.value(),
                        String.format(Locale.ROOT, "within %.0f %%", 100 * share)));
    }

    private static MembershipReplay replay(Fact fact, MembershipTrace trace) {
        try {
            MeasuredSystem system =
                    MeasuredSystem.published(fact.system(), fact.parameters().required("model"));
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
