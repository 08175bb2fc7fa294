package trainyard.faults.checkpoint;

import java.util.Optional;

/**
 * How a level writes.
 *
 * @param inFlight saves that may go on beside the training at the same time, at least 1; the next snapshot waits for the
 *     oldest of as many (1 as CheckFreq, FAST 2021; several as PCcheck, ASPLOS 2025)
 * @param slowdown share of its speed that the training loses while a save goes on, in [0, 1)
 * @param lagNanos time after the save until it is safe that holds nothing up, such as the copy to another region
 * @param deltas the chain of an incremental level; needs one save in flight, so that no link is safe before its base
 */
public record Writing(int inFlight, double slowdown, long lagNanos, Optional<DeltaChain> deltas) {

    /** One save at a time that costs the training nothing. */
    public static final Writing PLAIN = new Writing(1, 0, 0, Optional.empty());

    public Writing {
        if (inFlight < 1 || !(slowdown >= 0) || slowdown >= 1 || lagNanos < 0) {
            throw new IllegalArgumentException(
                    "a level writes with at least one save in flight, a slowdown in [0, 1) and no negative lag, got "
                            + inFlight + ", " + slowdown + " and " + lagNanos + " ns");
        }
        if (deltas.isPresent() && inFlight > 1) {
            throw new IllegalArgumentException("a chain of deltas has one save in flight, got " + inFlight);
        }
    }
}
