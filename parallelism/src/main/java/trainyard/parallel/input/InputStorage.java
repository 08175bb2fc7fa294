package trainyard.parallel.input;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The storage that all nodes share.
 *
 * @param bytesPerSecond what it gives and takes in all
 * @param latencySeconds mean time from a read's request to its first byte
 * @param latencyVariation coefficient of variation of that time (gamma law); 0 where it is fixed
 * @param pauses when it stands still, if ever
 * @param rules what each class of traffic gets
 */
public record InputStorage(
        double bytesPerSecond,
        double latencySeconds,
        double latencyVariation,
        Optional<StoragePauses> pauses,
        Map<StorageClass, TrafficRule> rules) {

    public InputStorage {
        Objects.requireNonNull(pauses, "pauses");
        rules = Map.copyOf(rules);
        if (!(bytesPerSecond > 0) || !(latencySeconds >= 0) || !(latencyVariation >= 0)) {
            throw new IllegalArgumentException("a storage has a rate above 0 and a latency that is not negative, got "
                    + bytesPerSecond + " B/s, " + latencySeconds + " s, " + latencyVariation);
        }
    }
}
