package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.report.ReportWriter;
import trainyard.report.document.ReportDocument;
import trainyard.scenario.Scenario;
import trainyard.scenario.answer.Answer;
import trainyard.scenario.answer.AnswerReport;
import trainyard.scenario.answer.Selection;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.cluster.ClusterSection;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.collective.CollectiveMetrics;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.sgd.SgdRemarks;
import trainyard.scenario.workload.step.StepMetrics;
import trainyard.sim.hardware.calibration.CalibrationProfile;

/** Steps with measurements of their GPU, and exchanges priced by their messages. */
class CalibratedStudyTest {

    private static final String STEP = """
            trainyard: 1
            name: calibrated
            cluster: {node: {preset: dgx-a100, gpu: {%s}}, network: {preset: ib-hdr, %s}}
            job:
              model: {preset: gpt-22b}
              batch: {global: 32, micro: 1}
              parallel: {tensor: 8, pipeline: 2, data: 2, sequence-parallel: true}
              recompute: selective
            """;

    private static final String ALL_TO_ALL = """
            trainyard: 1
            name: exchange
            cluster: {nodes: 16, node: {preset: dgx-a100}, network: {preset: ib-hdr, oversubscription: %s, %s}}
            collective: {operation: all-to-all, size: 64 MiB}
            """;

    private static final String SGD = """
            trainyard: 1
            name: trained
            sgd:
              problem: {kind: mlp, hidden: [16], data: digits}
              workers: 2
              batch: 32
              machine: %s
              optimizer: {rate: 0.1}
              horizon: 50 ms
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void copyProfile() throws IOException {
        try (InputStream in = CalibratedStudyTest.class.getResourceAsStream("invented-a100.yaml")) {
            Files.copy(in, folder.resolve("invented-a100.yaml"));
        }
    }

    private StudyResult run(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("scenario.yaml"), text);
        Study study = Study.of(Scenario.read(file, List.of()), false);
        return new StudyRunner(1, done -> {}).run(study);
    }

    private static double value(StudyResult result, Metric metric) {
        return result.cells().get(0).mean(metric).orElseThrow();
    }

    @Test
    void aProfileOfAProcessorIsNoneOfAGpu() {
        assertThatThrownBy(() -> run(STEP.formatted("calibration: amd-epyc-2-cores", "")))
                .isInstanceOfSatisfying(ScenarioException.class, refused -> {
                    assertThat(refused.problems().get(0).message())
                            .isEqualTo("the profile amd-epyc-2-cores is of a machine without a GPU");
                    assertThat(refused.problems().get(0).position())
                            .hasValueSatisfying(at -> assertThat(at.line()).isEqualTo(3));
                });
    }

    /** The shipped profile with the error of its held-out networks raised. */
    @Test
    void aProfileThatMissesWhatItDidNotSeeIsDoubted() throws IOException {
        CalibrationProfile shipped =
                CalibrationProfile.shipped("amd-epyc-2-cores").orElseThrow();
        String bad = shipped.toYaml().replaceAll("ape_pct: [0-9.]+", "ape_pct: 35.0");
        Files.writeString(folder.resolve("bad.yaml"), bad);
        assertThat(SgdRemarks.of(
                        run(SGD.formatted("amd-epyc-2-cores")).cells().get(0).outcomes()))
                .isEmpty();
        assertThat(SgdRemarks.of(run(SGD.formatted("bad.yaml")).cells().get(0).outcomes()))
                .containsExactly(
                        "the profile amd-epyc-2-cores misses the mlp iterations that its fit did not see by 35 % on the"
                                + " mean; measure again on a quiet machine");
    }

    /** Seven hidden layers where five layers were the most; of two designs the farther one is told, once. */
    @Test
    void aNetworkBeyondWhatWasMeasuredIsRemarkedOn() throws IOException {
        String sgd = SGD.formatted("amd-epyc-2-cores");
        assertThat(Answer.of(run(sgd)).remarks()).noneMatch(remark -> remark.contains("extrapolated"));
        StudyResult deep = run(sgd.replace("[16]", "[8, 8, 8, 8, 8, 8, 8]"));
        assertThat(Answer.of(deep).remarks())
                .filteredOn(remark -> remark.contains("extrapolated"))
                .singleElement()
                .asString()
                .startsWith(
                        "the fit of mlp gradients in 2 processes at once of the profile amd-epyc-2-cores is used outside")
                .contains("8 layers, measured 2 to 5 (1.60 times the most)");
    }

    /** 2,410 parameters are messages of 4,820 bytes to each of two ranks, where 4 KiB is made the most. */
    @Test
    void messagesBeyondWhatWasMeasuredAreRemarkedOn() throws IOException {
        String shipped =
                CalibrationProfile.shipped("amd-epyc-2-cores").orElseThrow().toYaml();
        Files.writeString(folder.resolve("small.yaml"), shipped.replace("- 8388608.0", "- 4096.0"));
        StudyResult wide = run(SGD.formatted("small.yaml").replace("[16]", "[32]"));
        assertThat(Answer.of(wide).remarks())
                .filteredOn(remark -> remark.contains("messages over loopback_tcp"))
                .singleElement()
                .asString()
                .endsWith("4,820 bytes of a message, measured 32 to 4,096 (1.18 times the most)");
    }

    /** Kernels of gpt-22b move tens of megabytes, where one is made the most. */
    @Test
    void kernelsBeyondTheCopiesMeasuredAreRemarkedOn() throws IOException {
        Path profile = folder.resolve("invented-a100.yaml");
        String measured = Files.readString(profile);
        Files.writeString(
                profile,
                measured.replace("launch_s: 3.0e-6}\n", "launch_s: 3.0e-6, valid: {bytes: [1.0e3, 1.0e6]}}\n"));
        assertThat(Answer.of(run(STEP.formatted("calibration: invented-a100.yaml", "")))
                        .remarks())
                .singleElement()
                .asString()
                .startsWith("the bandwidth of copy_d2d of the profile invented-a100 is used outside what was measured")
                .contains("bytes of a kernel, measured 1,000 to 1.00e+06");
    }

    /** Products of 2,048 x micro-batch rows, where 8,192 were the most. */
    @Test
    void productsBeyondWhatWasMeasuredAreRemarkedOnOnce() throws IOException {
        String step = STEP.formatted("calibration: invented-a100.yaml", "");
        assertThat(Answer.of(run(step)).remarks()).isEmpty();
        StudyResult swept = run(step + "sweep: {job.batch.micro: [1, 8, 16]}\n");
        ReportDocument report = AnswerReport.of(Answer.of(swept), new Selection(false, List.of()));
        assertThat(report.notes())
                .filteredOn(note -> note.contains("extrapolated"))
                .singleElement()
                .asString()
                .startsWith(
                        "micro 16 (the farthest of 2 designs): the fit of matrix products in bf16 of the profile invented-a100")
                .endsWith("32,768 rows (m), measured 256 to 8,192 (4.00 times the most).");
    }

    @Test
    void measurementsReplaceDefaultsAndTheUncalibratedStepStandsBeside() throws IOException {
        StudyResult plain = run(STEP.formatted("", ""));
        StudyResult calibrated = run(STEP.formatted("calibration: invented-a100.yaml", ""));
        double step = value(calibrated, StepMetrics.STEP_TIME);

        assertThat(plain.cells().get(0).mean(StepMetrics.UNCALIBRATED_STEP_TIME))
                .isEmpty();
        assertThat(step)
                .as("slower products than the model assumes")
                .isGreaterThan(1.1 * value(plain, StepMetrics.STEP_TIME))
                .isGreaterThan(1.1 * value(calibrated, StepMetrics.UNCALIBRATED_STEP_TIME));
        assertThat(ClusterSection.bind(calibrated.study().scenario().values().get(ScenarioSection.CLUSTER), 1)
                        .node()
                        .pcieBytesPerSecond())
                .as("the slower direction of the copies")
                .isEqualTo(1 / 5.0e-11);
    }

    @Test
    void theReportNamesTheProfileAndBothFigures() throws IOException {
        StudyResult result = run(STEP.formatted("calibration: invented-a100.yaml", ""));
        ReportDocument report = AnswerReport.of(Answer.of(result), new Selection(false, List.of()));

        assertThat(report.notes())
                .anyMatch(note -> note.startsWith("Calibrated with invented-a100 (assumed, 2026-11-22): step time")
                        && note.contains("uncalibrated"));
        assertThat(report.assumptions())
                .filteredOn(row -> row.parameter().startsWith("calibration."))
                .extracting(row -> row.parameter())
                .contains("calibration.gemm.bf16", "calibration.copy_d2d", "calibration.launch-gap");
    }

    @Test
    void aProfileThatIsNotThereIsAProblemOfItsKey() {
        assertThatThrownBy(() -> run(STEP.formatted("calibration: elsewhere.yaml", "")))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("elsewhere.yaml");
    }

    @Test
    void messagesContendWhereAFormulaSharesEvenly() throws IOException {
        StudyResult full = run(ALL_TO_ALL.formatted("1", "collectives: flow, kind: single-switch"));
        StudyResult thin = run(ALL_TO_ALL.formatted("16", "collectives: flow"));

        assertThat(value(thin, CollectiveMetrics.TIME)).isGreaterThan(1.5 * value(full, CollectiveMetrics.TIME));
    }

    @Test
    void aStepMayPriceItsExchangesByTheirMessages() throws IOException {
        double analytic = value(run(STEP.formatted("", "")), StepMetrics.STEP_TIME);
        double flow = value(run(STEP.formatted("", "collectives: flow")), StepMetrics.STEP_TIME);

        assertThat(flow).isBetween(0.8 * analytic, 1.25 * analytic).isNotEqualTo(analytic);
    }

    /** Else the manifest would not lead to the same result once the profile has moved or changed. */
    @Test
    void theProfileLiesBesideTheResultAndTheScenarioThereNamesIt() throws IOException {
        StudyResult result = run(STEP.formatted("calibration: invented-a100.yaml", ""));
        ReportDocument report = AnswerReport.of(Answer.of(result), new Selection(false, List.of()));
        Path out = folder.resolve("out");
        ReportWriter.write(report, out, ReportWriter.Charts.SVG);
        Files.delete(folder.resolve("invented-a100.yaml"));

        Path copy = out.resolve(report.attachments().keySet().stream()
                .filter(name -> name.startsWith("invented-a100-"))
                .findFirst()
                .orElseThrow());
        Scenario again = Scenario.read(out.resolve("scenario.resolved.yaml"), List.of());
        StudyResult repeated = new StudyRunner(1, done -> {}).run(Study.of(again, false));

        assertThat(Files.readString(out.resolve("scenario.resolved.yaml")))
                .contains("calibration: " + copy.getFileName());
        assertThat(value(repeated, StepMetrics.STEP_TIME)).isEqualTo(value(result, StepMetrics.STEP_TIME));
        assertThat(AnswerReport.of(Answer.of(repeated), new Selection(false, List.of()))
                        .reproduction())
                .isEqualTo(report.reproduction());
    }
}
