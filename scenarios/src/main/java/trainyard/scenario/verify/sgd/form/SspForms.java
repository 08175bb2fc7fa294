package trainyard.scenario.verify.sgd.form;

import java.util.List;
import java.util.Locale;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.RowSkipped;
import trainyard.training.analytic.SspThroughput;

/** Gradients per second under stale synchronous parallel. */
public final class SspForms {

    private SspForms() {}

    static void addTo(GoldenForms forms) {
        forms.add("(steady-state )?total clock throughput.*", SspForms::throughput);
        forms.add("async total throughput.*", row -> SspThroughput.unbounded(seconds(row)));
        forms.add("mean fraction of time blocked per worker.*", SspForms::blocked);
    }

    /** Whether the slack of a row is without bound. */
    public static boolean unbounded(RowParameters row) {
        return row.required("s").toLowerCase(Locale.ROOT).startsWith("inf");
    }

    /** Whether all steps of a row take equally long. */
    public static boolean deterministic(RowParameters row) {
        return row.required("dist").startsWith("determ");
    }

    private static double throughput(RowParameters row) {
        if (unbounded(row)) {
            return SspThroughput.unbounded(seconds(row));
        }
        return deterministic(row)
                ? SspThroughput.deterministic(seconds(row), row.whole("s"))
                : SspThroughput.exponential(rates(row), row.whole("s"));
    }

    private static double blocked(RowParameters row) {
        if (deterministic(row)) {
            throw RowSkipped.notBuilt("the share of time blocked with fixed times");
        }
        return unbounded(row) ? 0 : SspThroughput.blockedShare(rates(row), row.whole("s"));
    }

    /** Clocks per second of each worker. */
    static List<Double> rates(RowParameters row) {
        String law = row.required("dist");
        if (!law.startsWith("exp")) {
            throw RowSkipped.notBuilt("SSP with times of the law " + law);
        }
        return row.numbers("rates");
    }

    /** Mean seconds of a clock of each worker. */
    public static List<Double> seconds(RowParameters row) {
        return deterministic(row)
                ? row.numbers("step_times_s")
                : rates(row).stream().map(rate -> 1 / rate).toList();
    }
}
