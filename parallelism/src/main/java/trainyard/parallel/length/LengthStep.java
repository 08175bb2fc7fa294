package trainyard.parallel.length;

/**
 * One step.
 *
 * @param seconds how long it took, or until it crashed and the job was there again
 * @param peakBytes most memory that a micro-batch asked for at the first try
 * @param crashed whether it was lost
 * @param halved micro-batches of all ranks that did not fit at the first try and were halved
 * @param sequences sequences that were learned from
 * @param tokens tokens of them, what they were filled up with not counted
 * @param paddedTokens tokens that were computed, what sequences were filled up with included
 */
public record LengthStep(
        double seconds, double peakBytes, boolean crashed, int halved, int sequences, long tokens, long paddedTokens) {}
