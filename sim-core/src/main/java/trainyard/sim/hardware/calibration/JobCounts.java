package trainyard.sim.hardware.calibration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /**
     * Whether amounts lie outside those that a fit was made of, and what of its time they make up: each term for as much of it as lies
     * beyond the nearer end. A fit whose coefficients or ranges leave a term out says nothing of it.
     *
     * @param fit which fit, in words
     * @param seconds its coefficients, in seconds per unit of the term
     * @param valid smallest and largest amount of each term that it was made of
     */
    Optional<Extrapolation> extrapolation(
            String fit, Map<JobTerm, Double> seconds, Map<JobTerm, FitQuality.Interval> valid) {
        double whole = seconds(seconds);
        List<Extrapolation.Beyond> beyond = new ArrayList<>();
        double sum = 0;
        for (Map.Entry<JobTerm, FitQuality.Interval> range : valid.entrySet()) {
            JobTerm term = range.getKey();
            Optional<Extrapolation.Beyond> outside = Extrapolation.Beyond.of(
                    term.words(), range.getValue().low(), range.getValue().high(), of(term));
            double outsideSeconds =
                    outside.map(Extrapolation.Beyond::distance).orElse(0.0) * seconds.getOrDefault(term, 0.0);
            if (outsideSeconds > Extrapolation.LEAST_SHARE * whole) {
                beyond.add(outside.orElseThrow());
                sum += outsideSeconds;
            }
        }
        return beyond.isEmpty()
                ? Optional.empty()
                : Optional.of(new Extrapolation(fit, beyond, whole > 0 ? Math.min(1, sum / whole) : 1));
    }

    /** How much of a term there is, at least 0. */
    public double of(JobTerm term) {
        return amounts.getOrDefault(term, 0.0);
    }
}
