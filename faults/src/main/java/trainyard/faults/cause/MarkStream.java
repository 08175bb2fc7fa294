package trainyard.faults.cause;

import org.apache.commons.rng.UniformRandomProvider;
import trainyard.sim.random.SplitMix;

/**
 * Streams of what is drawn of one mark beside the times of its incident, which start from the mark itself. Each has a number of
 * its own that keeps it apart; none is the increment of SplitMix64 (Steele, Lea and Flood 2014), by which streams would be each
 * other's, moved on by one draw.
 */
public enum MarkStream {
    /** The start of nodes beside a running job. */
    START(0xD1342543DE82EF95L),
    /** Their copy of the state. */
    COPY(0xC2B2AE3D27D4EB4FL),
    /** Whether a fault is foretold. */
    FORETOLD(0xD6E8FEB86659FD93L),
    /** Waits before a job is started again. */
    WAITS(0x2545F4914F6CDD1DL),
    /** When an error that is silent is noticed. */
    LOOKS(0x5851F42D4C957F2DL),
    /** When a slow part is found. */
    SLOW(0x8EBC6AF09C88C6E3L),
    /** The latency of each detector. */
    DETECTOR(0xA0761D6478BD642FL),
    /** The marks of a trace that begins again. */
    NEXT_ROUND(0xE7037ED1A0B428DBL);

    private final long salt;

    MarkStream(long salt) {
        this.salt = salt;
    }

    /** The stream of a mark. */
    public UniformRandomProvider of(long mark) {
        return SplitMix.of(mark ^ salt);
    }

    /**
     * One of several streams of a mark.
     *
     * @param number which one, not 0
     */
    public UniformRandomProvider of(long mark, int number) {
        return SplitMix.of(mark(mark, number));
    }

    /** One of several marks that follow from a mark. */
    public long mark(long mark, int number) {
        return mark + number * salt;
    }
}
