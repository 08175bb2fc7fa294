package trainyard.scenario.verify.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.scenario.verify.FitVerdicts;
import trainyard.scenario.verify.Measurements;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.SourceScore;
import trainyard.scenario.verify.Verification;
import trainyard.scenario.verify.VerificationResult;
import trainyard.sim.hardware.HardwareCatalog;

class MemorySuiteTest {

    private static final String HEADER =
            "id,model,layers,hidden,heads,seq,vocab,gpu,gpus,tp,pp,vpp,dp,zero_stage,mbs,recompute,seq_parallel,quantity,value,unit,gate\n";

    private static final MemorySuite SUITE = new MemorySuite(HardwareCatalog.load());
    private static VerificationResult shipped;
    private static Map<String, SourceScore> sources;

    @TempDir
    private Path folder;

    @BeforeAll
    static void score() {
        shipped = Verification.run(SUITE, Measurements.shipped());
        sources = shipped.sources().stream().collect(Collectors.toMap(SourceScore::source, source -> source));
    }

    /** Rajbhandari et al. 2020, table 1: 7.5 billion parameters on 64 ranks, 31.4, 16.6 and 1.9 GB. */
    @Test
    void statesOfAModelOfWhichOnlyTheSizeIsKnown() throws IOException {
        RowScore score = figure("a,7.5B,,,,,,,64,,,,64,1,,,,model states per GPU,31.4,GB,yes");
        assertThat(score.predicted().getAsDouble()).isBetween(31.3, 31.5);
        assertThat(score.errorPercent().getAsDouble()).isBetween(-0.5, 0.5);
    }

    @Test
    void aFigureThatIsNotOfMemoryIsSkipped() throws IOException {
        RowScore score = figure("a,25B,,,,,,V100-32,32,,,,,,,,,checkpoint save time,17960,ms,yes");
        assertThat(score.compared()).isFalse();
        assertThat(score.reason()).contains("checkpoint save time");
    }

    @Test
    void peaksOfZeroBubbleAndFiguresOfKorthikantiLieWithinTheirBars() {
        assertThat(sources.get("zero_bubble").meanAbsolutePercent().getAsDouble())
                .isLessThan(3);
        assertThat(sources.get("bloom_a100").meanAbsolutePercent().getAsDouble())
                .isLessThan(10);
        assertThat(sources.get("memory").meanAbsolutePercent().getAsDouble()).isLessThan(5);
    }

    @Test
    void runsThatTookPlaceFitAndThoseOutOfMemoryDoNot() {
        FitVerdicts verdicts = shipped.verdicts().orElseThrow();
        assertThat(verdicts.ran()).isGreaterThan(1000);
        // The ZeRO-3 runs on V100 moved activations to the host or split them, which their rows do not state.
        assertThat(verdicts.ranFit()).isGreaterThanOrEqualTo((int) (0.97 * verdicts.ran()));
        assertThat(verdicts.outOfMemory()).isPositive();
    }

    @Test
    void balancedAccuracyWeighsBothKindsAlike() {
        FitVerdicts verdicts = new FitVerdicts(100, 90, 4, 3);
        assertThat(verdicts.balancedAccuracyPercent()).hasValue(82.5);
        assertThat(new FitVerdicts(100, 90, 0, 0).balancedAccuracyPercent()).isEmpty();
    }

    private RowScore figure(String row) throws IOException {
        Files.writeString(folder.resolve("rows.csv"), HEADER + row + "\n");
        List<SourceScore> scored =
                Verification.run(SUITE, Measurements.of(folder)).sources();
        return scored.get(0).rows().get(0);
    }
}
