package trainyard.parallel.kernel;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import trainyard.parallel.model.Operator;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.precision.Quantisation;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.Precision;

/**
 * Time of the operators that run on one GPU. A kernel takes the longer of its arithmetic and its memory traffic, plus a
 * short gap to the next one of its stream.
 */
public final class KernelModel {

    /**
     * Time from the end of a queued kernel to the start of the next one in the same stream: 1 to 1.5 us on V100 to H100
     * (NVIDIA developer blog, "Getting started with CUDA graphs", 2019; later reports agree).
     */
    static final double GAP_SECONDS = 1.2e-6;

    /** Rows and columns of a tile of scores (flash_attn_triton.py, flash_fwd_launch_template.h: 128 x 64 to 128). */
    private static final double FLASH_TILE = 128;

    private final GpuSpec gpu;
    private final Set<ModellingElement> elements;
    private final CalibratedGemm gemm;
    private final PrecisionRecipe recipe;
    private final Precision storage;
    private final SoftwareProfile software;
    private final double memoryBytesPerSecond;
    private final double peakMemoryBytesPerSecond;
    private final double bandwidthFactor;
    private final double gapSeconds;

    /** Without measurements of the machine. */
    public KernelModel(GpuSpec gpu, PrecisionRecipe recipe, SoftwareProfile software) {
        this(gpu, recipe, software, KernelCalibration.NONE);
    }

    /**
     * @param gpu where it runs
     * @param recipe number formats
     * @param software framework generation
     * @param calibration what was measured of the machine
     */
    public KernelModel(GpuSpec gpu, PrecisionRecipe recipe, SoftwareProfile software, KernelCalibration calibration) {
        this(gpu, recipe, software, calibration, EnumSet.allOf(ModellingElement.class));
    }

    /**
     * @param gpu where it runs
     * @param recipe number formats
     * @param software framework generation
     * @param calibration what was measured of the machine
     * @param elements effects that count
     */
    public KernelModel(
            GpuSpec gpu,
            PrecisionRecipe recipe,
            SoftwareProfile software,
            KernelCalibration calibration,
            Set<ModellingElement> elements) {
        this(gpu, recipe, software, calibration, elements, product -> {});
    }

    private KernelModel(
            GpuSpec gpu,
            PrecisionRecipe recipe,
            SoftwareProfile software,
            KernelCalibration calibration,
            Set<ModellingElement> elements,
            Consumer<MeasuredProduct> told) {
        this.gpu = gpu;
        this.elements = elements;
        this.recipe = recipe;
        this.storage = recipe.storage();
        this.software = software;
        this.gapSeconds = counts(ModellingElement.LAUNCH_GAP) ? GAP_SECONDS * calibration.gapTime() : 0;
        this.gemm = new CalibratedGemm(GemmModel.of(gpu, software, elements), calibration, gapSeconds, told);
        this.bandwidthFactor = calibration.memoryBandwidth();
        this.memoryBytesPerSecond = MemoryBandwidth.achieved(gpu) * bandwidthFactor;
        this.peakMemoryBytesPerSecond = gpu.memoryBytesPerSecond() * bandwidthFactor;
    }

    /**
     * One that tells which measured products it takes times from.
     *
     * @param told hears of each product whose time is taken from measured ones, each time that it is priced
     */
    public static KernelModel telling(
            GpuSpec gpu,
            PrecisionRecipe recipe,
            SoftwareProfile software,
            KernelCalibration calibration,
            Consumer<MeasuredProduct> told) {
        return new KernelModel(gpu, recipe, software, calibration, EnumSet.allOf(ModellingElement.class), told);
    }

    /** Whether an effect counts. */
    public boolean counts(ModellingElement element) {
        return elements.contains(element);
    }

    /** Cost of an operator in the forward pass; zero for an exchange, which the collective model prices. */
    public KernelTime forward(Operator operator) {
        if (operator instanceof Operator.MatrixMultiply x) {
            return product(x, x.m(), x.n(), x.k(), storage.bytes())
                    .plus(x.quantising().ofInput() ? quantise(x, x.m() * x.k()) : KernelTime.ZERO);
        }
        if (operator instanceof Operator.Convolution x) {
            return one(gemm.seconds(x.groups(), x.m(), x.n(), x.k(), storage, storage.bytes()));
        }
        if (operator instanceof Operator.Streaming x) {
            double random = x.randomElements() / RandomNumbers.perSecond(gpu);
            KernelTime moved = stream(x.forwardBytes(), x.forwardKernels());
            return new KernelTime(
                    Math.max(moved.seconds(), random) + indexed(x.indexed().forward()), moved.kernels());
        }
        if (operator instanceof Operator.Norm x) {
            return norm(x.forwardBytes(), true);
        }
        if (operator instanceof Operator.FlashAttention x) {
            return attention(x, x.forwardFlops(), true);
        }
        return KernelTime.ZERO;
    }

    /**
     * Causal attention computes tiles on the diagonal whole, so that {@code (n + 1) / 2n} of n x n tiles count instead of a
     * half (Dao 2023, section 3.1.1).
     */
    private KernelTime attention(Operator.FlashAttention x, double flops, boolean forward) {
        boolean counted = FlashRate.countsDiagonal(x.kernel(), gpu.architecture());
        boolean diagonal = x.causal() && !counted && counts(ModellingElement.TILE_QUANTISATION);
        double computed = diagonal ? 1 + FLASH_TILE / Math.max(FLASH_TILE, x.keys()) : 1;
        double rate = gpu.peak(storage) * flashShare(x, forward);
        return one(flops * computed / rate);
    }

    /** Cost of the part of the backward pass that yields the gradient of the operator's input. */
    public KernelTime dataGradient(Operator operator) {
        if (operator instanceof Operator.MatrixMultiply x) {
            KernelTime left = product(x, x.m(), x.k(), x.n(), storage.bytes());
            if (!x.weighted()) {
                return left.plus(gradient(x, storage.bytes()));
            }
            return x.quantising().ofGradient() ? left.plus(quantise(x, x.m() * x.n())) : left;
        }
        if (operator instanceof Operator.Convolution x) {
            return x.computesInputGradient()
                    ? one(gemm.seconds(x.groups(), x.m(), x.k(), x.n(), storage, storage.bytes()))
                    : KernelTime.ZERO;
        }
        if (operator instanceof Operator.Streaming x) {
            double computed = x.compiledGradients() / ScriptedGelu.gradientsPerSecond(gpu);
            KernelTime moved = stream(x.backwardBytes(), x.backwardKernels());
            return new KernelTime(
                    Math.max(moved.seconds(), computed) + indexed(x.indexed().backward()), moved.kernels());
        }
        if (operator instanceof Operator.Norm x) {
            return norm(x.backwardBytes(), false);
        }
        if (operator instanceof Operator.FlashAttention x) {
            return attention(x, x.backwardFlops(), false);
        }
        return KernelTime.ZERO;
    }

    /** Cost of the weight gradient and of adding it to what earlier micro-batches left; zero for a frozen weight. */
    public KernelTime weightGradient(Operator operator) {
        if (operator instanceof Operator.Convolution x) {
            return one(gemm.gradientSeconds(x.groups(), x.k(), x.n(), x.m(), storage, storage.bytes()));
        }
        if (!(operator instanceof Operator.MatrixMultiply x) || !x.trained()) {
            return KernelTime.ZERO;
        }
        double elements = x.batch() * x.k() * x.n();
        if (software.has(SoftwareFeature.FUSED_GRADIENT_ACCUMULATION)) {
            return gradient(x, 2 * software.gradients().bytesPerElement());
        }
        return gradient(x, storage.bytes()).plus(accumulation(elements));
    }

    /**
     * Adding a gradient of the operands' format to the sum of those before: one pass that reads both and writes one.
     * DeepSpeed first turns it into the format of a wider sum by a kernel of its own (runtime/bf16_optimizer.py,
     * update_hp_grads), so that the copy is written and read besides.
     */
    private KernelTime accumulation(double elements) {
        double sum = software.gradients().bytesPerElement();
        boolean cast = software.has(SoftwareFeature.DEEPSPEED_BUFFERS) && sum > storage.bytes();
        return stream(elements * (storage.bytes() + (cast ? 4 : 2) * sum), cast ? 2 : 1);
    }

    /** Cost of quantising the weights of so many parameters for one step where the optimizer has not done it. */
    public KernelTime quantiseWeights(double parameters) {
        return recipe.quantisation()
                .filter(how -> !how.keepsWeights())
                .map(how -> quantised(how, parameters, 1))
                .orElse(KernelTime.ZERO);
    }

    private KernelTime product(Operator.MatrixMultiply x, double m, double n, double k, double outputBytes) {
        return grouped(x, gemm.seconds(x.batch(), m, n, k, format(x), outputBytes));
    }

    /** The gradient of the second operand: the sum over the m rows of the first. */
    private KernelTime gradient(Operator.MatrixMultiply x, double outputBytes) {
        return grouped(x, gemm.gradientSeconds(x.batch(), x.k(), x.n(), x.m(), format(x), outputBytes));
    }

    /** Kernels of groups share the GPU, but each begins a gap later, although they lie in several streams. */
    private KernelTime grouped(Operator.MatrixMultiply x, double seconds) {
        return new KernelTime(seconds + x.kernels() * gapSeconds, x.kernels());
    }

    private Precision format(Operator.MatrixMultiply x) {
        return x.quantised() ? recipe.products() : storage;
    }

    /** Bringing an operand of so many elements in each group into the format of the products. */
    private KernelTime quantise(Operator.MatrixMultiply x, double operand) {
        return recipe.quantisation()
                .map(how -> quantised(how, x.batch() * operand, x.kernels()))
                .orElse(KernelTime.ZERO);
    }

    private KernelTime quantised(Quantisation how, double elements, int tensors) {
        double bytes = elements * how.movedBytes(storage.bytes(), gpu.architecture());
        double moved =
                counts(ModellingElement.MEMORY_TRAFFIC) ? bytes / (peakMemoryBytesPerSecond * how.bandwidthShare()) : 0;
        int kernels = how.kernels() * tensors;
        return new KernelTime(moved + kernels * gapSeconds, kernels);
    }

    /** Cost of {@code kernels} kernels that move {@code bytes} through device memory between them. */
    public KernelTime stream(double bytes, int kernels) {
        double moved = counts(ModellingElement.MEMORY_TRAFFIC) ? bytes / memoryBytesPerSecond : 0;
        return new KernelTime(moved + kernels * gapSeconds, kernels);
    }

    private double indexed(double elements) {
        return counts(ModellingElement.MEMORY_TRAFFIC) ? elements / IndexedElements.perSecond(gpu) : 0;
    }

    private double flashShare(Operator.FlashAttention x, boolean forward) {
        return FlashRate.share(x.kernel(), gpu, forward, x.causal(), x.keys())
                * FlashRate.headShare(x.kernel(), gpu.architecture(), x.headSize(), forward)
                * FlashRate.powerShare(gpu);
    }

    private KernelTime norm(double bytes, boolean forward) {
        double rate = software.norm().bytesPerSecond(gpu, forward) * bandwidthFactor;
        return one(counts(ModellingElement.MEMORY_TRAFFIC) ? bytes / rate : 0);
    }

    private KernelTime one(double seconds) {
        return new KernelTime(seconds + gapSeconds, 1);
    }
}
