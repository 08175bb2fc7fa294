package trainyard.faults.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static trainyard.faults.cause.Causes.HOUR;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.Empirical;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.Gamma;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.RandomStreams;

class FaultTraitsTest {

    private static final ClusterShape CLUSTER = new ClusterShape(50, 8, 8, 4, 10, 2);

    private static List<Fault> until(double hours, FaultCause cause) {
        return Causes.until(hours * HOUR, FaultModel.of(List.of(cause)), CLUSTER, new RandomStreams(4, 1));
    }

    /** 73 % of the faults of Unicron's clusters were transient (He et al. 2024, arXiv 2401.00134). */
    private static boolean isTransient(Fault fault) {
        return fault.damage() != fault.cause().damage();
    }

    @Test
    void aShareOfTheFaultsTakesNoNode() {
        FaultCause plain = Causes.of("node", Scope.NODE, new Exponential(100 * HOUR));
        List<Fault> all = until(8000, plain);
        List<Fault> faults = until(8000, plain.with(FaultTraits.NONE.withTransientShare(0.73)));
        double share = faults.stream().filter(FaultTraitsTest::isTransient).count() / (double) faults.size();
        assertThat(share).isCloseTo(0.73, within(4 * Math.sqrt(0.73 * 0.27 / faults.size())));
        assertThat(faults).filteredOn(FaultTraitsTest::isTransient).allMatch(fault -> fault.damage() == Damage.RESTART);
        assertThat(faults).filteredOn(FaultTraitsTest::isTransient).allMatch(fault -> fault.repairNanos() == 0);
        // The same faults as without, of the same components, at the same times.
        assertThat(faults.stream().map(Fault::nanos))
                .isEqualTo(all.stream().map(Fault::nanos).toList());
        assertThat(faults.stream().map(Fault::mark))
                .isEqualTo(all.stream().map(Fault::mark).toList());
    }

    /** With fixed times one can count by hand: 100 h, then 100 x 0.5, then the floor of 30 % over and over. */
    @Test
    void wornPartsFailSoonerAndSooner() {
        FaultCause worn =
                Causes.of("node", Scope.NODE, new Fixed(100 * HOUR)).with(FaultTraits.NONE.with(new Wear(0.5, 0.3)));
        List<Fault> faults = Causes.until(
                250 * HOUR, FaultModel.of(List.of(worn)), new ClusterShape(1, 8, 1), new RandomStreams(1, 0));
        assertThat(faults.stream().map(fault -> fault.nanos() / 1e9 / HOUR))
                .containsExactly(100.0, 150.0, 180.0, 210.0, 240.0);
    }

    /** SuperBench's nodes: 719 h to the first incident, 152 h before the twentieth. */
    @Test
    void wearOfSuperBench() {
        Wear wear = new Wear(0.9215, 0.05);
        assertThat(719 * wear.share(19)).isCloseTo(152, within(1.0));
    }

    /** In the long run the rate is n over the mean, whatever the law of the time between faults. */
    @Test
    void everyLawHasItsLongRunRate() {
        double mean = 20 * HOUR;
        Empirical seen = Empirical.of(10 * HOUR, 10 * HOUR, 40 * HOUR);
        for (FaultCause cause : List.of(
                Causes.of("lognormal", Scope.NODE, new LogNormal(mean, 0.8)),
                Causes.of("gamma", Scope.NODE, Gamma.withMean(mean, 0.5)),
                Causes.of("empirical", Scope.NODE, seen))) {
            int faults = until(8000, cause).size();
            assertThat((double) faults).as(cause.name()).isCloseTo(20_000, within(400.0));
        }
    }

    @Test
    void scopesOfTheNetworkAndOfPower() {
        assertThat(Scope.LINK.components(CLUSTER)).isEqualTo(200);
        assertThat(Scope.LINK.firstNode(9, CLUSTER)).isEqualTo(2);
        assertThat(Scope.SWITCH.components(CLUSTER)).isEqualTo(5);
        assertThat(Scope.SWITCH.endNode(4, CLUSTER)).isEqualTo(50);
        assertThat(Scope.POWER.components(CLUSTER)).isEqualTo(4);
        assertThat(Scope.POWER.firstNode(3, CLUSTER)).isEqualTo(48);
        assertThat(Scope.POWER.endNode(3, CLUSTER)).isEqualTo(50);
        assertThat(Scope.STORAGE.endNode(0, CLUSTER)).isZero();
        assertThat(Scope.RACK.firstComponent(0, CLUSTER)).isZero();
        assertThat(Scope.RACK.firstComponent(48, CLUSTER)).isEqualTo(6);
        assertThat(Scope.RACK.firstComponent(50, CLUSTER)).isEqualTo(7);
        assertThat(Scope.GPU.firstComponent(50, CLUSTER)).isEqualTo(400);
    }

    @Test
    void slowFaultsSayHowLongTheyLast() {
        FaultCause hot = new FaultCause(
                "hot",
                Scope.GPU,
                new Exponential(1000 * HOUR),
                Visibility.SLOW,
                Damage.NODE,
                new Fixed(HOUR),
                Causes.MADE_UP,
                FaultTraits.NONE.with(new Slowdown(0.7, Optional.of(new Fixed(1800)))));
        assertThat(until(100, hot)).isNotEmpty().allMatch(fault -> fault.lastsNanos() == 1_800_000_000_000L);
        assertThat(hot.stopsJob()).isFalse();
    }

    @Test
    void contradictionsAreRefused() {
        assertThatThrownBy(() -> Causes.of("a", Scope.NODE, new Fixed(1))
                        .with(FaultTraits.NONE.with(new Slowdown(0.5, Optional.empty()))))
                .hasMessageContaining("slow");
        assertThatThrownBy(() -> Causes.of("a", Scope.JOB, new Fixed(1))).hasMessageContaining("job");
        assertThatThrownBy(() -> FaultModel.of(List.of(Causes.of("a/b", Scope.NODE, new Fixed(1)))))
                .hasMessageContaining("slash");
        assertThatThrownBy(() -> new Wear(1.5, 1)).hasMessageContaining("(0, 1]");
        assertThatThrownBy(() -> new Slowdown(1, Optional.empty())).hasMessageContaining("[0, 1)");
    }
}
