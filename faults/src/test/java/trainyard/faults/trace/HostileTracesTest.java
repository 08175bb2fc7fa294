package trainyard.faults.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A damaged trace is read or refused with file and line, whatever was changed; nothing else is thrown. */
class HostileTracesTest {

    private static final int MUTATIONS = 1000;
    private static final int MOST_LINES = 60;
    private static final String SPECIAL = "\"'{}[]()$`\\#=-,:0123456789\n \t\u0000\uFFFCeE.+NI";
    private static final String EVENT =
            "{\"node_id\":\"%s\",\"event_time\":%d,\"event_type\":\"fault_%s\",\"fault_type\":"
                    + "{\"Level\":\"Hardware Failure\",\"Class\":\"GPU\",\"Desc\":\"lost\"}}";

    @TempDir
    private Path folder;

    static Stream<Arguments> traces() {
        return Stream.of(
                trace("membership.csv", shipped("oobleck-artifact/6h.csv"), MembershipTrace::read),
                trace("spot.csv", shipped("bamboo-spot/p3-trace.csv"), MembershipTrace::read),
                trace("faults.json", events(), NodeFaultTrace::read),
                trace(
                        "capacity.json",
                        "{\"metadata\":{\"gap_seconds\":10},\n\"data\":[1,1,0,2,0,0,\n3,4,4]}\n",
                        CapacitySeries::read),
                trace("counts.csv", "0,2\n1000,4\n3000,0\n4000,7\n", file -> InstanceCounts.read(file, 1e-3)),
                trace(
                        "clock.txt",
                        "2021-12-10, 23:59:50, 8\n2021-12-11, 00:00:10, 2\n2021-12-11, 00:00:00, 6\n",
                        InstanceCounts::readClock),
                trace(
                        "log.csv",
                        "System,nodes,Prob Started,Down Time,Facilities,Hardware,Human Error,Network,Undetermined,Software\n"
                                + "2,49,6/21/2005 10:54,6,,disk,,,,\n3,,1/2/1996 0:05,60,,,,,,x\n",
                        FailureLog::read),
                trace("lives.csv", "SN,duration,event\n1,31557600,DBE\n1,,OTB\n2,31557600,\n", GpuLifetimes::read),
                trace("batches.csv", "batch,years,dead\nold,2,TRUE\nold,2,FALSE\nnew,1,FALSE\n", GpuBatches::read),
                trace(
                        "disks.csv",
                        "Timestamp\n2019-03-10T01:30:00-0500\n2019-03-10T03:30:00-0400\n",
                        DiskFailures::read),
                trace(
                        "outages.csv",
                        "node,start_h,end_h,cause\na,1,3,gpu\nb,2.5,7,\na,9,10,nic\n",
                        file -> OutageTable.read(file, 4)));
    }

    private static Arguments trace(String name, String text, Consumer<TraceFile> reader) {
        return Arguments.of(name, text, reader);
    }

    private static String shipped(String path) {
        String text = TraceFolder.shipped()
                .file(path)
                .orElseThrow()
                .read((name, content) -> new String(content.readAllBytes(), StandardCharsets.UTF_8));
        return String.join("\n", text.lines().limit(MOST_LINES).toList()) + "\n";
    }

    private static String events() {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            events.add(String.format(EVENT, "node-" + i % 3, i, i < 4 ? "start" : "end"));
        }
        return "[\n" + String.join(",\n", events) + "]\n";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("traces")
    void aDamagedTraceIsReadOrRefused(String name, String text, Consumer<TraceFile> reader) throws IOException {
        Random random = new Random(20261128);
        Path file = folder.resolve(name);
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            String damaged = damaged(text, random);
            Files.writeString(file, damaged);
            refused += isRefused(file, damaged, reader) ? 1 : 0;
        }
        assertThat(refused).as("damaged traces that were refused").isBetween(MUTATIONS / 10, MUTATIONS - 1);
    }

    private static boolean isRefused(Path file, String damaged, Consumer<TraceFile> reader) {
        try {
            reader.accept(TraceFile.of(file));
            return false;
        } catch (TraceException refused) {
            assertThat(refused.getMessage()).as(damaged).startsWith(file + ":").matches("(?s).*?:\\d+: .+");
            return true;
        } catch (RuntimeException | StackOverflowError crash) {
            throw new AssertionError("crashed on:\n" + damaged, crash);
        }
    }

    private static String damaged(String text, Random random) {
        String changed = text;
        for (int i = 0; i <= random.nextInt(3); i++) {
            changed = random.nextInt(4) == 0 ? otherLines(changed, random) : otherCharacters(changed, random);
        }
        return changed;
    }

    private static String otherCharacters(String text, Random random) {
        if (text.isEmpty()) {
            return ",";
        }
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + random.nextInt(6));
        int special = random.nextInt(SPECIAL.length());
        String inserted = SPECIAL.substring(special, special + 1).repeat(random.nextInt(40) == 0 ? 2000 : 1);
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, from) + text.substring(to);
            case 1 -> text.substring(0, from) + inserted + text.substring(to);
            case 2 -> text.substring(0, from) + inserted + text.substring(from);
            default -> random.nextInt(4) == 0 ? text.substring(0, from) : text + text.substring(from, to);
        };
    }

    private static String otherLines(String text, Random random) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        int line = random.nextInt(lines.size());
        switch (random.nextInt(3)) {
            case 0 -> lines.remove(line);
            case 1 -> lines.add(random.nextInt(lines.size()), lines.get(line));
            default -> Collections.swap(lines, line, random.nextInt(lines.size()));
        }
        return String.join("\n", lines);
    }
}
