package trainyard.parallel.step.cost;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Where the time of one folded group of GPUs went: the GPUs of one pipeline stage of replicas that do the same at the same
 * time. Where some GPUs of a group are slower than others, it is their mean.
 *
 * @param stage pipeline stage, from 0
 * @param gpus GPUs in the group
 * @param nanos nanoseconds of the step in each state; they sum to the step
 */
public record StageTime(int stage, int gpus, Map<TimeState, Long> nanos) {

    public StageTime {
        EnumMap<TimeState, Long> copy = new EnumMap<>(TimeState.class);
        for (TimeState state : TimeState.values()) {
            copy.put(state, nanos.getOrDefault(state, 0L));
        }
        nanos = Collections.unmodifiableMap(copy);
    }

    /** Nanoseconds in a state. */
    public long nanos(TimeState state) {
        return nanos.get(state);
    }

    /** Nanoseconds of the step. */
    public long totalNanos() {
        return nanos.values().stream().mapToLong(Long::longValue).sum();
    }
}
