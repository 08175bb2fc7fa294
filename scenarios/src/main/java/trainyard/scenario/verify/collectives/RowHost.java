package trainyard.scenario.verify.collectives;

import java.util.Locale;
import trainyard.sim.csv.CsvRow;

/**
 * What the host of a benchmark adds to the time of a collective: the way in which the row's program starts kernels and
 * reads the clock. Training does not meet these times in this form, so they belong to the rows, not to the model.
 */
enum RowHost {
    /** One process per GPU, many calls in a row: the start of a kernel hides behind the one before it. */
    HIDDEN,
    /**
     * One thread starts the kernels of all GPUs of a node, so that a call takes no less than that. NCCL then started them
     * as one cooperative launch over devices (NVIDIA/nccl issue 787, comment of a maintainer of 2023-03-09), which on
     * eight GPUs of a DGX-1 takes 67 us (L. Zhang et al., A study of single and multi-device synchronization methods in
     * NVIDIA GPUs, arXiv 2004.05371, 2020, recalled).
     */
    ONE_THREAD,
    /**
     * PyTorch's call lies between two events of the GPU's clock, so its host time counts as long as the GPU waits for it.
     */
    EAGER;

    private static final double COOPERATIVE_LAUNCH_SECONDS_PER_GPU = 67e-6 / 8;

    /**
     * One operation of eager PyTorch: 25.5 tokens a second for Llama 7B on A100 before CUDA graphs, 32 layers of 46
     * kernels, bound by the host ("Accelerating Generative AI with PyTorch II: GPT, Fast", pytorch.org, November 2023).
     */
    private static final double EAGER_CALL_SECONDS = 1 / 25.5 / (32 * 46);

    /**
     * Reads how a row was measured: {@code all_reduce_bench.py} is a PyTorch program; nccl-tests on one node of Volta or
     * Ampere is the first command of its README, one process with {@code -g} GPUs, unless the source runs it under MPI.
     */
    static RowHost of(CsvRow row) {
        String reference = row.text("source_ref").toLowerCase(Locale.ROOT);
        String gpu = row.text("gpu");
        if (reference.contains("all_reduce_bench.py")) {
            return EAGER;
        }
        boolean oneNode = row.text("nodes").equals("1");
        boolean beforeHopper = gpu.startsWith("A100") || gpu.startsWith("V100");
        return reference.contains("(nccl-tests") && oneNode && beforeHopper ? ONE_THREAD : HIDDEN;
    }

    /** The time that the row's program measures for a collective among so many GPUs. */
    double seconds(double collectiveSeconds, int gpus) {
        return switch (this) {
            case HIDDEN -> collectiveSeconds;
            case ONE_THREAD -> Math.max(collectiveSeconds, gpus * COOPERATIVE_LAUNCH_SECONDS_PER_GPU);
            case EAGER -> collectiveSeconds + EAGER_CALL_SECONDS;
        };
    }
}
