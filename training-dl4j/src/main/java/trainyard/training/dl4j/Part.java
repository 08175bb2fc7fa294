package trainyard.training.dl4j;

import java.util.ArrayList;
import java.util.List;
import trainyard.sim.random.RandomStreams;
import trainyard.training.network.InitialWeights;
import trainyard.training.problem.ParameterBlock;

/**
 * A block of parameters and where DL4J keeps it.
 *
 * @param block what everyone else knows
 * @param layer index of DL4J's layer
 * @param key DL4J's name of the parameter in that layer
 * @param start values before training
 */
record Part(ParameterBlock block, int layer, String key, Start start) {

    /** Fills a block before training. */
    @FunctionalInterface
    interface Start {
        void fill(double[] parameters, ParameterBlock block, RandomStreams streams);

        /** Normal draws of this standard deviation and mean 0. */
        static Start normal(double deviation) {
            return (parameters, block, streams) -> InitialWeights.fill(parameters, block, deviation, streams);
        }

        /** The same value throughout. */
        static Start constant(double value) {
            return columns(value, 0, Integer.MAX_VALUE);
        }

        /** A value from one column on up to another, and 0 in others. */
        static Start columns(double value, int from, int to) {
            return (parameters, block, streams) -> {
                for (int i = 0; i < block.size(); i++) {
                    int column = i % block.columns();
                    parameters[block.offset() + i] = column >= from && column < to ? value : 0;
                }
            };
        }
    }

    /** Collects parts one behind the other. */
    static final class Sequence {
        private final List<Part> parts = new ArrayList<>();
        private int end;
        private int layer = -1;

        /** The next blocks belong to a further layer. */
        Sequence layer() {
            layer++;
            return this;
        }

        Sequence add(String name, int rows, int columns, int dl4jLayer, String key, Start start) {
            ParameterBlock block = new ParameterBlock(name, layer, end, rows, columns);
            parts.add(new Part(block, dl4jLayer, key, start));
            end = block.end();
            return this;
        }

        /** Weights and biases of a layer that DL4J calls W and b. */
        Sequence dense(String name, int inputs, int units, int dl4jLayer, double deviation) {
            return add(name + " weights", inputs, units, dl4jLayer, "W", Start.normal(deviation))
                    .add(name + " biases", 1, units, dl4jLayer, "b", Start.constant(0));
        }

        List<Part> all() {
            return List.copyOf(parts);
        }
    }
}
