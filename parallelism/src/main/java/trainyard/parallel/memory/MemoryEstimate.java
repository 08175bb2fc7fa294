package trainyard.parallel.memory;

import java.util.Comparator;
import java.util.List;

/**
 * Peak memory of every stage against what a GPU has.
 *
 * @param stages one entry per pipeline stage, in order
 * @param capacityBytes device memory of one GPU
 * @param offloaded what lies on the host and its drives instead
 */
public record MemoryEstimate(List<StageMemory> stages, double capacityBytes, OffloadedMemory offloaded) {

    public MemoryEstimate {
        stages = List.copyOf(stages);
    }

    /** The stage that needs most. */
    public StageMemory peak() {
        return stages.stream()
                .max(Comparator.comparingDouble(StageMemory::totalBytes))
                .orElseThrow();
    }

    public boolean fitsDevice() {
        return peak().totalBytes() <= capacityBytes;
    }

    /** Whether everything has room where it lies. */
    public boolean fits() {
        return fitsIn(1);
    }

    /** Whether everything has room where it lies and a share of the device memory holds what lies there. */
    public boolean fitsIn(double share) {
        return peak().totalBytes() <= share * capacityBytes && offloaded.fits();
    }
}
