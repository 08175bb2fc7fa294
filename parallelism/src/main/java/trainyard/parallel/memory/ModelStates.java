package trainyard.parallel.memory;

import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareFeature;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.plan.Offload;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.hardware.Architecture;
import trainyard.sim.hardware.Precision;

/**
 * Bytes per parameter that a rank keeps from step to step with mixed-precision Adam: 16-bit weights 2, gradients 2 or 4,
 * and 12 for the 32-bit master weights and two moments (Rajbhandari et al. 2020, section 3.1: K = 12; Megatron-LM,
 * docs/distrib_optimizer.md). ZeRO divides by the ranks that shard them the 12 from stage 1, the gradients from stage 2 and
 * the weights at stage 3 (section 5). In 32-bit training there is no master copy: 4 + 4 + 8. Gradients that are summed once a
 * step are whole until then, see {@link MemoryModel}.
 *
 * @param parameterBytes weights
 * @param gradientBytes gradients
 * @param optimizerBytes master weights and moments
 */
public record ModelStates(double parameterBytes, double gradientBytes, double optimizerBytes) {

    private static final double MASTER_BYTES = 4;
    private static final double MOMENT_BYTES = 8;

    /**
     * States of a rank.
     *
     * @param parameters parameters that the rank holds
     * @param precision number formats
     * @param architecture generation of the GPU
     * @param bytesPerGradient bytes of one gradient element
     * @param zeroStage 0 to 3
     * @param shardRanks ranks that hold one copy between them
     */
    public static ModelStates of(
            double parameters,
            PrecisionRecipe precision,
            Architecture architecture,
            double bytesPerGradient,
            int zeroStage,
            int shardRanks) {
        boolean single = single(precision);
        double optimizer = MOMENT_BYTES + (single ? 0 : MASTER_BYTES);
        double weight = precision.weightBytes(architecture);
        double gradient = single ? 4 : bytesPerGradient;
        return new ModelStates(
                parameters * weight / (zeroStage >= 3 ? shardRanks : 1),
                parameters * gradient / (zeroStage >= 2 ? shardRanks : 1),
                parameters * optimizer / (zeroStage >= 1 ? shardRanks : 1));
    }

    /** States of a rank as a job's software keeps them. */
    static ModelStates of(TrainingJob job, double parameters, int zeroStage, int shardRanks) {
        PrecisionRecipe precision = job.precision();
        SoftwareProfile software = job.software();
        Architecture architecture = job.cluster().node().gpu().architecture();
        double bytesPerGradient = software.gradients().bytesPerElement();
        ModelStates states = of(parameters, precision, architecture, bytesPerGradient, zeroStage, shardRanks);
        if (software.has(SoftwareFeature.SIXTEEN_BIT_MOMENTS) && !single(precision)) {
            states = states.withSixteenBitMoments();
        }
        double one = precision.savedInputBytes() / precision.weightBytes(architecture);
        return software.has(SoftwareFeature.ONE_COPY_OF_WEIGHTS)
                ? states.withWeightBytes(states.parameterBytes * one)
                : states;
    }

    private static boolean single(PrecisionRecipe precision) {
        return precision.storage().bytes() >= Precision.FP32.bytes();
    }

    /** The same without weights of their own: they are cast from the master weights when they are gathered. */
    public ModelStates withoutParameters() {
        return new ModelStates(0, gradientBytes, optimizerBytes);
    }

    private ModelStates withSixteenBitMoments() {
        double share = (MASTER_BYTES + MOMENT_BYTES / 2) / (MASTER_BYTES + MOMENT_BYTES);
        return new ModelStates(parameterBytes, gradientBytes, optimizerBytes * share);
    }

    private ModelStates withWeightBytes(double bytes) {
        return new ModelStates(bytes, gradientBytes, optimizerBytes);
    }

    /** The same of weights that are not trained: no gradients and no optimizer state. */
    public ModelStates weightsAlone() {
        return new ModelStates(parameterBytes, 0, 0);
    }

    /** The same where parameter servers hold the optimizer's state. */
    public ModelStates withoutOptimizer() {
        return new ModelStates(parameterBytes, gradientBytes, 0);
    }

    /**
     * What stays in device memory.
     *
     * @param shared whether a rank holds no more than its share of the gradients, which leaves with the optimizer's state
     */
    public ModelStates onDevice(Offload offload, boolean shared) {
        return new ModelStates(
                offload.movesParameters() ? 0 : parameterBytes,
                offload.movesOptimizer() && shared ? 0 : gradientBytes,
                offload.movesOptimizer() ? 0 : optimizerBytes);
    }

    public ModelStates plus(ModelStates other) {
        return new ModelStates(
                parameterBytes + other.parameterBytes,
                gradientBytes + other.gradientBytes,
                optimizerBytes + other.optimizerBytes);
    }

    /** Bytes of all states. */
    public double totalBytes() {
        return parameterBytes + gradientBytes + optimizerBytes;
    }
}
