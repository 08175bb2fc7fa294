package trainyard.training.pipeline;

import java.util.function.IntUnaryOperator;

/**
 * How a pipeline is filled and what becomes of its gradients.
 *
 * @param microBatches of one update
 * @param underWay most micro-batches that a stage has begun and not finished
 * @param rates by what the learning rate of a stage is multiplied
 */
record PipelineFilling(int microBatches, IntUnaryOperator underWay, Rates rates) {

    /** Factors of the learning rate. */
    @FunctionalInterface
    interface Rates {

        /**
         * @param update number of updates of that stage before
         */
        double factor(int stage, long update);
    }
}
