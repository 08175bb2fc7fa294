package trainyard.scenario.verify.collectives;

import java.util.Locale;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.sim.csv.CsvRow;

/**
 * What the host of a benchmark adds to the time of a collective: the way in which the row's program starts kernels and
 * reads the clock. Training does not meet these times in this form, so they belong to the rows, not to the model.
 */
enum RowHost {
    /** One process per GPU, many calls in a row: the start of a kernel hides behind the one before it. */
    HIDDEN,
    /**
     * PyTorch's call lies between two events of the GPU's clock, so its host time counts as long as the GPU waits for it.
     */
    EAGER,
    /**
     * One thread starts the kernels of all GPUs, one after the other ({@code all_reduce_perf -g 8}), so that a call takes at
     * least as long as that.
     */
    ONE_THREAD;

    /**
     * Starting the kernel of one GPU: NVIDIA/nccl-tests issue 123 (December 2022, DGX A100, {@code -g n}) measured 13.76,
     * 16.88, 20.8, 25.2, 29.5 and 33.7 us for calls of 8 to 128 bytes on 3 to 8 GPUs.
     */
    private static final double THREAD_LAUNCH_SECONDS = 4.2e-6;

    /**
     * Reads how a row was measured: {@code all_reduce_bench.py} is a PyTorch program; the command for the single A100 node of
     * stas00/ml-engineering, network/README.md, ends with {@code -g 8}.
     */
    static RowHost of(CsvRow row) {
        String words = row.text("source_ref").toLowerCase(Locale.ROOT);
        if (words.contains("all_reduce_bench.py")) {
            return EAGER;
        }
        return words.contains("nccl-tests, single a100 node") ? ONE_THREAD : HIDDEN;
    }

    /**
     * The time that the row's program measures for a collective.
     *
     * @param gpus GPUs whose kernels the program starts
     */
    double seconds(double collectiveSeconds, int gpus) {
        return switch (this) {
            case HIDDEN -> collectiveSeconds;
            case EAGER ->
                collectiveSeconds
                        + SoftwareProfiles.named("megatron-2021").host().forwardLaunchSeconds();
            case ONE_THREAD -> Math.max(collectiveSeconds, gpus * THREAD_LAUNCH_SECONDS);
        };
    }
}
