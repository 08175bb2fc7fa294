package trainyard.training.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.sim.csv.CsvException;
import trainyard.sim.csv.CsvTable;
import trainyard.sim.hardware.Precision;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.hardware.calibration.CalibrationProfile;
import trainyard.sim.hardware.calibration.ConcurrencyFit;
import trainyard.sim.hash.Sha256;
import trainyard.training.calibration.measure.SampleLog;
import trainyard.training.calibration.measure.Stopper;
import trainyard.training.calibration.measure.Work;

class CalibrationTest {

    private static final CalibrationSweep SMALL = new CalibrationSweep(
            "small",
            CalibrationSweep.quick().jobs().subList(0, 18),
            CalibrationSweep.quick().probes(),
            new CalibrationSweep.Pace(2, 1, 2.5, 0.12, 60),
            1,
            1 << 22);

    @TempDir
    private Path folder;

    private ProfileFiles files;

    @BeforeEach
    void nameFiles() {
        files = ProfileFiles.of(folder.resolve("here.yaml"));
    }

    private Calibration calibration(ImaginaryDevice device) throws IOException {
        return Calibration.open(device, SMALL, files);
    }

    @Test
    void aSweepBecomesAProfile() throws IOException {
        Calibration calibration = calibration(new ImaginaryDevice("one"));
        assertThat(calibration.measure(Stopper.after(60), () -> {})).isTrue();
        CalibrationResult result = calibration.result("tests", files);
        Files.writeString(files.profile(), result.profile().toYaml());
        CalibrationProfile profile = CalibrationProfile.load(files.profile());
        assertThat(profile).isEqualTo(result.profile());
        assertThat(profile.id()).isEqualTo("here");
        assertThat(profile.origin().kind()).isEqualTo(Provenance.Kind.MEASURED);
        assertThat(profile.origin().samplesSha256()).isEqualTo(Sha256.of(Files.readAllBytes(files.samples())));
        assertThat(profile.machine().gpu()).isEqualTo("one");
        assertThat(profile.machine().software()).containsKeys("cpu", "jdk", "device", "load_1m_max");
        assertThat(profile.family("mlp", Precision.FP32)).isPresent();
        assertThat(profile.gemm(Precision.FP32)).isPresent();
        // Copies of any size burn 20 us too; where the larger ones happen to be no slower, a note stands in place of a
        // bandwidth.
        assertThat(profile.memory("copy_d2d").isPresent())
                .isNotEqualTo(
                        result.notes().stream().anyMatch(note -> note.contains("no bandwidth of memory is told")));
        assertThat(profile.storage("checkpoint_file").orElseThrow().bytes()).isPresent();
        assertThat(profile.link("loopback_tcp").orElseThrow().bytes()).isPresent();
        // Every job burns 20 us, alone or not; processes on a busy machine wait for a core too.
        ConcurrencyFit together = profile.concurrency("mlp", 2).orElseThrow();
        assertThat(together.seconds(result.jobs().get(0).counts())).isGreaterThan(15e-6);
        assertThat(together.samples()).isEqualTo(together.jobs() * 2 * 40);
        assertThat(profile.launch().orElseThrow().gapSeconds()).isBetween(19e-6, 1e-3);
        assertThat(profile.jobs()).allMatch(job -> job.minSeconds() <= job.medianSeconds());
        Files.writeString(files.jobs(), result.jobTable());
        CsvTable table = CsvTable.read(files.jobs()).require(MeasuredJobTable.COLUMNS.toArray(String[]::new));
        assertThat(table.rows()).hasSize(18);
        assertThat(MeasuredJobTable.counts(table.rows().get(0)))
                .isEqualTo(result.jobs().get(0).counts());
    }

    /** Stopped amid the first round, by Ctrl-C; the second call visits each of the others exactly once a round. */
    @Test
    void whatWasMeasuredIsNotMeasuredAgain() throws IOException {
        Stopper stopper = Stopper.after(60);
        ImaginaryDevice first = new ImaginaryDevice("one");
        int[] visits = {0};
        boolean complete = calibration(first).measure(stopper, () -> {
            if (++visits[0] == 5) {
                stopper.stop();
            }
        });
        assertThat(complete).isFalse();
        // One start to warm up: all jobs are of one family.
        assertThat(first.starts()).isEqualTo(1 + 5);
        int kept = calibration(first).samples();
        assertThat(kept).isPositive();
        ImaginaryDevice second = new ImaginaryDevice("one");
        assertThat(calibration(second).measure(Stopper.after(60), () -> {})).isTrue();
        int work = SMALL.jobs().size() + SMALL.probes().size();
        assertThat(second.starts()).isEqualTo(1 + 2 * work - 5);
        ImaginaryDevice third = new ImaginaryDevice("one");
        assertThat(calibration(third).measure(Stopper.after(60), () -> {})).isTrue();
        assertThat(third.starts()).isZero();
    }

    /** A line that was being written when the power went is dropped; the visit counts as made by its whole lines. */
    @Test
    void aHalfLineAtTheEndIsDropped() throws IOException {
        SampleLog log = SampleLog.open(files.samples(), "here");
        assertThat(log.samples()).isEmpty();
        Files.writeString(
                files.samples(),
                "here,job,a,0,0,0.5,,1.00,2026-11-22T00:00:00Z\nhere,job,b,0,0,0.",
                StandardOpenOption.APPEND);
        SampleLog again = SampleLog.open(files.samples(), "here");
        assertThat(again.has("job", "a", 0)).isTrue();
        assertThat(again.has("job", "b", 0)).isFalse();
        assertThat(again.samples().get(0).cost()).isEqualTo(0.5);
    }

    @Test
    void samplesOfAnotherMachineAreNotMixed() throws IOException {
        Stopper stopper = Stopper.after(60);
        calibration(new ImaginaryDevice("one")).measure(stopper, stopper::stop);
        assertThatThrownBy(() -> calibration(new ImaginaryDevice("two")))
                .isInstanceOf(SampleLog.MixedSamplesException.class)
                .hasMessageContaining("here.samples.csv holds samples of another machine");
    }

    @Test
    void aFileThatIsNoTableOfSamplesIsTold() throws IOException {
        Files.writeString(files.samples(), "a,b\n1,2\n");
        assertThatThrownBy(() -> calibration(new ImaginaryDevice("one")))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("no column setting");
    }

    /** No time at all: the profile has no fits, and the notes say what is missing. */
    @Test
    void anUnfinishedSweepSaysSo() throws IOException {
        Calibration calibration = calibration(new ImaginaryDevice("one"));
        assertThat(calibration.measure(Stopper.after(0), () -> {})).isFalse();
        CalibrationResult result = calibration.result("tests", files);
        assertThat(result.jobs()).isEmpty();
        assertThat(result.profile().families()).isEmpty();
        assertThat(String.join(" ", result.notes())).contains("0 of 18 jobs measured");
    }

    @Test
    void namesOfWorkAreUnique() {
        List<String> names =
                CalibrationSweep.full().probes().stream().map(Work::name).toList();
        assertThat(names).doesNotHaveDuplicates();
    }

    /** Its last line has no end, as that of samples has that were cut off. */
    @Test
    void aFileThatHoldsNoSamplesIsRefusedAndLeftAsItIs() throws IOException {
        for (String text : List.of("my notes, in one line", "a,b\n1,2")) {
            Files.writeString(files.samples(), text);
            assertThatThrownBy(() -> calibration(new ImaginaryDevice("one")))
                    .isInstanceOf(CsvException.class)
                    .hasMessageContaining("here.samples.csv:1: ");
            assertThat(files.samples()).hasContent(text);
        }
        Files.write(files.samples(), new byte[] {(byte) 0xFF, (byte) 0xFE, 0x41});
        assertThatThrownBy(() -> calibration(new ImaginaryDevice("one")))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("not UTF-8");
    }
}
