package trainyard.parallel.input;

/**
 * One step of a job that is fed through an input path.
 *
 * @param startSeconds when it began
 * @param seconds how long it took
 * @param stallSeconds of which it waited for data, copies from memory that is not pinned included
 * @param buffered micro-batches that lay ready when it ended, mean over the loaders
 * @param dataBytes bytes read from the storage meanwhile
 * @param checkpointBytes bytes of checkpoints written meanwhile
 */
public record StepRecord(
        double startSeconds,
        double seconds,
        double stallSeconds,
        double buffered,
        double dataBytes,
        double checkpointBytes) {}
