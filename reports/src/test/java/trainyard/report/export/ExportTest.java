package trainyard.report.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.report.GalleryReport;
import trainyard.report.document.Measurement;
import trainyard.report.document.ReportDocument;
import trainyard.report.trace.Trace;

class ExportTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static String csv(Iterable<Measurement> measurements) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ResultsCsv.write(measurements, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String json(ReportDocument report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ResultsJson.write(report, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static int count(ReportDocument report) {
        int count = 0;
        for (Measurement row : report.measurements()) {
            count += row.metric().isEmpty() ? 0 : 1;
        }
        return count;
    }

    @Test
    void csvIsTidyAndQuotedWhereNeeded() throws IOException {
        String csv = csv(List.of(
                new Measurement("tensor=8,micro=2", "say \"1F1B\"", 3, "step time", "s", 0.1 + 0.2),
                new Measurement("", "line\nbreak", 0, "loss", "", Double.POSITIVE_INFINITY)));
        assertThat(csv)
                .isEqualTo("cell,variant,replication,metric,unit,value\r\n"
                        + "\"tensor=8,micro=2\",\"say \"\"1F1B\"\"\",3,step time,s,0.3\r\n"
                        + ",\"line\nbreak\",0,loss,,inf\r\n");
    }

    @Test
    void csvReadsBack() throws IOException {
        ReportDocument report = GalleryReport.full();
        List<CsvRecord> rows;
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(csv(report.measurements()))) {
            rows = reader.stream().toList();
        }
        assertThat(rows).hasSize(count(report) + 1);
        assertThat(rows.get(1).getFields()).containsExactly("", "1f1b", "0", "step time", "s", "16.2800000001");
    }

    @Test
    void jsonReadsBack() throws IOException {
        JsonNode root = JSON.readTree(json(GalleryReport.full()));
        assertThat(root.path("partial").asBoolean()).isTrue();
        assertThat(root.path("replications_finished").asInt()).isEqualTo(43);
        assertThat(root.path("headline").path("value").asDouble()).isEqualTo(16.28);
        assertThat(root.path("headline").path("low").asDouble()).isEqualTo(16.13);
        assertThat(root.path("checks").findValuesAsText("verdict"))
                .containsExactly("pass", "pass", "fail", "undecided");
        assertThat(root.path("variants")
                        .get(0)
                        .path("variants")
                        .get(1)
                        .path("ratio")
                        .path("high")
                        .asDouble())
                .isEqualTo(0.915);
        double sum = 0;
        for (JsonNode term : root.path("breakdowns").get(0).path("terms")) {
            sum += term.path("value").asDouble();
        }
        assertThat(sum).isCloseTo(16.28, within(1e-9));
        JsonNode measurements = root.path("measurements");
        assertThat(measurements.get(0).path("value").asDouble()).isEqualTo(16.2800000001);
        assertThat(measurements.get(1).path("value").isNull()).isTrue();
    }

    /** Trace Event Format: complete events X with ts and dur, names M, all times in microseconds. */
    @Test
    void theTraceKeepsEveryNanosecond() throws IOException {
        Trace trace = new Trace(
                List.of(new Trace.Track(2, "stage 2", 1, "communication")),
                List.of(new Trace.Span(2, 1, "all-reduce \"0\"", "comm", 1_234_567_891L, 1_000)));
        JsonNode events = JSON.readTree(TraceJson.of(trace)).path("traceEvents");
        assertThat(events).hasSize(3);
        assertThat(events.get(0).toString())
                .isEqualTo(
                        "{\"name\":\"process_name\",\"ph\":\"M\",\"pid\":2,\"tid\":1,\"args\":{\"name\":\"stage 2\"}}");
        assertThat(events.get(1).path("name").asText()).isEqualTo("thread_name");
        assertThat(events.get(2).path("ph").asText()).isEqualTo("X");
        assertThat(events.get(2).path("ts").decimalValue()).isEqualByComparingTo("1234567.891");
        assertThat(events.get(2).path("dur").decimalValue()).isEqualByComparingTo("1");
    }

    @Test
    void theManifestListsInputsAndOutputs() throws IOException {
        JsonNode manifest = JSON.readTree(ManifestJson.of(GalleryReport.full(), Map.of("results.csv", "ab")));
        assertThat(manifest.path("inputs_sha256").path("gpt3-175b-step.yaml").asText())
                .isEqualTo("ab".repeat(32));
        assertThat(manifest.path("outputs_sha256").path("results.csv").asText()).isEqualTo("ab");
    }

    @Test
    void anInterruptedWriteLeavesTheOldFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("results.csv");
        AtomicFiles.write(file, "old".getBytes(StandardCharsets.UTF_8));
        AtomicFiles.write(file, "new".getBytes(StandardCharsets.UTF_8));
        assertThat(file).hasContent("new");
        Path blocked = folder.resolve("full");
        Files.createDirectories(blocked.resolve("child"));
        assertThatThrownBy(() -> AtomicFiles.write(blocked, new byte[] {1})).isInstanceOf(IOException.class);
        try (var files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("results.csv", "full");
        }
    }
}
