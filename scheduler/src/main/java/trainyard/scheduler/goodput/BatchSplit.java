package trainyard.scheduler.goodput;

/**
 * The part of a batch that each GPU has.
 *
 * @param samples of a pass, at least 1
 * @param passes of a step, at least 1; gradients of all but the last are added up on the GPU
 */
public record BatchSplit(int samples, int passes) {

    public BatchSplit {
        if (samples < 1 || passes < 1) {
            throw new IllegalArgumentException(
                    "a batch is split in passes over samples, got " + passes + " over " + samples);
        }
    }

    /** Samples of a step on all GPUs. */
    public long total(int gpus) {
        return (long) gpus * samples * passes;
    }
}
