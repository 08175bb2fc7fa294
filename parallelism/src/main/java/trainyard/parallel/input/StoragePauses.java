package trainyard.parallel.input;

import trainyard.sim.random.Exponential;

/**
 * Times in which the storage gives nothing to anybody, as while it fails over or collects garbage.
 *
 * @param between from the end of one to the start of the next
 * @param length how long each lasts
 */
public record StoragePauses(Exponential between, Exponential length) {

    /** Pauses by their means in seconds. */
    public static StoragePauses withMeans(double betweenSeconds, double lengthSeconds) {
        return new StoragePauses(new Exponential(betweenSeconds), new Exponential(lengthSeconds));
    }
}
