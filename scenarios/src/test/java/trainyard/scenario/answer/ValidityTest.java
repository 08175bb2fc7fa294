package trainyard.scenario.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.report.document.ValidityRow;
import trainyard.scenario.Scenario;
import trainyard.scenario.source.SourceText;

/** What a report says of the parts of the model that its answer rests on. */
class ValidityTest {

    private static final String JOBS = """
            trainyard: 1
            name: jobs
            cluster: {nodes: 1, node: {preset: dgx-h100}}
            scheduler: {policy: fifo}
            jobs:
              list: [{id: A, gpus: 8, run: 1 h}]
            """;

    private static List<ValidityRow> rows(String text) {
        return Validity.of(Scenario.of(new SourceText("test.yaml", text), Path.of(""), List.of()));
    }

    private static String leftOut(String text) {
        return rows(text).stream()
                .filter(row -> row.note().equals("left out"))
                .map(ValidityRow::part)
                .findFirst()
                .orElse("");
    }

    private static List<String> parts(String text) {
        return rows(text).stream().map(ValidityRow::part).toList();
    }

    @Test
    void aClusterUnderJobsRestsOnNoCollectives() {
        assertThat(parts(JOBS))
                .contains("order, placement and waits of jobs")
                .doesNotContain("collectives", "training step");
        assertThat(leftOut(JOBS)).contains("failures", "speed by placement").doesNotContain("ranks that differ");
    }

    @Test
    void failuresThatAnyDesignHasAreNotLeftOut() {
        String failing =
                JOBS + "variants: {well: {}, failing: {jobs.failures: {faults: {causes: {node: {mtbf: 9 days}}}}}}\n";

        assertThat(leftOut(failing)).doesNotContain("failures");
        assertThat(parts(failing)).contains("failures, lenders and maintenance");
    }

    @Test
    void thePriceOfStepsBringsTheRowsOfTheStep() {
        String priced = JOBS + "  locality: {model: gpt2-1.5b}\n";

        assertThat(parts(priced)).contains("collectives", "training step");
        assertThat(leftOut(priced)).doesNotContain("speed by placement");
    }

    /** A row of memory beside the name of the step would have an error of its memory taken for one of its time. */
    @Test
    void memoryAndBubblesAreNotCalledTheStep() {
        assertThat(rows(JOBS + "  locality: {model: gpt2-1.5b}\n"))
                .filteredOn(row -> row.comparedWith().equals("memory")
                        || row.comparedWith().equals("pipeline_bubble_rates"))
                .extracting(ValidityRow::part)
                .containsExactly("memory of a GPU", "pipeline bubble");
    }

    @Test
    void otherStudiesAreCalledByTheirName() {
        String bookings = """
                trainyard: 1
                name: booked
                bookings: {bookings: 10, span: 100 min, length: 10 min}
                """;
        assertThat(parts(bookings)).containsExactly("bookings");
    }
}
