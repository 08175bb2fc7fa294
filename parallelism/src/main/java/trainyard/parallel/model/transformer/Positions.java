package trainyard.parallel.model.transformer;

import java.util.Objects;
import trainyard.sim.checks.Checks;

/**
 * How positions enter a transformer.
 *
 * @param encoding kind
 * @param rows rows of the table of learned positions, 0 for every other encoding
 */
public record Positions(PositionEncoding encoding, int rows) {

    public static final Positions ROTARY = new Positions(PositionEncoding.ROTARY, 0);
    public static final Positions SCALED_ROTARY = new Positions(PositionEncoding.SCALED_ROTARY, 0);
    public static final Positions ALIBI = new Positions(PositionEncoding.ALIBI, 0);

    public Positions {
        Objects.requireNonNull(encoding, "position encoding");
        Checks.atLeast("learned positions", rows, 0);
        if ((encoding == PositionEncoding.LEARNED) != (rows > 0)) {
            throw new IllegalArgumentException(
                    "position encoding " + encoding + " contradicts " + rows + " learned positions");
        }
    }

    public static Positions learned(int rows) {
        return new Positions(PositionEncoding.LEARNED, rows);
    }

    /** A table long enough for {@code sequence} tokens, where there is a table. */
    public Positions atLeast(int sequence) {
        return rows == 0 ? this : learned(Math.max(rows, sequence));
    }
}
