package trainyard.faults.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import trainyard.faults.life.LifeOutcome;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.trace.MembershipTrace;
import trainyard.faults.trace.MembershipTrace.Event;
import trainyard.faults.trace.MembershipTrace.Kind;
import trainyard.faults.trace.TraceFolder;
import trainyard.sim.random.RandomStreams;

/** By hand: steps of 20 samples, 10 a second on 2 nodes and 14 on 3, and 5 s from a loss until the work goes on. */
class MembershipReplayTest {

    private static final ThroughputByNodes THROUGHPUT = new ThroughputByNodes(new TreeMap<>(Map.of(2, 10.0, 3, 14.0)));

    private static MembershipReplay replay(MeasuredSystem.Kind kind, int saveEvery, Event... events) {
        return new MembershipReplay(
                new MeasuredSystem(kind, THROUGHPUT, 20, 5, 0, saveEvery), new MembershipTrace(List.of(events)), 30);
    }

    private static LifeOutcome life(MembershipReplay replay) {
        return replay.life(new RandomStreams(1, 0));
    }

    /** On 3 nodes 66 of 66.5 steps from 5 s to 100 s, on 2 nodes 47 of 47.5 from 105 s to 200 s. */
    @Test
    void aLostNodeCostsARestartAndTheStepUnderWay() {
        for (MeasuredSystem.Kind kind : MeasuredSystem.Kind.values()) {
            LifeOutcome life = life(replay(
                    kind,
                    1,
                    new Event(0, Kind.ADD, "a"),
                    new Event(0, Kind.ADD, "b"),
                    new Event(0, Kind.ADD, "c"),
                    new Event(100, Kind.REMOVE, "a"),
                    new Event(200, Kind.REMOVE, "b")));
            assertThat(life.samples()).as(kind.name()).isEqualTo((66 + 47) * 20);
        }
    }

    /** Of the 66 steps 60 are in the last of the checkpoints, which come every ten. */
    @Test
    void aCheckpointKeepsWhatIsInIt() {
        LifeOutcome life = life(replay(
                MeasuredSystem.Kind.VARUNA,
                10,
                new Event(0, Kind.ADD, "a"),
                new Event(0, Kind.ADD, "b"),
                new Event(0, Kind.ADD, "c"),
                new Event(100, Kind.REMOVE, "a"),
                new Event(200, Kind.REMOVE, "b")));
        assertThat(life.samples()).isEqualTo((60 + 47) * 20);
    }

    /**
     * The nodes that come at 50 s are there at 80 s and work from 105 s on, when another one has left: 47 steps on two nodes,
     * then 66 on three. Until then they wait, two of them for 20 s and then 5 s with the others.
     */
    @Test
    void aNodeThatJoinsWaitsForTheNextRestart() {
        LifeOutcome life = life(replay(
                MeasuredSystem.Kind.OOBLECK,
                1,
                new Event(0, Kind.ADD, "a"),
                new Event(0, Kind.ADD, "b"),
                new Event(50, Kind.ADD, "c"),
                new Event(50, Kind.ADD, "d"),
                new Event(100, Kind.REMOVE, "a"),
                new Event(200, Kind.REMOVE, "b")));
        assertThat(life.samples()).isEqualTo((47 + 66) * 20);
        assertThat(life.ledger().gpuSeconds(GpuState.WAIT_FOR_NODES)).isCloseTo(2 * 20, within(1e-9));
        assertThat(life.ledger().gpuSeconds(GpuState.INITIALISE)).isCloseTo(2 * 5 + 3 * 5, within(1e-9));
    }

    @Test
    void tooFewNodesMakeNoProgressAndTooManyNoMore() {
        assertThat(THROUGHPUT.on(1)).isZero();
        assertThat(THROUGHPUT.on(9)).isEqualTo(14);
        assertThat(THROUGHPUT.least()).isEqualTo(2);
    }

    /** Published for the artifact's own simulators: 287.101 and 260.113 samples/s. */
    @Test
    void theArtifactIsReproduced() {
        MembershipTrace trace = MembershipTrace.read(
                TraceFolder.shipped().file("oobleck-artifact/6h.csv").orElseThrow());
        assertThat(published("oobleck", trace)).isCloseTo(287.101, within(0.1));
        assertThat(published("varuna", trace)).isCloseTo(260.113, within(1.0));
        assertThatThrownBy(() -> MeasuredSystem.published("oobleck", "Mixtral"))
                .hasMessageContaining("no measured throughput");
    }

    private static double published(String system, MembershipTrace trace) {
        return new MembershipReplay(MeasuredSystem.published(system, "BERT-large"), trace, 45)
                .meanSamplesPerSecond(new RandomStreams(1, 0));
    }
}
