package trainyard.training.run;

import java.util.OptionalDouble;

/**
 * What a run shows at one moment.
 *
 * @param seconds virtual time
 * @param updates so far
 * @param examples applied so far
 * @param sentBytes on the network so far
 * @param loss of the parameters that are shown
 * @param accuracy on held-out examples, in [0, 1]; empty where nothing is classified
 */
public record LossPoint(
        double seconds, long updates, long examples, double sentBytes, double loss, OptionalDouble accuracy) {}
