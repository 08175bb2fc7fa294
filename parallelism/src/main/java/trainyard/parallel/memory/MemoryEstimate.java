package trainyard.parallel.memory;

import java.util.Comparator;
import java.util.List;

/**
 * Peak memory of every stage against what a GPU has.
 *
 * @param stages one entry per pipeline stage, in order
 * @param capacityBytes device memory of one GPU
 */
public record MemoryEstimate(List<StageMemory> stages, double capacityBytes) {

    public MemoryEstimate {
        stages = List.copyOf(stages);
    }

    /** The stage that needs most. */
    public StageMemory peak() {
        return stages.stream()
                .max(Comparator.comparingDouble(StageMemory::totalBytes))
                .orElseThrow();
    }

    public boolean fits() {
        return peak().totalBytes() <= capacityBytes;
    }
}
