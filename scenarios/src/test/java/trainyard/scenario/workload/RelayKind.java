package trainyard.scenario.workload;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import trainyard.parallel.step.cost.Span;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.units.Dimension;

/** {@code relay}: a message that is handed on from host to host. The example of docs/extending/add-a-study.md. */
public final class RelayKind implements WorkloadKind {

    private static final Field<Long> HOPS = Field.of("hops", IntegerType.between(1, 1000), "Hosts after the first.")
            .asRequired();
    private static final Field<Double> DELAY = Field.of(
                    "delay", QuantityType.positive(Dimension.DURATION), "Mean time of a hop, exponential.")
            .orElse("1 ms");
    private static final Field<Values> SECTION = Field.of(
            "relay", Section.of("relay", "A message handed on.", HOPS, DELAY), "A message handed from host to host.");

    private static final Metric ARRIVAL = new Metric(
            "arrival",
            Dimension.DURATION,
            "ms",
            0.001,
            Bounds.NOT_NEGATIVE,
            Better.LOWER,
            "Time until the last host has the message.");

    @Override
    public Field<Values> section() {
        return SECTION;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(ARRIVAL);
    }

    @Override
    public int quickReplications() {
        return 20;
    }

    @Override
    public BoundWorkload bind(Values scenario, Simulators simulators) {
        Values relay = scenario.get(SECTION);
        long hops = relay.get(HOPS);
        Exponential delay = new Exponential(relay.get(DELAY));
        return streams -> new Relay(hops, delay, streams);
    }

    private record Relay(long hops, Exponential delay, RandomStreams streams) implements Workload {

        @Override
        public Outcome run() {
            ContinuousSampler hop = delay.sampler(streams.stream("relay/hop"));
            double seconds = 0;
            for (long i = 0; i < hops; i++) {
                seconds += hop.sample();
            }
            return new Outcome(Map.of(ARRIVAL, seconds), Map.of(), Optional.empty(), Optional.empty());
        }

        @Override
        public List<Span> timeline() {
            return List.of();
        }
    }
}
