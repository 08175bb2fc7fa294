package trainyard.parallel.schedule;

/**
 * What a schedule arranges.
 *
 * @param stages pipeline stages p
 * @param microBatches micro-batches m of one step
 * @param chunks model chunks v per stage
 */
public record PipelineShape(int stages, int microBatches, int chunks) {

    public PipelineShape {
        if (stages < 1 || microBatches < 1 || chunks < 1) {
            throw new IllegalArgumentException("a pipeline needs stages, micro-batches and chunks, got " + stages + ", "
                    + microBatches + " and " + chunks);
        }
    }
}
