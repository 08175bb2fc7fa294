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
    EAGER;

    /** Reads how a row was measured: {@code all_reduce_bench.py} is a PyTorch program. */
    static RowHost of(CsvRow row) {
        return row.text("source_ref").toLowerCase(Locale.ROOT).contains("all_reduce_bench.py") ? EAGER : HIDDEN;
    }

    /** The time that the row's program measures for a collective. */
    double seconds(double collectiveSeconds) {
        return this == EAGER
                ? collectiveSeconds
                        + SoftwareProfiles.named("megatron-2021").host().forwardLaunchSeconds()
                : collectiveSeconds;
    }
}
