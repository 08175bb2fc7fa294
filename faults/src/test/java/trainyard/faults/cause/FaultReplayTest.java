package trainyard.faults.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import trainyard.faults.trace.NodeFaultTrace;
import trainyard.faults.trace.Outage;
import trainyard.faults.trace.OutageTrace;
import trainyard.faults.trace.TraceFolder;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.RandomStreams;

class FaultReplayTest {

    private static final OutageTrace STEPFUN = OutageTrace.of(
            NodeFaultTrace.read(TraceFolder.shipped()
                    .file("infinitehbd-stepfun-2024/fault_trace.json")
                    .orElseThrow()),
            400,
            "fault_trace.json");

    private static FaultReplay replay(OutageTrace trace, OptionalDouble start) {
        return new FaultReplay(trace, start, Visibility.EXPLICIT, Causes.MADE_UP);
    }

    private static List<Fault> all(FaultReplay replay, ClusterShape cluster, double seconds) {
        return Causes.until(seconds, FaultModel.of(List.of()).with(replay), cluster, new RandomStreams(6, 0));
    }

    /** Each outage of the trace is one fault: its start, its length, its cause; and a node of the trace one of the cluster. */
    @Test
    void theReplayIsTheTrace() {
        List<Fault> faults =
                all(replay(STEPFUN, OptionalDouble.of(0)), new ClusterShape(400, 8, 8), STEPFUN.spanSeconds());
        assertThat(faults).hasSameSizeAs(STEPFUN.outages());
        assertThat(lives(faults.stream()
                        .collect(Collectors.groupingBy(
                                Fault::firstNode,
                                Collectors.mapping(
                                        fault -> life(
                                                fault.nanos(),
                                                fault.repairNanos(),
                                                fault.cause().name()),
                                        Collectors.joining())))))
                .isEqualTo(lives(STEPFUN.outages().stream()
                        .collect(Collectors.groupingBy(
                                Outage::node, Collectors.mapping(FaultReplayTest::life, Collectors.joining())))));
    }

    /** What befell each node, whichever it is. */
    private static List<String> lives(Map<Integer, String> byNode) {
        return byNode.values().stream().sorted().toList();
    }

    private static String life(Outage outage) {
        long start = SimTime.nanos(outage.startSeconds());
        return life(start, SimTime.nanos(outage.endSeconds()) - start, "trace " + outage.cause());
    }

    /** To the microsecond: a time is the sum of a start and a length. */
    private static String life(long startNanos, long nanos, String cause) {
        return Math.round(startNanos / 1e3) + "+" + Math.round(nanos / 1e3) + " " + cause + ";";
    }

    /** 10 h of 20 h from hour 4 on: an outage that is over is left out, one that is open is there from time 0. */
    @Test
    void aLifeMayBeginWithinTheTrace() {
        OutageTrace trace = new OutageTrace(
                List.of(new Outage(0, 0, 3, "a"), new Outage(1, 2, 7, "a"), new Outage(0, 9, 11, "b")), 2, 20);
        List<Fault> faults = all(replay(trace, OptionalDouble.of(4)), new ClusterShape(2, 1, 1), 100);
        assertThat(faults.stream().map(Fault::nanos)).containsExactly(0L, 5_000_000_000L);
        assertThat(faults.stream().map(Fault::repairNanos)).containsExactly(3_000_000_000L, 2_000_000_000L);
    }

    /** Faults of a trace have no streams of their own, so that their names may be those of a log. */
    @Test
    void aRecordedCauseMayHaveASlash() {
        OutageTrace trace = new OutageTrace(List.of(new Outage(0, 1, 5, "hw/gpu")), 2, 20);
        List<Fault> faults = all(replay(trace, OptionalDouble.of(0)), new ClusterShape(2, 1, 1), 20);
        assertThat(faults.stream().map(fault -> fault.cause().name())).containsExactly("trace hw/gpu");
    }

    /** From a drawn time on the trace goes round: as many outages as nodes and time have in the mean. */
    @Test
    void aDrawnStartGoesRound() {
        FaultReplay replay = replay(STEPFUN, OptionalDouble.empty());
        List<Fault> faults = all(replay, new ClusterShape(400, 8, 8), 3 * STEPFUN.spanSeconds());
        assertThat((double) faults.size()).isCloseTo(3 * STEPFUN.outages().size(), within(40.0));
        assertThat(faults.stream().map(Fault::mark)).doesNotHaveDuplicates();
        assertThat(replay.secondsFromStart()).isInfinite();
    }

    /** The first node is out for 20 h of 100 h, over the end of the trace; the second one is never back; the third one is fine. */
    @Test
    void anOutageOverTheEndOfTheTraceIsOne() {
        OutageTrace trace = new OutageTrace(
                List.of(new Outage(0, 0, 10, "a"), new Outage(0, 90, 100, "b"), new Outage(1, 0, 100, "c")), 3, 100);
        FaultReplay replay = replay(trace, OptionalDouble.empty());
        for (int seed = 0; seed < 20; seed++) {
            List<Fault> faults = Causes.until(
                    1000, FaultModel.of(List.of()).with(replay), new ClusterShape(3, 1, 1), new RandomStreams(seed, 0));
            double out = 0;
            for (Fault fault : faults) {
                long end = Math.min(1000 * 1_000_000_000L, fault.nanos() + fault.repairNanos());
                out += SimTime.seconds(end - fault.nanos());
            }
            assertThat(out).as("seed %d", seed).isCloseTo(1000 + 200, within(1e-6));
            // No two faults of a node overlap or touch: the later one would find it in repair, and do nothing.
            assertThat(faults.stream().map(fault -> fault.cause().name()).distinct())
                    .containsExactlyInAnyOrder("trace b", "trace c");
        }
    }

    @Test
    void aSmallerClusterHasAShareOfTheOutages() {
        FaultReplay replay = replay(STEPFUN, OptionalDouble.of(0));
        ClusterShape half = new ClusterShape(200, 8, 8);
        double mean = 0;
        for (int i = 0; i < 60; i++) {
            mean += Causes.until(
                                    STEPFUN.spanSeconds(),
                                    FaultModel.of(List.of()).with(replay),
                                    half,
                                    new RandomStreams(2, i))
                            .size()
                    / 60.0;
        }
        assertThat(replay.stopsPerSecond(half) * STEPFUN.spanSeconds())
                .isCloseTo(STEPFUN.outages().size() / 2.0, within(1e-9));
        assertThat(mean).isCloseTo(STEPFUN.outages().size() / 2.0, within(15.0));
    }

    @Test
    void moreNodesThanTheTraceHasAreRefused() {
        assertThatThrownBy(() -> all(replay(STEPFUN, OptionalDouble.of(0)), new ClusterShape(401, 8, 8), 1))
                .hasMessageContaining("400");
    }
}
