package trainyard.training.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.sim.csv.CsvException;
import trainyard.training.clock.CoreSpeeds;
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
                    new RecordedGradient(1, 0, 1, 0, 0.75, Optional.empty(), OptionalDouble.empty()),
                    new RecordedGradient(2, 0, 2, 0, 0.5, Optional.empty(), OptionalDouble.of(2)),
                    new RecordedGradient(3, 1, 4, 2, 3, Optional.empty(), OptionalDouble.of(1.5))));

    private static final String RUN_CSV = csv(RUN);

    @TempDir
    private Path folder;

    private static String csv(RecordedRun... runs) {
        return new Recording(List.of(runs)).csv();
    }

    private static RecordedRun read(Path file) {
        return Recording.read(file).runs().get(0);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("run.csv"), text);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        assertThat(read(file(RUN_CSV))).isEqualTo(RUN);
    }

    /** A row of update 0 begins another run. */
    @Test
    void severalRunsLieOneAfterTheOther() throws IOException {
        RecordedRun other = new RecordedRun(
                "async",
                2,
                8,
                100,
                "a machine, load 0.2",
                2.5,
                List.of(new RecordedGradient(1, 1, 0.5, 0, 0.25, Optional.empty(), OptionalDouble.of(2))));
        Path file = file(csv(RUN, other, RUN));
        assertThat(Recording.read(file).runs()).containsExactly(RUN, other, RUN);
        assertThat(RUN.secondsPerUpdate()).isEqualTo(4.0 / 3);
    }

    /** The second run starts in line 6. */
    @ParameterizedTest
    @CsvSource({"rule,sync", "workers,1", "batch,4"})
    void runsOfOneRecordingAreOfOneDesign(String column, String value) throws IOException {
        List<String> columns = List.of(RUN_CSV.lines().findFirst().orElseThrow().split(","));
        List<String> cells =
                new ArrayList<>(List.of("async", "2", "8", "100", "a machine", "0", "0", "0", "0", "0", "", "", "2.5"));
        cells.set(columns.indexOf(column), value);
        String start = String.join(",", cells) + "\n";
        String gradient = start.replace("machine,0,0,0,0,0,,,2.5", "machine,1,0,1,0,0.5,,,2");
        assertThatThrownBy(() -> Recording.read(file(RUN_CSV + start + gradient)))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("run.csv:6: column " + column);
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
                        new RecordedGradient(1, 0, 1, 0, 0.5, Optional.empty(), OptionalDouble.of(2)),
                        new RecordedGradient(2, 0, 2, 0, 0.5, Optional.empty(), OptionalDouble.of(Double.NaN)),
                        new RecordedGradient(
                                3, 0, 3, 0, 0.5, Optional.empty(), OptionalDouble.of(Double.POSITIVE_INFINITY)),
                        new RecordedGradient(4, 0, 4, 0, 0.5, Optional.empty(), OptionalDouble.of(1))));
        TrainingOutcome told = read(file(csv(diverged))).outcome();
        assertThat(told.divergence()).hasValue(new TrainingOutcome.Divergence(2, 2, "the loss is no number"));
        assertThat(told.curve().points()).hasSize(2);
        assertThat(told.curve().last()).isEqualTo(2);
        assertThat(told.ledger().updates()).isEqualTo(4);
    }

    @Test
    void whatIsNoRunIsRefused() throws IOException {
        Path onlyTheStart = file(RUN_CSV.lines().limit(2).reduce("", (all, line) -> all + line + "\n"));
        assertThatThrownBy(() -> Recording.read(onlyTheStart))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("a row for the start of a run and one for each gradient");
        Path otherTable = file("a,b\n1,2\n3,4\n");
        assertThatThrownBy(() -> Recording.read(otherTable))
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
        assertThat(RUN_CSV).contains(old);
        Path damaged = file(RUN_CSV.replace(old, changed));
        assertThatThrownBy(() -> Recording.read(damaged))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("run.csv:5: column " + message);
    }

    @ParameterizedTest
    @CsvSource({"workers,1e12", "workers,0", "batch,0.5", "batch,1e12", "update_bytes,-1", "loss,NaN"})
    void aStartThatCannotBeIsRefusedByItsLine(String column, String value) throws IOException {
        List<String> lines = RUN_CSV.lines().toList();
        List<String> cells =
                new ArrayList<>(List.of("async", "2", "8", "100", "a machine", "0", "0", "0", "0", "0", "", "", "2.5"));
        cells.set(List.of(lines.get(0).split(",")).indexOf(column), value);
        Path damaged = file(lines.get(0) + "\n" + String.join(",", cells) + "\n" + lines.get(2) + "\n");
        assertThatThrownBy(() -> Recording.read(damaged))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("run.csv:2: column " + column);
    }

    /** Worker 0 computes at half of its speed, then at all of it; its ring at a quarter. */
    @Test
    void speedsOfCoresAreThoseOfTheGradientsOfEach() throws IOException {
        RecordedRun run = cores(Optional.of(new RecordedGradient.Core(0.8, 0.2)));
        assertThat(read(file(csv(run)))).isEqualTo(run);
        assertThat(run.coreSpeeds())
                .hasValue(new CoreSpeeds(
                        List.of(List.of(0.5, 1.0), List.of(0.8)), List.of(List.of(0.25, 0.25), List.of(0.2))));
        assertThat(cores(Optional.empty()).coreSpeeds()).isEmpty();
        assertThat(RUN.coreSpeeds()).isEmpty();
        Path negative = file(csv(run).replace(",0.8000,", ",-0.8,"));
        assertThatThrownBy(() -> Recording.read(negative)).hasMessageContaining("run.csv:5: column core_speed");
        Path half = file(csv(run).replace(",0.2000,", ",,"));
        assertThatThrownBy(() -> Recording.read(half)).hasMessageContaining("run.csv:5: column ring_speed");
    }

    private static RecordedRun cores(Optional<RecordedGradient.Core> last) {
        Optional<RecordedGradient.Core> half = Optional.of(new RecordedGradient.Core(0.5, 0.25));
        Optional<RecordedGradient.Core> all = Optional.of(new RecordedGradient.Core(1, 0.25));
        return new RecordedRun(
                "async",
                2,
                8,
                100,
                "a machine",
                2.5,
                List.of(
                        new RecordedGradient(1, 0, 1, 0, 0.5, half, OptionalDouble.empty()),
                        new RecordedGradient(2, 0, 2, 0, 0.5, all, OptionalDouble.empty()),
                        new RecordedGradient(3, 1, 3, 1, 0.5, last, OptionalDouble.empty())));
    }

    /** What was recorded before cores were looked at has no such columns. */
    @Test
    void aTableWithoutSpeedsIsRead() throws IOException {
        assertThat(read(file(RUN_CSV.replace(",core_speed,ring_speed", "").replace(",,,", ",")))
                        .gradients())
                .hasSize(3);
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
                        new RecordedGradient(1, 0, 1, 0, 0.5, Optional.empty(), OptionalDouble.empty()),
                        new RecordedGradient(2, 1, 1, 1, 0.5, Optional.empty(), OptionalDouble.empty())));
        assertThat(run.updateSeconds()).containsExactly(1, 1);
    }
}
