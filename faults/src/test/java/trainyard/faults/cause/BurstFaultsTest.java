package trainyard.faults.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static trainyard.faults.cause.Causes.HOUR;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.RandomStreams;

class BurstFaultsTest {

    private static final ClusterShape CLUSTER = new ClusterShape(64, 8, 16);
    private static final Burst RACK = new Burst(Scope.RACK, 0.4, 600);

    private static FaultCause node(FaultTraits traits) {
        return Causes.of("psu", Scope.NODE, new Exponential(30_000 * HOUR)).with(traits);
    }

    private static List<Fault> faults(FaultTraits traits, double hours) {
        return Causes.until(hours * HOUR, FaultModel.of(List.of(node(traits))), CLUSTER, new RandomStreams(17, 0));
    }

    /** Each fault sets off 0.4 x 15 others of its rack in the mean: 7 faults for one. Rare enough that bursts lie apart. */
    @Test
    void aBurstHasItsMeanSize() {
        List<Fault> alone = faults(FaultTraits.NONE, 1e6);
        List<Fault> bursts = faults(FaultTraits.NONE.with(RACK), 1e6);
        assertThat(RACK.faultsPerTrigger(Scope.NODE, CLUSTER)).isCloseTo(7, within(1e-12));
        double standardError = Math.sqrt(15 * 0.4 * 0.6 / alone.size());
        assertThat((double) bursts.size() / alone.size()).isCloseTo(7, within(4 * standardError));
        assertThat(alone.size()).isGreaterThan(1500);
    }

    /** What follows lies in the rack of its trigger and within the window; the triggers are those without a burst. */
    @Test
    void followersAreNearInSpaceAndTime() {
        List<Fault> alone = faults(FaultTraits.NONE, 2e5);
        List<Fault> bursts = faults(FaultTraits.NONE.with(RACK), 2e5);
        assertThat(bursts).isSortedAccordingTo((a, b) -> Long.compare(a.nanos(), b.nanos()));
        List<Fault> open = new ArrayList<>();
        int triggers = 0;
        for (Fault fault : bursts) {
            boolean trigger = triggers < alone.size()
                    && alone.get(triggers).nanos() == fault.nanos()
                    && alone.get(triggers).mark() == fault.mark();
            if (trigger) {
                triggers++;
                open.add(fault);
            } else {
                assertThat(open)
                        .anyMatch(source -> source.firstNode() / 16 == fault.firstNode() / 16
                                && source.firstNode() != fault.firstNode()
                                && fault.nanos() - source.nanos() <= 600e9);
            }
        }
        assertThat(triggers).isEqualTo(alone.size());
    }

    @Test
    void aSureBurstTakesTheWholeDomain() {
        List<Fault> faults = faults(FaultTraits.NONE.with(new Burst(Scope.CLUSTER, 1, 0)), 2e4);
        assertThat(faults.size() % 64).isZero();
        assertThat(faults.subList(0, 64).stream().map(Fault::firstNode).distinct())
                .hasSize(64);
    }

    @Test
    void gpusSpreadOverTheirRack() {
        FaultCause gpu = Causes.of("gpu", Scope.GPU, new Exponential(1e6 * HOUR))
                .with(FaultTraits.NONE.with(new Burst(Scope.RACK, 1, 1)));
        List<Fault> faults = Causes.until(
                1e4 * HOUR, FaultModel.of(List.of(gpu)), new ClusterShape(20, 8, 16), new RandomStreams(1, 1));
        long rack = faults.get(0).firstNode() / 16;
        int size = rack == 0 ? 128 : 32;
        assertThat(faults.subList(0, size)).allMatch(fault -> fault.firstNode() / 16 == rack);
        assertThat(faults.subList(0, size).stream().map(Fault::component).distinct())
                .hasSize(size);
    }

    @Test
    void nothingSpreadsWithinANode() {
        assertThatThrownBy(() -> new Burst(Scope.NODE, 0.5, 1)).hasMessageContaining("NODE");
        assertThatThrownBy(() -> new Burst(Scope.RACK, 0, 1)).hasMessageContaining("probability");
    }
}
