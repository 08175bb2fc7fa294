package trainyard.training.clock;

import java.util.List;

/**
 * How fast the core of each worker was, gradient by gradient, as a fraction of what it does on a quiet machine. A virtual core that shares
 * its hardware with others is slow for a while, and comes back.
 *
 * @param computing of each worker, one for each of its gradients, all above 0: 0.5 takes twice as long
 * @param rings likewise, of exchange in a ring after each gradient
 */
public record CoreSpeeds(List<List<Double>> computing, List<List<Double>> rings) {

    public CoreSpeeds {
        computing = checked(computing);
        rings = checked(rings);
        if (computing.size() != rings.size()) {
            throw new IllegalArgumentException(
                    computing.size() + " workers that compute, " + rings.size() + " in rings");
        }
    }

    private static List<List<Double>> checked(List<List<Double>> speeds) {
        for (List<Double> own : speeds) {
            if (own.isEmpty() || own.stream().anyMatch(speed -> !(speed > 0 && speed < Double.POSITIVE_INFINITY))) {
                throw new IllegalArgumentException("a worker needs speeds above 0: " + own);
            }
        }
        return speeds.stream().map(List::copyOf).toList();
    }

    /**
     * How many times as long a gradient takes.
     *
     * @param gradient of the worker, from 0; beyond the last that is known it is as fast as that
     */
    double computingFactor(int worker, long gradient) {
        return factor(computing.get(worker), gradient);
    }

    /** Likewise, exchange in a ring after it. */
    double ringFactor(int worker, long gradient) {
        return factor(rings.get(worker), gradient);
    }

    private static double factor(List<Double> own, long gradient) {
        return 1 / own.get((int) Math.min(gradient, own.size() - 1));
    }
}
