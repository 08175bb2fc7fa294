package trainyard.faults.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.random.Weibull;
import trainyard.sim.stats.Tally;

class FaultTimelineTest {

    private static final Provenance MADE_UP = new Provenance(Provenance.Kind.ASSUMED, "a test", "");
    private static final double HOUR = 3600;
    private static final ClusterShape CLUSTER = new ClusterShape(1024, 8, 16);

    private static FaultCause cause(String name, Scope scope, Distribution law) {
        return new FaultCause(name, scope, law, Visibility.EXPLICIT, Damage.NODE, new Fixed(HOUR), MADE_UP);
    }

    private static List<Fault> until(double seconds, ClusterShape cluster, int replication, FaultCause... causes) {
        FaultTimeline timeline = new FaultTimeline(List.of(causes), cluster, new RandomStreams(3, replication));
        List<Fault> faults = new ArrayList<>();
        while (timeline.nextNanos() <= seconds * 1e9) {
            faults.add(timeline.take());
        }
        return faults;
    }

    /** 1,024 nodes of 1,000 h: 1.024 faults an hour; 2,000 h give 2,048 of them, with a standard deviation of 45. */
    @Test
    void aPoissonProcessHasItsRate() {
        List<Fault> faults = until(2000 * HOUR, CLUSTER, 0, cause("node", Scope.NODE, new Exponential(1000 * HOUR)));
        assertThat((double) faults.size()).isCloseTo(2048, within(4 * 45.3));
        assertThat(faults).isSortedAccordingTo((a, b) -> Long.compare(a.nanos(), b.nanos()));
    }

    /**
     * Golden values of validation/faults/closed-forms.csv (cf.weibull): 1,024 new nodes of shape 0.7 and a mean of 43,830 h
     * have their first fault after 2.19 h in the mean, though the long-run time between faults is 42.8 h.
     */
    @Test
    void newComponentsFailAsTheLeastOfTheirTimes() {
        FaultCause cause = cause("node", Scope.NODE, Weibull.withMean(43_830 * HOUR, 0.7));
        Tally first = new Tally();
        for (int i = 0; i < 4000; i++) {
            FaultTimeline timeline = new FaultTimeline(List.of(cause), CLUSTER, new RandomStreams(5, i));
            first.add(timeline.nextNanos() / 1e9 / HOUR);
        }
        double standardError = first.standardDeviation() / Math.sqrt(first.count());
        assertThat(first.mean()).isCloseTo(2.19, within(4 * standardError));
        assertThat(standardError / first.mean()).isLessThan(0.03);
    }

    /** In the order-statistics form every component has one first fault, at the times that independent draws would have. */
    @Test
    void everyComponentFailsOnceBeforeItIsRenewed() {
        FirstFaults first = new FirstFaults(Weibull.withMean(100, 0.7), 500, new RandomStreams(1, 0).stream("first"));
        Set<Integer> seen = new HashSet<>();
        Tally times = new Tally();
        double before = 0;
        for (int i = 0; i < 500; i++) {
            assertThat(first.nextSeconds()).isGreaterThanOrEqualTo(before);
            before = first.nextSeconds();
            times.add(before);
            assertThat(seen.add(first.take())).isTrue();
        }
        assertThat(first.nextSeconds()).isInfinite();
        assertThat(times.mean()).isCloseTo(100, within(4 * 146 / Math.sqrt(500)));
    }

    /** Only the failed part is renewed: over many lives the rate is n over the mean, whatever the shape. */
    @Test
    void renewedComponentsReachTheLongRunRate() {
        FaultCause cause = cause("node", Scope.NODE, Weibull.withMean(10 * HOUR, 2));
        int faults = until(2000 * HOUR, new ClusterShape(50, 8, 8), 0, cause).size();
        assertThat((double) faults).isCloseTo(10_000, within(150.0));
    }

    @Test
    void anotherCauseMovesNothing() {
        FaultCause node = cause("node", Scope.NODE, new Exponential(1000 * HOUR));
        FaultCause gpu = cause("gpu", Scope.GPU, Weibull.withMean(50_000 * HOUR, 0.8));
        List<Fault> alone = until(500 * HOUR, CLUSTER, 7, node);
        List<Fault> both = until(500 * HOUR, CLUSTER, 7, gpu, node);
        assertThat(both.stream().filter(fault -> fault.cause().equals(node))).isEqualTo(alone);
        assertThat(until(500 * HOUR, CLUSTER, 8, node)).isNotEqualTo(alone);
    }

    @Test
    void scopesTakeTheirNodes() {
        ClusterShape cluster = new ClusterShape(20, 8, 16);
        assertThat(Scope.GPU.components(cluster)).isEqualTo(160);
        assertThat(Scope.GPU.firstNode(17, cluster)).isEqualTo(2);
        assertThat(Scope.RACK.components(cluster)).isEqualTo(2);
        assertThat(Scope.RACK.firstNode(1, cluster)).isEqualTo(16);
        assertThat(Scope.RACK.endNode(1, cluster)).isEqualTo(20);
        assertThat(Scope.CLUSTER.endNode(0, cluster)).isEqualTo(20);
        assertThat(Scope.NODE.endNode(3, cluster)).isEqualTo(4);
    }

    @Test
    void twoCausesOfOneNameAreRefused() {
        FaultCause node = cause("node", Scope.NODE, new Exponential(1));
        assertThatThrownBy(() -> new FaultTimeline(List.of(node, node), CLUSTER, new RandomStreams(1, 0)))
                .hasMessageContaining("node");
    }
}
