package trainyard.report.document;

import java.util.List;
import java.util.Objects;
import trainyard.report.figure.Require;

/**
 * A number taken apart into terms that add up to it.
 *
 * @param title what is taken apart, for example "Step time"
 * @param unit unit of the total and of each term
 * @param total the number
 * @param terms at least one; their sum equals the total to one part in 10^6
 */
public record Breakdown(String title, String unit, double total, List<Term> terms) {

    private static final double ROUNDING = 1e-6;

    /**
     * One summand.
     *
     * @param name for example "pipeline bubble"
     * @param value in the unit of the breakdown; negative for a saving
     * @param formula how it was computed, for example "(p - 1) / m x compute"; empty where it was counted by events
     * @param source paper or rule behind the formula; empty for none
     */
    public record Term(String name, double value, String formula, String source) {

        public Term {
            Require.text(name, "term name");
            Require.finite(value, "term '" + name + "'");
            Objects.requireNonNull(formula, "formula");
            Objects.requireNonNull(source, "source");
        }
    }

    public Breakdown {
        Require.text(title, "title");
        Objects.requireNonNull(unit, "unit");
        Require.finite(total, "total of '" + title + "'");
        terms = Require.notEmpty(terms, "terms of '" + title + "'");
        double sum = terms.stream().mapToDouble(Term::value).sum();
        double size = terms.stream().mapToDouble(term -> Math.abs(term.value())).sum();
        Require.that(
                Math.abs(sum - total) <= ROUNDING * Math.max(size, Math.abs(total)),
                "the terms of '" + title + "' add up to " + sum + ", but the total is " + total);
    }
}
