package trainyard.scenario.verify.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.parallel.condition.JobCondition;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.step.StepModel;
import trainyard.parallel.step.cost.Span;
import trainyard.parallel.step.cost.StepCost;
import trainyard.scenario.verify.Measurements;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.SourceScore;
import trainyard.scenario.verify.Suite;
import trainyard.scenario.verify.Verification;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;
import trainyard.sim.hardware.HardwareCatalog;

class TrainingSuiteTest {

    private static final List<String> INPUTS =
            List.of("layers", "hidden", "heads", "seq", "gpu", "gpus", "tp", "pp", "dp", "mbs", "gbs", "precision");

    private static final Measurements SHIPPED = Measurements.shipped();
    private static Map<String, SourceScore> sources;

    @BeforeAll
    static void score() {
        sources = Verification.run(TrainingSuite.of(HardwareCatalog.load()), SHIPPED).sources().stream()
                .collect(Collectors.toMap(SourceScore::source, source -> source));
    }

    @Test
    void comparesEveryRowOfTheKindsThatAreBuilt() {
        assertThat(sources.get("korthikanti_e2e").compared()).isEqualTo(6);
        assertThat(sources.get("megatron_sc21").compared()).isEqualTo(21);
        assertThat(sources.get("megatron_2020").compared()).isEqualTo(8);
        assertThat(sources.get("vtrain_multinode").compared()).isEqualTo(71);
        assertThat(sources.get("vtrain_singlenode").compared()).isEqualTo(936);
        assertThat(sources).doesNotContainKeys("collectives", "memory");
    }

    /** Nothing is fitted to these rows; a change that moves the model away from them must say why. */
    @ParameterizedTest
    @CsvSource({"korthikanti_e2e, 3, 6, 1.5", "vtrain_multinode, 10, 45, 6"})
    void staysWithinTheAccuracyBars(String source, double meanPercent, double maxPercent, double biasPercent) {
        SourceScore score = sources.get(source);
        assertThat(score.meanAbsolutePercent().orElseThrow()).isLessThanOrEqualTo(meanPercent);
        assertThat(score.maxPercent().orElseThrow()).isLessThanOrEqualTo(maxPercent);
        assertThat(Math.abs(score.biasPercent().orElseThrow())).isLessThanOrEqualTo(biasPercent);
    }

    /** The table of Narayanan et al. 2021 that compares ZeRO-3 with Megatron-LM has rows of both. */
    @Test
    void staysWithinTheBarsOfBothFrameworksOfOneTable() {
        assertThat(meanPercent("megatron_sc21", "DeepSpeed")).isLessThanOrEqualTo(15);
        assertThat(meanPercent("megatron_sc21", "Megatron-LM")).isLessThanOrEqualTo(5);
    }

    private static double meanPercent(String source, String framework) {
        CsvTable table = SHIPPED.bySource().get(source);
        List<RowScore> scores = sources.get(source).rows();
        return IntStream.range(0, scores.size())
                .filter(i -> table.rows().get(i).text("framework").startsWith(framework))
                .filter(i -> table.rows().get(i).text("gate").equals("yes"))
                .mapToDouble(i -> Math.abs(scores.get(i).errorPercent().orElseThrow()))
                .average()
                .orElseThrow();
    }

    /** A row that states its shape, degrees and batch is skipped only where it leaves open how long the samples of its sequences are. */
    @Test
    void skipsCompleteRowsOnlyWhereSamplesArePacked() {
        sources.values().forEach(source -> {
            CsvTable table = SHIPPED.bySource().get(source.source());
            for (int i = 0; i < table.rows().size(); i++) {
                CsvRow row = table.rows().get(i);
                RowScore score = source.rows().get(i);
                boolean measured = !row.isBlank("iter_time_s") || !row.isBlank("tflops_per_gpu");
                if (measured && INPUTS.stream().noneMatch(row::isBlank) && !score.compared()) {
                    assertThat(score.reason()).as(score.id()).startsWith("not stated: lengths of the samples");
                }
            }
        });
    }

    @Test
    void refusesNoRow() {
        sources.values()
                .forEach(source -> assertThat(source.rows())
                        .allSatisfy(row -> assertThat(row.reason()).as(row.id()).doesNotStartWith("refused")));
    }

    @Test
    void aRefusedRowCountsAsAnErrorOfOneHundredPercent() {
        StepModel refusing = new StepModel() {
            @Override
            public StepCost cost(TrainingJob job, JobCondition condition) {
                throw new PlanException("tensor", "too many");
            }

            @Override
            public List<Span> timeline(TrainingJob job, JobCondition condition) {
                throw new PlanException("tensor", "too many");
            }
        };
        Suite suite = new TrainingSuite(HardwareCatalog.load(), refusing);
        RowScore score = suite.score(
                        SHIPPED.bySource().get("korthikanti_e2e").rows().get(0))
                .get(0);

        assertThat(score.errorPercent()).hasValue(100);
        assertThat(score.predicted()).isEmpty();
        assertThat(score.gated()).isTrue();
        assertThat(score.reason()).isEqualTo("refused: too many");
    }
}
