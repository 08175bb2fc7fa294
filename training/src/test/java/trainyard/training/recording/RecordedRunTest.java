package trainyard.training.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        Path third = file(RUN.csv().replace("3,1,4.0", "3,2,4.0"));
        assertThatThrownBy(() -> RecordedRun.read(third))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("no gradient of worker 2");
        Path otherTable = file("a,b\n1,2\n3,4\n");
        assertThatThrownBy(() -> RecordedRun.read(otherTable))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("rule");
    }
}
