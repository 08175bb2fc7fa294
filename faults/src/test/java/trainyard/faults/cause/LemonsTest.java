package trainyard.faults.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static trainyard.faults.cause.Causes.HOUR;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import trainyard.faults.analytic.LemonNodes;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.random.Weibull;
import trainyard.sim.stats.Tally;

class LemonsTest {

    private static final ClusterShape CLUSTER = new ClusterShape(128, 8, 8);
    private static final double DAY = 24 * HOUR;

    private static Set<Integer> set(int[] nodes) {
        return Arrays.stream(nodes).boxed().collect(Collectors.toSet());
    }

    /** Each node is a lemon with the same probability, so that their number is binomial: 1,000 nodes, 2 %, 400 draws. */
    @Test
    void theNumberOfLemonsIsBinomial() {
        Tally count = new Tally();
        Lemons lemons = new Lemons(0.02, 10);
        for (int i = 0; i < 400; i++) {
            int[] nodes = lemons.nodes(1000, new RandomStreams(3, i));
            assertThat(nodes).isSorted().doesNotHaveDuplicates();
            assertThat(Arrays.stream(nodes).allMatch(node -> node >= 0 && node < 1000))
                    .isTrue();
            count.add(nodes.length);
        }
        assertThat(count.mean()).isCloseTo(20, within(4 * Math.sqrt(1000 * 0.02 * 0.98 / 400)));
        assertThat(count.variance()).isCloseTo(19.6, within(6.0));
        assertThat(new Lemons(1, 2).nodes(5, new RandomStreams(1, 0))).containsExactly(0, 1, 2, 3, 4);
    }

    /** The chance of at least one fault in a day, against its closed form; 6,000 clusters. */
    @Test
    void aDayWithLemonsFailsAsOftenAsTheClosedFormSays() {
        double perDay = 6.5e-3 / 10;
        Lemons lemons = new Lemons(0.02, 25);
        FaultModel model = FaultModel.of(List.of(Causes.of("node", Scope.NODE, new Exponential(DAY / perDay))))
                .with(lemons);
        int failed = 0;
        for (int i = 0; i < 6000; i++) {
            long first = new FaultTimeline(model, CLUSTER, new RandomStreams(11, i)).nextNanos();
            failed += first <= DAY * 1e9 ? 1 : 0;
        }
        double exact = new LemonNodes(CLUSTER.nodes(), perDay, 0.02, 25).failureWithinDay();
        assertThat(failed / 6000.0).isCloseTo(exact, within(4 * Math.sqrt(exact * (1 - exact) / 6000)));
    }

    /** Faults without memory: those of lemons come on top, and no other fault moves. */
    @Test
    void lemonsMoveNoFaultOfOtherNodes() {
        FaultCause gpu = Causes.of("gpu", Scope.GPU, new Exponential(2000 * HOUR));
        FaultCause rack = Causes.of("rack", Scope.RACK, new Exponential(500 * HOUR));
        RandomStreams streams = new RandomStreams(5, 2);
        FaultModel plain = FaultModel.of(List.of(gpu, rack));
        List<Fault> alike = Causes.until(400 * HOUR, plain, CLUSTER, streams);
        List<Fault> mixed = Causes.until(400 * HOUR, plain.with(new Lemons(0.05, 20)), CLUSTER, streams);
        assertThat(mixed).containsAll(alike);
        Set<Integer> lemons = set(new Lemons(0.05, 20).nodes(CLUSTER.nodes(), streams));
        assertThat(lemons).isNotEmpty();
        List<Fault> more =
                mixed.stream().filter(fault -> !alike.contains(fault)).toList();
        assertThat(more).isNotEmpty().allMatch(fault -> fault.cause().equals(gpu));
        assertThat(more).allMatch(fault -> lemons.contains(fault.firstNode()));
    }

    /** With memory, too, lemons fail their factor more often, and every component belongs to one of the two groups. */
    @Test
    void lemonsOfOtherLawsFailTheirFactorMoreOften() {
        FaultCause node = Causes.of("node", Scope.NODE, Weibull.withMean(100 * HOUR, 1.5));
        Lemons lemons = new Lemons(0.3, 5);
        RandomStreams streams = new RandomStreams(8, 0);
        Set<Integer> bad = set(lemons.nodes(CLUSTER.nodes(), streams));
        List<Fault> faults =
                Causes.until(4000 * HOUR, FaultModel.of(List.of(node)).with(lemons), CLUSTER, streams);
        double ofBad =
                faults.stream().filter(fault -> bad.contains(fault.firstNode())).count();
        double perBad = ofBad / bad.size();
        double perOther = (faults.size() - ofBad) / (CLUSTER.nodes() - bad.size());
        assertThat(perBad / perOther).isCloseTo(5, within(0.35));
        assertThat(faults.stream().map(Fault::firstNode).distinct()).hasSize(CLUSTER.nodes());
    }

    @Test
    void theMeanRateCountsLemons() {
        FaultModel model = FaultModel.of(List.of(
                        Causes.of("node", Scope.NODE, new Exponential(1000)),
                        Causes.of("rack", Scope.RACK, new Exponential(2000))))
                .with(new Lemons(0.1, 11));
        assertThat(model.stopsPerSecond(CLUSTER)).isCloseTo(0.128 * 2 + 16 / 2000.0, within(1e-12));
    }
}
