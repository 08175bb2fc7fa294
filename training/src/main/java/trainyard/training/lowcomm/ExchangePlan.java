package trainyard.training.lowcomm;

/**
 * What replicas exchange and when. Each fragment of the model is exchanged once in every {@code period} steps, and fragments take
 * turns at even distances. Sources: DiLoCo, A. Douillard et al. 2023 (arXiv 2311.08105): one fragment; Streaming DiLoCo, A. Douillard
 * et al. 2025 (arXiv 2501.18512): several, late and in few bits. With a period of 1 and one fragment it is data parallelism.
 *
 * @param period H, steps between two exchanges of a fragment, 1 or more
 * @param layersPerFragment layers that are exchanged together, 1 or more; the number of layers or more: all
 * @param pattern which layers those are
 * @param overlapSteps steps that go on with what a replica has, before it merges what arrived; less than the period
 * @param bitsPerParameter on the wire
 * @param replicas R, 1 or more, one per site
 */
public record ExchangePlan(
        int period,
        int layersPerFragment,
        FragmentPattern pattern,
        int overlapSteps,
        double bitsPerParameter,
        int replicas) {

    public ExchangePlan {
        if (period < 1 || layersPerFragment < 1 || replicas < 1 || !(bitsPerParameter > 0)) {
            throw new IllegalArgumentException("period, layers of a fragment, replicas and bits must be positive");
        }
        if (overlapSteps < 0 || overlapSteps >= period) {
            throw new IllegalArgumentException("overlap (" + overlapSteps + " steps) must be less than the period ("
                    + period + "), or a fragment would leave before it has arrived");
        }
    }

    /** Gradients of all layers at every step. */
    public static ExchangePlan dataParallel(double bitsPerParameter, int replicas) {
        return new ExchangePlan(1, Integer.MAX_VALUE, FragmentPattern.SEQUENTIAL, 0, bitsPerParameter, replicas);
    }

    /** All layers at once, every so many steps: local SGD, DiLoCo. */
    public static ExchangePlan periodic(int period, double bitsPerParameter, int replicas) {
        return new ExchangePlan(period, Integer.MAX_VALUE, FragmentPattern.SEQUENTIAL, 0, bitsPerParameter, replicas);
    }

    /** Number of fragments of a model. */
    public int fragments(int layers) {
        return (layers - 1) / layersPerFragment + 1;
    }

    /** Bits that a replica sends to reduce so many parameters in a ring: {@code 2 (R - 1) / R b n}. */
    public double bits(double parameters) {
        return 2 * (replicas - 1.0) / replicas * bitsPerParameter * parameters;
    }
}
