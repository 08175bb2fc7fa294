package trainyard.training.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import trainyard.sim.hardware.calibration.CalibrationProfile;
import trainyard.sim.hardware.calibration.FitQuality;
import trainyard.sim.hardware.calibration.JobCounts;
import trainyard.sim.hardware.calibration.JobTerm;
import trainyard.training.calibration.measure.InputShape;
import trainyard.training.calibration.measure.OptimizerStep;
import trainyard.training.calibration.measure.Work;
import trainyard.training.network.NetworkSpec;

class OperationCountsTest {

    private static JobCounts counts(NetworkSpec network, InputShape input, int batch) {
        return OperationCounts.of(new Work.Job("any", network, input, batch, OptimizerStep.SGD));
    }

    /**
     * Calls of cblas_sgemm in one {@code fit} of DL4J 1.0.0-M2.1, counted on 2026-11-22: 12 of a perceptron 64-64-64-10, 16 of
     * two convolutions and two dense layers, 84 of an LSTM over 10 steps, 117 of a transformer block with 4 heads and 4
     * sequences.
     */
    @Test
    void productsAreAsManyAsWereCounted() {
        NetworkSpec perceptron = new NetworkSpec.Mlp(List.of(64, 64));
        assertThat(counts(perceptron, new InputShape.Vector(64, 10), 32).of(JobTerm.GEMM_CALL))
                .isEqualTo(12);
        assertThat(counts(new NetworkSpec.Cnn(8, 64), new InputShape.Image(28, 28, 10), 32)
                        .of(JobTerm.GEMM_CALL))
                .isEqualTo(16);
        assertThat(counts(new NetworkSpec.Lstm(32), new InputShape.Text(10, 8), 4)
                        .of(JobTerm.GEMM_CALL))
                .isEqualTo(84);
        assertThat(counts(new NetworkSpec.Transformer(32, 4), new InputShape.Text(16, 16), 4)
                        .of(JobTerm.GEMM_CALL))
                .isEqualTo(117);
    }

    /** By hand: 8 x 32 x (64 x 64 + 64 x 64 + 64 x 10) operations; (65 x 64) x 2 + 65 x 10 parameters, (4 + 3) passes. */
    @Test
    void aPerceptronIsTheSumOfItsLayers() {
        JobCounts counts = counts(new NetworkSpec.Mlp(List.of(64, 64)), new InputShape.Vector(64, 10), 32);
        assertThat(counts.of(JobTerm.LAYER)).isEqualTo(3);
        assertThat(counts.of(JobTerm.FLOP)).isEqualTo(8.0 * 32 * (64 * 64 * 2 + 640));
        assertThat(counts.of(JobTerm.PARAMETER_BYTE)).isEqualTo(4.0 * 7 * (65 * 64 * 2 + 650));
        assertThat(counts.of(JobTerm.ACTIVATION_BYTE)).isEqualTo(4.0 * 32 * (64 + 64 + 10));
        assertThat(counts.of(JobTerm.SEQUENCE_STEP)).isZero();
        assertThat(counts.of(JobTerm.ITERATION)).isEqualTo(1);
    }

    @Test
    void adamUpdatesEachParameterAndReadsItsMoments() {
        NetworkSpec network = new NetworkSpec.Mlp(List.of(64, 64));
        InputShape input = new InputShape.Vector(64, 10);
        JobCounts adam = OperationCounts.of(new Work.Job("any", network, input, 32, OptimizerStep.ADAM));
        int parameters = 65 * 64 * 2 + 650;
        assertThat(adam.of(JobTerm.ADAM_VALUE)).isEqualTo(parameters);
        assertThat(adam.of(JobTerm.PARAMETER_BYTE)).isEqualTo(4.0 * (4 + 7) * parameters);
        assertThat(counts(network, input, 32).of(JobTerm.ADAM_VALUE)).isZero();
    }

    /** The first convolution of 28 x 28 images unrolls 2048 x 784 / 64 rows of 9 values for 32 images. */
    @Test
    void convolutionsAreUnrolled() {
        JobCounts counts = counts(new NetworkSpec.Cnn(8, 64), new InputShape.Image(28, 28, 10), 32);
        assertThat(counts.of(JobTerm.IM2COL_BYTE)).isEqualTo(4.0 * 32 * 784 * 9 + 4.0 * 32 * 196 * 72);
    }

    @Test
    void aNetworkWithInputsOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> counts(new NetworkSpec.Lstm(8), new InputShape.Vector(8, 2), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Lstm");
    }

    /** The ranges that the shipped profile states of processes at once are those of the jobs that they were measured with. */
    @Test
    void rangesOfProcessesAtOnceAreThoseOfTheirJobs() {
        CalibrationProfile shipped =
                CalibrationProfile.shipped("amd-epyc-2-cores").orElseThrow();
        assertThat(shipped.concurrency())
                .isNotEmpty()
                .allSatisfy(fit -> fit.valid().forEach((term, range) -> {
                    double[] amounts = CalibrationSweep.full().together().stream()
                            .filter(job -> job.family().equals(fit.family()))
                            .mapToDouble(job -> OperationCounts.ofGradient(job).of(term))
                            .sorted()
                            .toArray();
                    assertThat(range).isEqualTo(new FitQuality.Interval(amounts[0], amounts[amounts.length - 1]));
                }));
    }

    /** Names are unique and a fair part of each family is held out, in both sweeps. */
    @Test
    void sweepsHoldOutAPartOfEachFamily() {
        for (CalibrationSweep sweep : List.of(CalibrationSweep.quick(), CalibrationSweep.full())) {
            assertThat(sweep.jobs().stream().map(Work.Job::name)).doesNotHaveDuplicates();
            Map<String, List<Work.Job>> families =
                    sweep.jobs().stream().collect(Collectors.groupingBy(Work.Job::family));
            assertThat(families).containsOnlyKeys("mlp", "cnn", "lstm", "transformer");
            families.forEach((family, jobs) -> {
                long heldOut = jobs.stream()
                        .filter(job -> sweep.heldOut().contains(job.name()))
                        .count();
                assertThat(heldOut).as(sweep.name() + " " + family).isEqualTo((jobs.size() + 3) / 4);
                assertThat(jobs.size() - heldOut)
                        .as(sweep.name() + " " + family)
                        .isGreaterThanOrEqualTo(5);
            });
        }
    }
}
