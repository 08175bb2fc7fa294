package trainyard.parallel.length;

import java.util.Objects;

/**
 * Steps of a job whose sequences vary in length.
 *
 * @param ranks data-parallel ranks, which wait for each other at the end of a step
 * @param microBatches micro-batches of a rank in one step
 * @param sequences sequences of a micro-batch
 * @param lengths their lengths
 * @param memoryBytes what a GPU has for the job, head-room taken off
 * @param onOutOfMemory what happens when a micro-batch does not fit
 * @param restSeconds what a step takes besides its micro-batches
 * @param restartSeconds time from a crash to the next step
 */
public record LengthDesign(
        int ranks,
        int microBatches,
        int sequences,
        LengthLaw lengths,
        double memoryBytes,
        OutOfMemory onOutOfMemory,
        double restSeconds,
        double restartSeconds) {

    public LengthDesign {
        Objects.requireNonNull(lengths, "lengths");
        Objects.requireNonNull(onOutOfMemory, "onOutOfMemory");
        if (ranks < 1 || microBatches < 1 || sequences < 1 || !(memoryBytes > 0)) {
            throw new IllegalArgumentException("a step has ranks, micro-batches, sequences and memory, got " + ranks
                    + ", " + microBatches + ", " + sequences + ", " + memoryBytes + " B");
        }
        if (!(restSeconds >= 0) || !(restartSeconds >= 0)) {
            throw new IllegalArgumentException(
                    "times must not be negative, got " + restSeconds + " and " + restartSeconds);
        }
    }
}
