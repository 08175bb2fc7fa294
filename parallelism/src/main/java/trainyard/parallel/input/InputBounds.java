package trainyard.parallel.input;

import java.util.EnumMap;
import java.util.Map;

/**
 * Closed forms of a path whose storage never pauses and whose reads take their mean time, for loaders that read at the same
 * time. Let t be the time of a micro-batch's training, n the loaders, and local the time to read what the cache has. A copy from
 * pinned memory is made by the workers, while training goes on: pinned = copy, exposed = 0; from other memory training waits for
 * it: pinned = 0, exposed = copy.
 *
 * <pre>
 *   no buffer          step = m (t + latency + read + local + decode + copy),  read = bytes / min(stream, storage / n)
 *   unbounded buffer   step = m max(t + exposed, read, one / workers, decode / min(cores, workers), copy)
 *                      one = latency + local + bytes / min(stream of a worker, storage) + decode + pinned
 * </pre>
 */
public final class InputBounds {

    /** What may bound the rate of a step. */
    public enum Bound {
        COMPUTE,
        /** The rate of the storage, or of the network of its clients. */
        STORAGE,
        /** The time from request to data, over the workers. */
        WORKERS,
        CORES,
        COPY
    }

    private final InputPath path;
    private final InputDemand demand;
    private final BatchCost cost;

    /**
     * @param hitShare share of samples that the cache has
     */
    public InputBounds(InputPath path, InputDemand demand, double hitShare) {
        this.path = path;
        this.demand = demand;
        this.cost = BatchCost.of(path, demand, hitShare);
    }

    private double latencySeconds() {
        return cost.reads() * path.storage().latencySeconds();
    }

    private TrafficRule rule() {
        return path.storage().rules().get(StorageClass.DATA);
    }

    /** Time in which all loaders read one micro-batch each. */
    private double readSeconds() {
        double together = Math.min(path.storage().bytesPerSecond(), rule().limit(demand.loaders()));
        return cost.storageBytes() * demand.loaders() / together;
    }

    /** A step whose training process loads each micro-batch itself, one after the other. */
    public double serialSeconds() {
        double load =
                latencySeconds() + readSeconds() + cost.localSeconds() + cost.decodeSeconds() + cost.copySeconds();
        return demand.stepSeconds() + demand.microBatches() * load;
    }

    /** A step behind a buffer without bound. */
    public double overlappedSeconds() {
        double slowest = 0;
        for (double seconds : stepSeconds().values()) {
            slowest = Math.max(slowest, seconds);
        }
        double exposed = path.copy().pinned() ? 0 : demand.microBatches() * cost.copySeconds();
        return Math.max(slowest, demand.stepSeconds() + exposed);
    }

    /** What a step takes at least, by each part of the path alone. */
    public Map<Bound, Double> stepSeconds() {
        Loading loading = path.loading();
        int m = demand.microBatches();
        double idleSeconds = latencySeconds() + cost.localSeconds();
        // Reads of several workers share the rate of the storage, so their transfers do not add up per worker.
        double oneStream =
                cost.storageBytes() / Math.min(path.storage().bytesPerSecond(), rule().streamBytesPerSecond());
        double copy = path.copy().pinned() ? cost.copySeconds() : 0;
        double ofOneWorker = idleSeconds + oneStream + cost.decodeSeconds() + copy;
        Map<Bound, Double> seconds = new EnumMap<>(Bound.class);
        seconds.put(Bound.COMPUTE, demand.stepSeconds());
        seconds.put(Bound.STORAGE, m * readSeconds());
        seconds.put(Bound.WORKERS, m * ofOneWorker / loading.parallel());
        seconds.put(Bound.CORES, m * cost.decodeSeconds() / Math.min(loading.cores(), loading.parallel()));
        seconds.put(Bound.COPY, m * cost.copySeconds());
        return seconds;
    }

    /** The part that bounds the rate. */
    public Bound bound() {
        Bound worst = Bound.COMPUTE;
        Map<Bound, Double> seconds = stepSeconds();
        for (Map.Entry<Bound, Double> part : seconds.entrySet()) {
            worst = part.getValue() > seconds.get(worst) * (1 + 1e-9) ? part.getKey() : worst;
        }
        return worst;
    }

    /** Rate that the storage has to give for steps that never wait. */
    public double neededBytesPerSecond() {
        return cost.storageBytes() * demand.loaders() * demand.microBatches() / demand.stepSeconds();
    }

    /** Cores of each loader that steps need which never wait: decode time x samples per second. */
    public double neededCores() {
        return cost.decodeSeconds() * demand.microBatches() / demand.stepSeconds();
    }
}
