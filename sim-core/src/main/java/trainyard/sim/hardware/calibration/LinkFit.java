package trainyard.sim.hardware.calibration;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Time of a transfer: {@code t = alpha + bytes beta}, with other constants for small transfers where the file has pieces.
 *
 * @param name link, such as {@code h2d_pinned}
 * @param alphaSeconds latency
 * @param betaSecondsPerByte inverse of the bandwidth; 0 where a larger transfer takes no longer
 * @param pieces constants up to a size, ascending; may be empty
 * @param bytes smallest and largest transfer that was measured; empty where the file does not say
 * @param fit errors of the fit, where the file states them
 */
public record LinkFit(
        String name,
        double alphaSeconds,
        double betaSecondsPerByte,
        List<Piece> pieces,
        Optional<FitQuality.Interval> bytes,
        Optional<FitQuality> fit) {

    /**
     * Constants for transfers of at most a size.
     *
     * @param upToBytes largest transfer, included
     * @param alphaSeconds latency
     * @param betaSecondsPerByte inverse of the bandwidth; 0 where a larger transfer takes no longer
     */
    public record Piece(double upToBytes, double alphaSeconds, double betaSecondsPerByte) {}

    public LinkFit {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(bytes, "bytes");
        Objects.requireNonNull(fit, "fit");
        pieces = List.copyOf(pieces);
    }

    /** A link of which it is not known what sizes were measured. */
    public LinkFit(
            String name, double alphaSeconds, double betaSecondsPerByte, List<Piece> pieces, Optional<FitQuality> fit) {
        this(name, alphaSeconds, betaSecondsPerByte, pieces, Optional.empty(), fit);
    }

    /** That transfers of this size lie outside those that were measured; empty also where it is not known which were. */
    public Optional<Extrapolation> extrapolation(double size) {
        return bytes.flatMap(range -> Extrapolation.Beyond.of("bytes of a message", range.low(), range.high(), size))
                .map(beyond -> new Extrapolation("the fit of messages over " + name, List.of(beyond), 1));
    }

    /** Seconds that a message of so many bytes takes, by the fit. */
    public double seconds(double bytes) {
        for (Piece piece : pieces) {
            if (bytes <= piece.upToBytes()) {
                return piece.alphaSeconds() + bytes * piece.betaSecondsPerByte();
            }
        }
        return alphaSeconds + bytes * betaSecondsPerByte;
    }
}
