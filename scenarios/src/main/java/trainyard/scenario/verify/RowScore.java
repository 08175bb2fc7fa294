package trainyard.scenario.verify;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What became of one row.
 *
 * @param id identifier within its table
 * @param quantity what was measured, in words; empty where nothing could be read
 * @param predicted the simulator's figure, empty where the row was skipped or wrongly refused
 * @param published the source's figure, empty where the row was skipped before it was read, and for a figure over all rows
 * @param unit unit of both
 * @param errorPercent {@code 100 (predicted - published) / published}; empty where the published value is 0 or there is
 *     no prediction; 100 for a row that the simulator wrongly refuses
 * @param gate {@code yes}, or {@code no: } and why the row does not count towards a bar
 * @param status what the score means
 * @param band part of its source that the row belongs to, such as messages of at least 1 MiB; may be empty
 * @param reason why it was skipped, refused, passed or failed, or what was assumed; may be empty
 * @param inputs what was measured, by column of the table; only numbers
 */
public record RowScore(
        String id,
        String quantity,
        OptionalDouble predicted,
        OptionalDouble published,
        String unit,
        OptionalDouble errorPercent,
        String gate,
        Status status,
        String band,
        String reason,
        Map<String, Double> inputs) {

    /** Ends the reason of a row that no simulation was held to besides, in a suite that simulates. */
    public static final String BY_FORM_ONLY = ", not simulated";

    private static final double REFUSED_ERROR_PERCENT = 100;
    private static final String REFUSED = "refused: ";

    /** What a score means. */
    public enum Status {
        /** Within the tolerance that the row states. */
        PASS,
        /** Outside the tolerance that the row states, or refused. */
        FAIL,
        /** Compared; the row states no tolerance. */
        SCORED,
        /** Not compared; the reason names the missing column or the kind that is not built. */
        SKIPPED;

        /** The word in tables and JSON. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public RowScore {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(predicted, "predicted");
        Objects.requireNonNull(published, "published");
        Objects.requireNonNull(errorPercent, "errorPercent");
        Objects.requireNonNull(status, "status");
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        if (status == Status.SKIPPED && reason.isBlank()) {
            throw new IllegalArgumentException("row " + id + " is skipped without a reason");
        }
    }

    /** A row without inputs, which {@link #with} adds. */
    private static RowScore plain(
            String id,
            String quantity,
            OptionalDouble predicted,
            OptionalDouble published,
            String unit,
            OptionalDouble errorPercent,
            String gate,
            Status status,
            String reason) {
        return new RowScore(id, quantity, predicted, published, unit, errorPercent, gate, status, "", reason, Map.of());
    }

    /** A row that was compared. */
    public static RowScore scored(
            String id, String quantity, double predicted, double published, String unit, String gate) {
        return plain(
                id,
                quantity,
                OptionalDouble.of(predicted),
                OptionalDouble.of(published),
                unit,
                errorPercent(predicted, published),
                gate,
                Status.SCORED,
                "");
    }

    private static OptionalDouble errorPercent(double predicted, double published) {
        return published == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(100 * (predicted - published) / Math.abs(published));
    }

    /** A figure over all rows of a table, such as their mean error, judged by the most that it may be. */
    public static RowScore overall(String id, String quantity, double value, double most, String unit) {
        return plain(
                id,
                quantity,
                OptionalDouble.of(value),
                OptionalDouble.empty(),
                unit,
                OptionalDouble.empty(),
                "yes",
                value <= most ? Status.PASS : Status.FAIL,
                String.format(Locale.ROOT, "at most %s %s over all rows", most, unit));
    }

    /** A yes or no, told as 1 or 0, that was compared; it has no error in per cent. */
    public static RowScore verdict(
            String id, String quantity, boolean predicted, boolean published, String gate, String reason) {
        return plain(
                id,
                quantity,
                OptionalDouble.of(predicted ? 1 : 0),
                OptionalDouble.of(published ? 1 : 0),
                "",
                OptionalDouble.empty(),
                gate,
                Status.SCORED,
                reason);
    }

    /** A row that could not be compared. */
    public static RowScore skipped(String id, String gate, String reason) {
        return plain(
                id,
                "",
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "",
                OptionalDouble.empty(),
                gate,
                Status.SKIPPED,
                reason);
    }

    /** A row that took place although the simulator refuses it: a failure with an error of 100 %. */
    public static RowScore refused(
            String id, String quantity, double published, String unit, String gate, String reason) {
        return plain(
                id,
                quantity,
                OptionalDouble.empty(),
                OptionalDouble.of(published),
                unit,
                OptionalDouble.of(REFUSED_ERROR_PERCENT),
                gate,
                Status.FAIL,
                REFUSED + reason);
    }

    /** Whether the simulator refused to predict a row that has a published figure. */
    public boolean isRefused() {
        return status == Status.FAIL && predicted.isEmpty() && reason.startsWith(REFUSED);
    }

    /** Why it did, of a row that it refused. */
    public String refusal() {
        return reason.substring(REFUSED.length());
    }

    /** This row judged by a tolerance. */
    public RowScore judged(boolean pass, String tolerance) {
        return new RowScore(
                id,
                quantity,
                predicted,
                published,
                unit,
                errorPercent,
                gate,
                pass ? Status.PASS : Status.FAIL,
                band,
                tolerance,
                inputs);
    }

    /** This row without an error in per cent, for a published value that is 0 but for rounding. */
    public RowScore withoutPercent() {
        return new RowScore(
                id, quantity, predicted, published, unit, OptionalDouble.empty(), gate, status, band, reason, inputs);
    }

    /** This row with what was assumed for it. */
    public RowScore assuming(String what) {
        return new RowScore(id, quantity, predicted, published, unit, errorPercent, gate, status, band, what, inputs);
    }

    /** This row as part of a band of its source, which texts show in a line of its own. */
    public RowScore inBand(String name) {
        return new RowScore(id, quantity, predicted, published, unit, errorPercent, gate, status, name, reason, inputs);
    }

    /** This row with what was measured, by column. */
    RowScore with(Map<String, Double> columns) {
        return new RowScore(
                id, quantity, predicted, published, unit, errorPercent, gate, status, band, reason, columns);
    }

    /** Whether it is a figure over all rows of a table. */
    public boolean isOverall() {
        return predicted.isPresent() && published.isEmpty();
    }

    public boolean compared() {
        return status != Status.SKIPPED;
    }

    /** Whether it was held to a form and to no simulation besides. */
    boolean isByFormOnly() {
        return reason.endsWith(BY_FORM_ONLY);
    }

    /** Whether the row counts towards an accuracy bar. */
    public boolean gated() {
        return compared() && isGated(gate);
    }

    /** Whether the cell {@code gate} of a row lets it count towards an accuracy bar. */
    public static boolean isGated(String gate) {
        return gate.strip().equalsIgnoreCase("yes");
    }
}
