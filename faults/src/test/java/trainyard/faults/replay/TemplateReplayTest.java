package trainyard.faults.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import trainyard.faults.trace.MembershipTrace;
import trainyard.faults.trace.MembershipTrace.Event;
import trainyard.faults.trace.MembershipTrace.Kind;
import trainyard.faults.trace.TraceFolder;

class TemplateReplayTest {

    private static final TemplateReplay REPLAY =
            new TemplateReplay(new ThroughputByNodes(new TreeMap<>(Map.of(2, 10.0, 3, 14.0))), 20, 5);

    /** 100 s on 3 nodes, 100 s on 2 less 5 s and half a step: 1400 + 1000 - 50 - 10. */
    @Test
    void aLostNodeCostsAReconfigurationAndHalfAStep() {
        MembershipTrace trace = new MembershipTrace(List.of(
                new Event(0, Kind.ADD, "a"),
                new Event(0, Kind.ADD, "b"),
                new Event(0, Kind.ADD, "c"),
                new Event(100, Kind.REMOVE, "a"),
                new Event(200, Kind.REMOVE, "b")));
        assertThat(REPLAY.meanSamplesPerSecond(trace)).isCloseTo(2_340 / 200.0, within(1e-12));
    }

    /** The node that joins at 50 s works from 100 s on, when another one leaves: two nodes all the time. */
    @Test
    void aNodeThatJoinsWaitsForTheNextReconfiguration() {
        MembershipTrace trace = new MembershipTrace(List.of(
                new Event(0, Kind.ADD, "a"),
                new Event(0, Kind.ADD, "b"),
                new Event(50, Kind.ADD, "c"),
                new Event(50, Kind.ADD, "d"),
                new Event(100, Kind.REMOVE, "a"),
                new Event(200, Kind.REMOVE, "b")));
        assertThat(REPLAY.meanSamplesPerSecond(trace)).isCloseTo((1_000 + 1_400 - 70 - 10) / 200.0, within(1e-12));
    }

    @Test
    void tooFewNodesMakeNoProgressAndTooManyNoMore() {
        assertThat(REPLAY.throughput().on(1)).isZero();
        assertThat(REPLAY.throughput().on(9)).isEqualTo(14);
    }

    /** Published for the artifact's own simulator: 287.101 samples/s. */
    @Test
    void theArtifactIsReproduced() {
        MembershipTrace trace = MembershipTrace.read(
                TraceFolder.shipped().file("oobleck-artifact/6h.csv").orElseThrow());
        assertThat(TemplateReplay.published("BERT-large").meanSamplesPerSecond(trace))
                .isCloseTo(287.101, within(0.05));
        assertThatThrownBy(() -> TemplateReplay.published("Mixtral")).hasMessageContaining("no measured throughput");
    }
}
