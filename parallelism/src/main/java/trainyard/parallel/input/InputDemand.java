package trainyard.parallel.input;

/**
 * What the training asks of the path. All data-parallel ranks wait for each other at the end of a step.
 *
 * @param loaders data-parallel ranks, each with a loader
 * @param microBatches micro-batches of a rank in one step, spread evenly over it
 * @param samples samples of a micro-batch
 * @param stepSeconds time of a step that waits for no data
 */
public record InputDemand(int loaders, int microBatches, int samples, double stepSeconds) {

    public InputDemand {
        if (loaders < 1 || microBatches < 1 || samples < 1 || !(stepSeconds > 0)) {
            throw new IllegalArgumentException("a step has loaders, micro-batches, samples and a time above 0, got "
                    + loaders + ", " + microBatches + ", " + samples + ", " + stepSeconds + " s");
        }
    }
}
