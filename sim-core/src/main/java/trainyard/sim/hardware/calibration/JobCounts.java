package trainyard.sim.hardware.calibration;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How much of each term an iteration has.
 *
 * @param amounts finite and at least 0; a term that is missing does not occur; {@link JobTerm#ITERATION} is 1
 */
public record JobCounts(Map<JobTerm, Double> amounts) {

    public JobCounts {
        EnumMap<JobTerm, Double> checked = new EnumMap<>(JobTerm.class);
        checked.putAll(amounts);
        checked.put(JobTerm.ITERATION, 1.0);
        checked.forEach((term, amount) -> {
            if (!(amount >= 0 && amount < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("an amount must be 0 or more: " + term + " " + amount);
            }
        });
        checked.values().removeIf(amount -> amount == 0);
        amounts = Collections.unmodifiableMap(checked);
    }

    /**
     * Time of the amounts: {@code sum of coefficient times amount}.
     *
     * @param seconds coefficients, in seconds per unit of the term
     */
    public double seconds(Map<JobTerm, Double> seconds) {
        return seconds.entrySet().stream()
                .mapToDouble(term -> term.getValue() * of(term.getKey()))
                .sum();
    }

    /** How much of a term there is, at least 0. */
    public double of(JobTerm term) {
        return amounts.getOrDefault(term, 0.0);
    }
}
