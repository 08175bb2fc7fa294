package trainyard.parallel.memory;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Peak memory of the ranks of one pipeline stage.
 *
 * @param stage pipeline stage, from 0
 * @param bytes bytes by component
 */
public record StageMemory(int stage, Map<MemoryComponent, Double> bytes) {

    public StageMemory {
        EnumMap<MemoryComponent, Double> copy = new EnumMap<>(MemoryComponent.class);
        for (MemoryComponent component : MemoryComponent.values()) {
            copy.put(component, bytes.getOrDefault(component, 0.0));
        }
        bytes = Collections.unmodifiableMap(copy);
    }

    /** Bytes of all parts on one GPU of the stage. */
    public double totalBytes() {
        double sum = 0;
        for (double component : bytes.values()) {
            sum += component;
        }
        return sum;
    }
}
