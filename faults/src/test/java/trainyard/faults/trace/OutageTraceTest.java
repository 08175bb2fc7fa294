package trainyard.faults.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutageTraceTest {

    @TempDir
    private Path folder;

    private TraceFile file(String text) throws IOException {
        return TraceFile.of(Files.writeString(folder.resolve("t.csv"), text));
    }

    @Test
    void outagesOfOneNodeThatTouchAreOne() {
        OutageTrace trace = new OutageTrace(
                List.of(
                        new Outage(0, 5, 7, "b"),
                        new Outage(0, 1, 5, "a"),
                        new Outage(1, 2, 3, "a"),
                        new Outage(0, 9, 10, "c")),
                2,
                10);
        assertThat(trace.outages())
                .containsExactly(new Outage(0, 1, 7, "a"), new Outage(1, 2, 3, "a"), new Outage(0, 9, 10, "c"));
    }

    /** The share of time out of use of the StepFun trace, which another reader counts (trace-stats: 2.3148 %). */
    @Test
    void theStepFunTraceKeepsItsUnavailability() {
        NodeFaultTrace faults = NodeFaultTrace.read(TraceFolder.shipped()
                .file("infinitehbd-stepfun-2024/fault_trace.json")
                .orElseThrow());
        OutageTrace trace = OutageTrace.of(faults, 400, "fault_trace.json");
        assertThat(trace.outageSeconds() / (400 * trace.spanSeconds())).isCloseTo(0.023148, within(5e-5));
    }

    /** At any time as many places are in use as there are instances. */
    @Test
    void instancesThatComeAndGoKeepTheirNumber() {
        MembershipTrace spot = MembershipTrace.read(
                TraceFolder.shipped().file("bamboo-spot/p3-trace.csv").orElseThrow());
        OutageTrace trace = OutageTrace.of(spot);
        assertThat(trace.nodes()).isEqualTo(spot.mostNodes());
        assertThat(trace.nodes() * trace.spanSeconds() - trace.outageSeconds())
                .isCloseTo(spot.nodeSeconds(), within(1e-3));
    }

    @Test
    void countsBecomeOutagesByHand() {
        InstanceCounts counts = new InstanceCounts(List.of(
                new InstanceCounts.Point(10, 2),
                new InstanceCounts.Point(15, 0),
                new InstanceCounts.Point(18, 1),
                new InstanceCounts.Point(20, 1)));
        assertThat(OutageTrace.of(counts).outages())
                .containsExactly(new Outage(0, 5, 8, "preemption"), new Outage(1, 5, 10, "preemption"));
        OutageTrace series = OutageTrace.of(new CapacitySeries(10, List.of(1, 0, 1)));
        assertThat(series.outages()).containsExactly(new Outage(0, 10, 20, "preemption"));
        assertThat(series.spanSeconds()).isEqualTo(30);
    }

    @Test
    void aTableOfOnesOwn() throws IOException {
        OutageTrace trace = OutageTable.read(file("node,start_h,end_h,cause\nn7,1,3,gpu\nn2,0.5,0.75,\n"), 4);
        assertThat(trace.outages())
                .containsExactly(new Outage(1, 1800, 2700, "unknown"), new Outage(0, 3600, 10_800, "gpu"));
        assertThat(trace.nodes()).isEqualTo(4);
    }

    /** With a stated length a node without an end is away until then, and nothing may lie beyond. */
    @Test
    void aTableMayCoverMoreThanItsLastEnd() throws IOException {
        OptionalDouble length = OptionalDouble.of(10 * 3600);
        OutageTrace trace = OutageTable.read(file("node,start_h,end_h\na,1,2\nb,4,\n"), 4, length);
        assertThat(trace.spanSeconds()).isEqualTo(36_000);
        assertThat(trace.outages())
                .containsExactly(new Outage(0, 3600, 7200, "unknown"), new Outage(1, 14_400, 36_000, "unknown"));
        assertThat(OutageTable.read(file("node,start_h,end_h\na,1,2\n"), 4, length)
                        .spanSeconds())
                .isEqualTo(36_000);
        for (String late : List.of("a,1,11", "a,11,", "a,11,12")) {
            assertThatThrownBy(() -> OutageTable.read(file("node,start_h,end_h\n" + late + "\n"), 4, length))
                    .as(late)
                    .isInstanceOf(TraceException.class)
                    .hasMessageContaining("t.csv:2:")
                    .hasMessageContaining("beyond the stated length");
        }
        assertThatThrownBy(() -> OutageTable.read(file("node,start_h,end_h\nb,4,\n"), 4))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("must not be empty where the length");
    }

    @Test
    void damagedTablesNameFileAndLine() throws IOException {
        for (String text : List.of(
                "node,start_h,end_h\na,1,0\n",
                "node,start_h,end_h\na,x,2\n",
                "node,start_h,end_h\na,1\n",
                "node,start_h,end_h\n,1,2\n")) {
            assertThatThrownBy(() -> OutageTable.read(file(text), 4))
                    .isInstanceOf(TraceException.class)
                    .hasMessageContaining("t.csv:2:");
        }
        assertThatThrownBy(() -> OutageTable.read(file("node,start_h,end_h\na,1,2\nb,1,2\n"), 1))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("2 nodes");
        assertThatThrownBy(() -> OutageTable.read(file("node,start_h,end_h\n"), 1))
                .isInstanceOf(TraceException.class);
    }
}
