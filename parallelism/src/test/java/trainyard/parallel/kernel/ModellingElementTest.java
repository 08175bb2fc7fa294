package trainyard.parallel.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import trainyard.parallel.model.Operator;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.hardware.HardwareCatalog;

class ModellingElementTest {

    /** Odd rows and parts of tiles and waves, and few enough operations per byte that memory bounds the last one. */
    private static double seconds(EnumSet<ModellingElement> elements) {
        KernelModel model = new KernelModel(
                HardwareCatalog.load().gpu("A100-SXM-80"),
                PrecisionRecipe.FP16,
                SoftwareProfiles.named("megatron-2021"),
                KernelCalibration.NONE,
                elements);
        return model.forward(Operator.MatrixMultiply.ofWeight("odd", 1000, 3001, 1000, 0))
                        .seconds()
                + model.forward(Operator.MatrixMultiply.ofWeight("flat", 65536, 64, 64, 0))
                        .seconds();
    }

    /** Every element of a kernel's time makes it longer. */
    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"HOST_TIME", "OVERLAP_CONTENTION", "SLOWEST_GPU", "LOGITS"})
    void leavingAnElementOutShortensKernels(ModellingElement element) {
        EnumSet<ModellingElement> all = EnumSet.allOf(ModellingElement.class);
        EnumSet<ModellingElement> others = EnumSet.complementOf(EnumSet.of(element));
        assertThat(seconds(others)).isLessThan(seconds(all));
    }
}
