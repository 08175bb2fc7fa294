package trainyard.faults.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceReadersTest {

    private static final String EVENT = "{\"node_id\":\"a\",\"event_time\":%s,\"event_type\":\"%s\",\"fault_type\":"
            + "{\"Level\":\"Hardware Failure\",\"Class\":\"GPU\",\"Desc\":\"lost\"}}";

    @TempDir
    private Path folder;

    /** Figures of the trace's own README: 400 servers, 231 of them faulty, 348 days. */
    @Test
    void theShippedTraceOfStepFunHasTheFaultsThatItsSourceStates() {
        NodeFaultTrace trace = NodeFaultTrace.read(TraceFolder.shipped()
                .file("infinitehbd-stepfun-2024/fault_trace.json")
                .orElseThrow());
        assertThat(trace.intervals()).hasSize(584);
        assertThat(trace.intervals().stream().map(FaultInterval::node).distinct())
                .hasSize(231);
        assertThat(trace.spanDays()).isBetween(348.0, 349.0);
    }

    @Test
    void anEndBelongsToTheOldestStartOfItsFault() throws IOException {
        NodeFaultTrace trace = faults(event("1", "fault_start"), event("2", "fault_start"), event("4", "fault_end"));
        assertThat(trace.intervals()).extracting(FaultInterval::startDays).containsExactly(1.0, 2.0);
        assertThat(trace.intervals()).extracting(FaultInterval::endDays).containsExactly(4.0, 4.0);
        assertThat(trace.intervals().get(0).hours()).isEqualTo(72);
    }

    @Test
    void aDamagedFaultTraceNamesItsLine() {
        assertThatThrownBy(() -> faults(event("1", "fault_end")))
                .hasMessageEndingWith("t.json:2: a fault ends that did not start");
        assertThatThrownBy(() -> faults(event("2", "fault_start"), event("1", "fault_end")))
                .hasMessageContaining("t.json:3: event_time must be a number, not before");
        assertThatThrownBy(() -> faults(event("\"x\"", "fault_start"))).hasMessageContaining("t.json:2: event_time");
        assertThatThrownBy(() -> faults(event("1", "fault"))).hasMessageContaining("event_type must be");
        assertThatThrownBy(() -> faults("{\"node_id\":}")).hasMessageContaining("t.json:2: not JSON");
        assertThatThrownBy(() -> faults("{\"event_time\":1}"))
                .hasMessageContaining("node_id must be a text")
                .isInstanceOf(TraceException.class);
        assertThatThrownBy(() -> faults("7")).hasMessageContaining("t.json:2: expected an event");
    }

    private static String event(String time, String type) {
        return String.format(EVENT, time, type);
    }

    private NodeFaultTrace faults(String... events) throws IOException {
        return NodeFaultTrace.read(write("t.json", "[\n" + String.join(",\n", events) + "]\n"));
    }

    @Test
    void aCompressedFileIsUnpackedAndSaysWhereItBreaks() throws IOException {
        String rows = "0,add,a\n1000,add,b\n" + "2000,remove,a\n";
        byte[] packed = gzip(rows.getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("good.csv.gz"), packed);
        TraceFile good = TraceFolder.of(folder).file("good.csv").orElseThrow();
        assertThat(MembershipTrace.read(good).events()).hasSize(3);
        Path broken = folder.resolve("broken.csv.gz");
        Files.write(broken, Arrays.copyOf(packed, packed.length - 9));
        assertThatThrownBy(() -> MembershipTrace.read(TraceFile.of(broken)))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("broken.csv.gz:")
                .hasMessageContaining("damaged from here on");
        Path plain = folder.resolve("plain.csv.gz");
        Files.writeString(plain, rows);
        assertThatThrownBy(() -> MembershipTrace.read(TraceFile.of(plain)))
                .hasMessageContaining("plain.csv.gz:1: damaged");
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    /** Two nodes, then one for 3 s, then two again: 2 + 3 + 2 node-seconds over 5 s. */
    @Test
    void membershipIsCounted() throws IOException {
        MembershipTrace trace =
                MembershipTrace.read(write("m.csv", "1000,add,a\n1000,add,b\n2000,remove,a\n5000,add,c\n6000,add,d\n"));
        assertThat(trace.spanSeconds()).isEqualTo(5);
        assertThat(trace.nodeSeconds()).isEqualTo(7);
        assertThat(trace.mostNodes()).isEqualTo(3);
        assertThat(trace.count(MembershipTrace.Kind.ADD)).isEqualTo(4);
        assertThat(trace.count(MembershipTrace.Kind.REMOVE)).isEqualTo(1);
    }

    @Test
    void aDamagedMembershipTraceNamesItsLine() {
        assertThatThrownBy(() -> membership("0,add,a\n0,add,a\n"))
                .hasMessageEndingWith(":2: column node: a has already joined");
        assertThatThrownBy(() -> membership("0,remove,a\n")).hasMessageEndingWith(":1: column node: a has not joined");
        assertThatThrownBy(() -> membership("5,add,a\n4,add,b\n"))
                .hasMessageContaining(":2: column time_ms: lies before");
        assertThatThrownBy(() -> membership("5,join,a\n")).hasMessageContaining("expected add or remove");
        assertThatThrownBy(() -> membership("-5,add,a\n")).hasMessageContaining("must not be negative");
        assertThatThrownBy(() -> membership("5,add\n")).hasMessageContaining(":1: 2 cells where 3 are expected");
        assertThatThrownBy(() -> membership(""))
                .hasMessageContaining(":1: no events")
                .isInstanceOf(TraceException.class);
    }

    private MembershipTrace membership(String rows) throws IOException {
        return MembershipTrace.read(write("m.csv", rows));
    }

    @Test
    void capacityIsCutIntoStretches() throws IOException {
        CapacitySeries series = capacity("{\"metadata\":{\"gap_seconds\":10},\"data\":[1,1,0,2,0,0]}");
        assertThat(series.meanCapacityFraction()).isCloseTo(4.0 / 12, within(1e-15));
        assertThat(series.runSeconds(true)).containsExactly(20.0, 10.0);
        assertThat(series.runSeconds(false)).containsExactly(10.0, 20.0);
        assertThatThrownBy(() -> capacity("{\"metadata\":{\"gap_seconds\":10},\n\"data\":[1,\n-1]}"))
                .hasMessageEndingWith("c.json:3: data must hold whole numbers of at least 0");
        assertThatThrownBy(() -> capacity("{\"data\":[1]}")).hasMessageContaining("no metadata with gap_seconds");
        assertThatThrownBy(() -> capacity("{\"data\":[1")).hasMessageContaining("c.json:1: not JSON");
        assertThatThrownBy(() -> capacity("[]")).hasMessageContaining("expected an object");
    }

    private CapacitySeries capacity(String json) throws IOException {
        return CapacitySeries.read(write("c.json", json));
    }

    @Test
    void aFailureLogIsReadByItsColumns() throws IOException {
        String header =
                "System,nodes,Prob Started,Down Time,Facilities,Hardware,Human Error,Network,Undetermined,Software\n";
        FailureLog log = FailureLog.read(
                write("l.csv", header + "2,49,6/21/2005 10:54,6,,disk,,,,\n3,,1/2/1996 0:05,60,,,,,,x\n"));
        assertThat(log.ofSystem(2).records()).hasSize(1);
        assertThat(log.ofYears(1996, 1999).records().get(0).cause()).isEqualTo(Optional.of("Software"));
        assertThat(log.ofCause("Hardware").records().get(0).downMinutes()).isEqualTo(6);
        assertThatThrownBy(() -> FailureLog.read(write("l.csv", header + "2,49,yesterday,6,,disk,,,,\n")))
                .hasMessageContaining("l.csv:2: column Prob Started: expected a time");
        assertThatThrownBy(() -> FailureLog.read(write("l.csv", "System\n2\n")))
                .hasMessageContaining("no column nodes");
    }

    @Test
    void livesOfGpusAndDisks() throws IOException {
        GpuLifetimes lives =
                GpuLifetimes.read(write("g.csv", "SN,duration,event\n1,31557600,DBE\n1,,OTB\n2,31557600,\n"));
        assertThat(lives.years()).isEqualTo(2);
        assertThat(lives.gpus()).isEqualTo(2);
        assertThat(lives.count("OTB")).isEqualTo(1);
        GpuBatches batches =
                GpuBatches.read(write("b.csv", "batch,years,dead\nold,2,TRUE\nold,2,FALSE\nnew,1,FALSE\n"));
        assertThat(batches.ofBatch("old").deaths() / batches.ofBatch("old").years())
                .isEqualTo(0.25);
        assertThatThrownBy(() -> GpuBatches.read(write("b.csv", "batch,years,dead\nold,2,maybe\n")))
                .hasMessageContaining("b.csv:2: column dead: expected TRUE or FALSE");
        DiskFailures disks =
                DiskFailures.read(write("d.csv", "Timestamp\n2019-03-10T01:30:00-0500\n2019-03-10T03:30:00-0400\n"));
        assertThat(disks.epochSeconds().get(1) - disks.epochSeconds().get(0)).isEqualTo(3_600);
        assertThatThrownBy(() -> DiskFailures.read(write("d.csv", "Timestamp\nnow\n")))
                .hasMessageContaining("d.csv:2");
    }

    @Test
    void countsOfInstancesAreWeightedByTheirTime() throws IOException {
        InstanceCounts counts = InstanceCounts.read(write("i.csv", "0,2\n1000,4\n3000,0\n"), 1e-3);
        assertThat(counts.instanceSeconds()).isEqualTo(10);
        assertThat(counts.spanSeconds()).isEqualTo(3);
        assertThat(counts.most()).isEqualTo(4);
        assertThatThrownBy(() -> InstanceCounts.read(write("i.csv", "5,2\n1,4\n"), 1))
                .hasMessageContaining("i.csv:2");
    }

    @Test
    void aClockIsSortedAndCountsFromItsStart() throws IOException {
        InstanceCounts counts = InstanceCounts.readClock(
                write("c.txt", "2021-12-10, 23:59:50, 8\n2021-12-11, 00:00:10, 2\n2021-12-11, 00:00:00, 6\n"));
        assertThat(counts.points()).extracting(InstanceCounts.Point::count).containsExactly(8, 6, 2);
        assertThat(counts.instanceSeconds()).isEqualTo(140);
        assertThatThrownBy(() -> InstanceCounts.readClock(write("c.txt", "2021-12-10, noon, 8\n")))
                .hasMessageContaining("c.txt:1: column time: expected a time");
        assertThatThrownBy(() -> InstanceCounts.readClock(write("c.txt", "2021-12-10, 23:59:50, 8\n")))
                .hasMessageContaining("c.txt:1: covers no time");
        assertThatThrownBy(() ->
                        InstanceCounts.readClock(write("c.txt", "2021-12-10, 23:59:50, 8\n0221-12-10, 23:59:50, 8\n")))
                .hasMessageContaining("c.txt:1: covers more than 100 years");
    }

    @Test
    void nothingOutsideTheFolderIsRead() {
        assertThat(TraceFolder.of(folder).file("../../etc/passwd")).isEmpty();
        assertThat(TraceFolder.of(folder).file("/etc/passwd")).isEmpty();
        assertThat(TraceFolder.NONE.or(TraceFolder.shipped()).file("oobleck-artifact/6h.csv"))
                .isPresent();
    }

    /** Two faults of one node that overlap are one outage. */
    @Test
    void overlappingFaultsOfANodeCountOnce() {
        NodeFaultTrace trace = new NodeFaultTrace(List.of(fault("a", 1, 3), fault("a", 2, 5), fault("b", 4, 6)), 10);
        ConcurrentFaults down = ConcurrentFaults.of(trace);
        assertThat(down.daysByCount())
                .containsEntry(0, 5.0)
                .containsEntry(1, 4.0)
                .containsEntry(2, 1.0);
        assertThat(down.mean()).isCloseTo(0.6, within(1e-15));
        assertThat(down.quantile(0.5)).isZero();
        assertThat(down.quantile(0.9)).isEqualTo(1);
        assertThat(down.most()).isEqualTo(2);
    }

    private static FaultInterval fault(String node, double start, double end) {
        return new FaultInterval(node, start, end, "hardware", "GPU", "lost");
    }

    private TraceFile write(String name, String content) throws IOException {
        return TraceFile.of(Files.writeString(folder.resolve(name), content));
    }
}
