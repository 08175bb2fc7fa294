package trainyard.training.optimizer;

/** How parameters go along gradients. A value; {@link #begin} makes what one set of parameters keeps between its steps. */
public sealed interface Optimizer permits Sgd, Adam {

    /**
     * Begins with nothing kept.
     *
     * @param parameters how many
     */
    Steps begin(int parameters);

    /** The steps of one set of parameters, with what is kept between them, such as momentum. */
    @FunctionalInterface
    interface Steps {

        /**
         * Takes a step of a part of the parameters. Parts are the same at each step and do not overlap.
         *
         * @param old all parameters
         * @param gradient of all, not changed
         * @param rate learning rate, 0 or more
         * @param next where the part is written to; may be {@code old}
         * @param from index of the first parameter of the part
         * @param to index behind the last one
         * @return sum of the part, which is finite only if each of its parameters is
         */
        double step(double[] old, double[] gradient, double rate, double[] next, int from, int to);
    }
}
