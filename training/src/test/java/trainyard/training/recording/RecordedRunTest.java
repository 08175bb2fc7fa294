package trainyard.training.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.sim.csv.CsvException;
import trainyard.training.run.TrainingOutcome;

/** Two workers, three gradients of 8 examples at 1, 2 and 4 s; the last one is two updates late. */
class RecordedRunTest {

    private static final RecordedRun RUN = new RecordedRun(
            "async",
            2,
            8,
            100,
            "a machine, load 0.1",
            2.5,
            List.of(
                    new RecordedGradient(1, 0, 1, 0, 0.75, OptionalDouble.empty()),
                    new RecordedGradient(2, 0, 2, 0, 0.5, OptionalDouble.of(2)),
                    new RecordedGradient(3, 1, 4, 2, 3, OptionalDouble.of(1.5))));

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("run.csv"), text);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        assertThat(RecordedRun.read(file(RUN.csv()))).isEqualTo(RUN);
    }

    @Test
    void itIsToldLikeASimulatedRun() {
        TrainingOutcome told = RUN.outcome();
        assertThat(told.seconds()).isEqualTo(4);
        assertThat(told.ledger().examples()).isEqualTo(24);
        assertThat(told.curve().points()).hasSize(3);
        assertThat(told.curve().last()).isEqualTo(1.5);
        assertThat(told.uses().get(0).computingSeconds()).isEqualTo(1.25);
        assertThat(told.uses().get(0).waitingSeconds()).isEqualTo(2.75);
        assertThat(told.uses().get(1).computingSeconds()).isEqualTo(3);
        assertThat(RUN.updateSeconds()).containsExactly(1, 2, 4);
    }

    @Test
    void aLossThatIsNoNumberIsDivergenceAndInNoCurve() throws IOException {
        RecordedRun diverged = new RecordedRun(
                "async",
                1,
                8,
                100,
                "a machine",
                2.5,
                List.of(
                        new RecordedGradient(1, 0, 1, 0, 0.5, OptionalDouble.of(2)),
                        new RecordedGradient(2, 0, 2, 0, 0.5, OptionalDouble.of(Double.NaN)),
                        new RecordedGradient(3, 0, 3, 0, 0.5, OptionalDouble.of(Double.POSITIVE_INFINITY)),
                        new RecordedGradient(4, 0, 4, 0, 0.5, OptionalDouble.of(1))));
        TrainingOutcome told = RecordedRun.read(file(diverged.csv())).outcome();
        assertThat(told.divergence()).hasValue(new TrainingOutcome.Divergence(2, 2, "the loss is no number"));
        assertThat(told.curve().points()).hasSize(2);
        assertThat(told.curve().last()).isEqualTo(2);
        assertThat(told.ledger().updates()).isEqualTo(4);
    }

    @Test
    void whatIsNoRunIsRefused() throws IOException {
        Path onlyTheStart = file(RUN.csv().lines().limit(2).reduce("", (all, line) -> all + line + "\n"));
        assertThatThrownBy(() -> RecordedRun.read(onlyTheStart))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("a row for the start and one for each gradient");
        Path otherTable = file("a,b\n1,2\n3,4\n");
        assertThatThrownBy(() -> RecordedRun.read(otherTable))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("rule");
    }

    /** Of the last gradient, which is in line 5; it lies at 4 s, is the third update, and two late. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    3,1,4.0; 3,2,4.0; worker: must be a whole number from 0 to 1
                    3,1,4.0; 3,-1,4.0; worker: must be a whole number from 0 to 1
                    3,1,4.0; 5,1,4.0; 'update: must be 2 or the next, got 5'
                    3,1,4.0; 1e18,1,4.0; update: must be a whole number
                    3,1,4.0; 3,1,1.5; seconds: is before that of the row above
                    4.0000000,2; 4.0000000,3; staleness: must be a whole number from 0 to 2
                    4.0000000,2; 4.0000000,1e18; staleness: must be a whole number
                    2,3.0000000; 2,-3; compute_seconds: must not be negative
                    """)
    void aRowThatCannotBeIsRefusedByItsLine(String old, String changed, String message) throws IOException {
        assertThat(RUN.csv()).contains(old);
        Path damaged = file(RUN.csv().replace(old, changed));
        assertThatThrownBy(() -> RecordedRun.read(damaged))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("run.csv:5: column " + message);
    }

    @ParameterizedTest
    @CsvSource({"workers,1e12", "workers,0", "batch,0.5", "batch,1e12", "update_bytes,-1", "loss,NaN"})
    void aStartThatCannotBeIsRefusedByItsLine(String column, String value) throws IOException {
        List<String> lines = RUN.csv().lines().toList();
        List<String> cells =
                new ArrayList<>(List.of("async", "2", "8", "100", "a machine", "0", "0", "0", "0", "0", "2.5"));
        cells.set(List.of(lines.get(0).split(",")).indexOf(column), value);
        Path damaged = file(lines.get(0) + "\n" + String.join(",", cells) + "\n" + lines.get(2) + "\n");
        assertThatThrownBy(() -> RecordedRun.read(damaged))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("run.csv:2: column " + column);
    }

    /** Two gradients at one moment that are two updates stay two. */
    @Test
    void updatesOfOneMomentAreCountedEach() {
        RecordedRun run = new RecordedRun(
                "async",
                2,
                8,
                100,
                "a machine",
                2.5,
                List.of(
                        new RecordedGradient(1, 0, 1, 0, 0.5, OptionalDouble.empty()),
                        new RecordedGradient(2, 1, 1, 1, 0.5, OptionalDouble.empty())));
        assertThat(run.updateSeconds()).containsExactly(1, 1);
    }
}
