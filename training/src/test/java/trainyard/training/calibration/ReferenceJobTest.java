package trainyard.training.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trainyard.sim.hardware.calibration.ConcurrencyFit;
import trainyard.sim.hardware.calibration.JobCounts;
import trainyard.sim.hardware.calibration.JobTerm;
import trainyard.sim.hardware.calibration.LinkFit;
import trainyard.training.calibration.measure.InputShape;
import trainyard.training.calibration.measure.OptimizerStep;
import trainyard.training.calibration.measure.Work;
import trainyard.training.network.NetworkSpec;

class ReferenceJobTest {

    /** 1 ms and 1 ns a byte. */
    private static final LinkFit LINK = new LinkFit("link", 1e-3, 1e-9, List.of(), Optional.empty());

    private static JobCounts perceptron(List<Integer> hidden, int batch) {
        return OperationCounts.ofGradient(new Work.Job(
                "mlp", new NetworkSpec.Mlp(hidden), new InputShape.Vector(64, 10), batch, OptimizerStep.SGD));
    }

    private static ReferenceJob nearest(Map<JobTerm, Double> seconds, JobCounts counts, double bytes) {
        return ReferenceJob.nearest(new ConcurrencyFit("mlp", 2, seconds, Map.of(), 0.1, 9, 9), counts, LINK, bytes)
                .orElseThrow();
    }

    /** Of a millisecond a layer alone, jobs of three layers are as near as can be: 3 ms. */
    @Test
    void whereLayersTakeTheTimeAJobOfAsManyIsTheReference() {
        ReferenceJob job = nearest(Map.of(JobTerm.LAYER, 1e-3), perceptron(List.of(128, 64), 64), 68_904);
        assertThat(job.job()).startsWith("mlp hidden=32 32 on").contains("batch 64");
        assertThat(job.seconds()).isEqualTo(3e-3);
    }

    /**
     * Of three layers, that of 64 has more parameters and hardly fewer operations than that of 32. By operations alone, 39 million of 256
     * units on 64 features are nearest to the 35 million of 256 on 256.
     */
    @Test
    void ofTheSameLayersThatOfTheNearestProductsIsTheReference() {
        Map<JobTerm, Double> seconds = Map.of(JobTerm.LAYER, 1e-3, JobTerm.FLOP, 1e-12, JobTerm.PARAMETER_BYTE, 1e-10);
        assertThat(nearest(seconds, perceptron(List.of(128, 64), 64), 68_904).job())
                .isEqualTo("mlp hidden=64 64 on features=64 classes=10 batch 16 adam");
        assertThat(nearest(Map.of(JobTerm.FLOP, 1e-12), perceptron(List.of(256), 256), 68_904)
                        .job())
                .contains("hidden=256 on features=256");
    }

    /** Sizes go by four from 64 bytes; 65,536 is nearest to 68,904. Two processes send two messages of the half: 2 (1 ms + 32,768 ns). */
    @Test
    void theSumIsTheOneOfTheNearestSize() {
        ReferenceJob job = nearest(Map.of(JobTerm.LAYER, 1e-3), perceptron(List.of(8), 8), 68_904);
        assertThat(job.ringBytes()).isEqualTo(65_536);
        assertThat(job.ringSeconds()).isCloseTo(2.065536e-3, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(nearest(Map.of(JobTerm.LAYER, 1e-3), perceptron(List.of(8), 8), 4)
                        .ringBytes())
                .isEqualTo(64);
    }

    @Test
    void aFitInWhichNothingTakesTimeHasNoReference() {
        ConcurrencyFit free = new ConcurrencyFit("mlp", 2, Map.of(JobTerm.LAYER, 0.0), Map.of(), 0.1, 9, 9);
        assertThat(ReferenceJob.nearest(free, perceptron(List.of(8), 8), LINK, 4))
                .isEmpty();
    }
}
