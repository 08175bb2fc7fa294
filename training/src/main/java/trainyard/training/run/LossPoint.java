package trainyard.training.run;

/**
 * What a run shows at one moment.
 *
 * @param seconds virtual time
 * @param updates so far
 * @param examples applied so far
 * @param sentBytes on the network so far
 * @param loss of the parameters that are shown
 */
public record LossPoint(double seconds, long updates, long examples, double sentBytes, double loss) {}
