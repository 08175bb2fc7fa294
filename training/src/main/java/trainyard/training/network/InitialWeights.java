package trainyard.training.network;

import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import trainyard.sim.random.RandomStreams;
import trainyard.training.problem.ParameterBlock;

/**
 * Where networks start. Each block has a stream of its own, keyed by its name, and is filled row by row, so every backend that
 * names its blocks alike starts at the same values.
 */
public final class InitialWeights {
    private InitialWeights() {}

    /**
     * Standard deviation of weights in front of a ReLU, {@code sqrt(2 / inputs)} (He et al. 2015, arXiv 1502.01852).
     *
     * @param inputs of a unit
     */
    public static double he(int inputs) {
        return Math.sqrt(2.0 / inputs);
    }

    /**
     * Standard deviation of weights of other layers, {@code sqrt(2 / (inputs + outputs))} (Glorot and Bengio 2010, AISTATS).
     *
     * @param inputs of a unit
     * @param outputs units
     */
    public static double glorot(int inputs, int outputs) {
        return Math.sqrt(2.0 / (inputs + outputs));
    }

    /**
     * Fills a block with normal draws of mean 0.
     *
     * @param parameters all of them; those of the block are overwritten
     * @param block which
     * @param deviation standard deviation
     * @param streams of the run
     */
    public static void fill(double[] parameters, ParameterBlock block, double deviation, RandomStreams streams) {
        ContinuousSampler normal = ZigguratSampler.NormalizedGaussian.of(streams.stream("initial " + block.name()));
        for (int i = block.offset(); i < block.end(); i++) {
            parameters[i] = deviation * normal.sample();
        }
    }
}
