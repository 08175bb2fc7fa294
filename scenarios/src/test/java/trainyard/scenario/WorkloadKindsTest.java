package trainyard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problems;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.source.YamlReader;
import trainyard.scenario.workload.BoundWorkload;
import trainyard.scenario.workload.RelayKind;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.metric.Metric;
import trainyard.sim.random.RandomStreams;

class WorkloadKindsTest {

    static Stream<WorkloadKind> kinds() {
        return Stream.concat(WorkloadKinds.all().stream(), Stream.of(new RelayKind()));
    }

    @Test
    void eachKindHasASectionOfItsOwn() {
        Set<String> keys = new HashSet<>();
        kinds().forEach(kind -> assertThat(keys.add(kind.section().key())).isTrue());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void namesAreUniqueAndExplained(WorkloadKind kind) {
        for (List<Metric> metrics : List.of(kind.metrics(), kind.series(), kind.samples())) {
            assertThat(metrics.stream().map(Metric::name)).doesNotHaveDuplicates();
            assertThat(metrics).allSatisfy(metric -> assertThat(metric.doc()).endsWith("."));
        }
        assertThat(kind.metrics()).isNotEmpty();
        assertThat(kind.quickReplications()).isPositive();
        assertThat(kind.states().values()).isSubsetOf(kind.metrics());
        assertThat(kind.dividedStates().values()).isSubsetOf(kind.metrics());
    }

    /** The example of the page: the mean of 4 hops of 2 ms is 8 ms, and a replication repeats itself. */
    @Test
    void theExampleOfThePageRuns() {
        RelayKind kind = new RelayKind();
        Section top = Section.of("", "A scenario.", kind.section());
        Problems problems = new Problems();
        Node node = YamlReader.read(new SourceText("relay.yaml", "relay: {hops: 4, delay: 2 ms}\n"));
        Values scenario = top.read(node, problems).orElseThrow();

        BoundWorkload bound = kind.bind(scenario, new Simulators());

        DoubleStream arrivals = IntStream.range(0, 2000).mapToDouble(replication -> arrival(bound, replication));
        assertThat(arrivals.average().orElseThrow()).isBetween(0.0077, 0.0083);
        assertThat(arrival(bound, 3)).isEqualTo(arrival(bound, 3));
    }

    private static double arrival(BoundWorkload bound, int replication) {
        return bound.with(new RandomStreams(1, replication))
                .run()
                .metrics()
                .values()
                .iterator()
                .next();
    }
}
