package trainyard.scenario.workload;

import java.util.List;

/** How a number comes about that holds for a whole cell, whatever its replications draw. */
public sealed interface Derivation {

    /**
     * A sum, or what follows from one.
     *
     * @param formula how the metric follows from the sum; empty where it is the sum
     * @param title what the sum is
     * @param unit its unit
     * @param parts its summands, at least one
     */
    record Sum(String formula, String title, String unit, List<Part> parts) implements Derivation {

        public Sum {
            parts = List.copyOf(parts);
        }
    }

    /**
     * A summand.
     *
     * @param value in the unit of the sum
     * @param formula how it was computed
     */
    record Part(String name, double value, String formula) {}

    /**
     * No sum.
     *
     * @param why the reason, in words that follow the name of the metric
     * @param hint what to ask for in its stead
     */
    record None(String why, String hint) implements Derivation {}

    /**
     * No value either.
     *
     * @param why what it lacks, in words that follow "has no value:"
     * @param hint what to ask for in its stead
     */
    record Missing(String why, String hint) implements Derivation {}
}
