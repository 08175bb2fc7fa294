package trainyard.training.calibration.fit;

import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import trainyard.sim.hash.Sha256;

/**
 * Which jobs of a kind of network are kept out of its fit, so that its error can be told on what it never saw: a quarter, those whose names
 * have the least hashes.
 */
public final class HeldOut {

    private static final int ONE_OF = 4;

    private HeldOut() {}

    /**
     * The jobs that are held out; the same on every machine.
     *
     * @param names of all jobs of one kind of network
     */
    public static Set<String> of(Collection<String> names) {
        return names.stream()
                .sorted(Comparator.comparing(Sha256::of))
                .limit((names.size() + ONE_OF - 1) / ONE_OF)
                .collect(Collectors.toUnmodifiableSet());
    }
}
