package trainyard.scenario.verify.sgd.form;

import trainyard.scenario.verify.RowParameters;
import trainyard.sim.random.Distribution;
import trainyard.training.analytic.IterationTime;
import trainyard.training.analytic.OrderStatistics;

/** Seconds between two updates. */
final class IterationTimeForms {

    private IterationTimeForms() {}

    static void addTo(GoldenForms forms) {
        forms.add(
                "e\\[t\\] (fully )?sync(hronous)?|e\\[t\\] all-reduce",
                row -> order(row, row.whole("P"), row.whole("P")));
        forms.add("e\\[t\\] k-sync.*", row -> order(row, row.whole("K"), row.whole("P")));
        forms.add(
                "e\\[t\\] (sync with )?backup workers.*",
                row -> order(row, row.whole("N_needed"), row.whole("N_needed") + row.whole("b_backup")));
        forms.add(
                "e\\[t\\] k-batch-sync.*",
                row -> IterationTime.kBatchSync(GradientTimeLaw.of(row), row.whole("K"), row.whole("P")));
        forms.add(
                "e\\[t\\] k-async.*",
                row -> IterationTime.kAsync(GradientTimeLaw.of(row), row.whole("K"), row.whole("P")));
        forms.add(
                "e\\[t\\] k-batch-async.*",
                row -> IterationTime.kBatchAsync(GradientTimeLaw.of(row), row.whole("K"), row.whole("P")));
        forms.add(
                "e\\[t\\] (fully )?async.*",
                row -> IterationTime.kBatchAsync(GradientTimeLaw.of(row), 1, row.whole("P")));
        forms.add(
                "e\\[t_sync\\]/e\\[t_async\\].*",
                row -> IterationTime.syncOverAsync(GradientTimeLaw.of(row), row.whole("P")));
        forms.add("e\\[t\\] gradient coding.*", IterationTimeForms::gradientCoding);
    }

    private static double order(RowParameters row, int k, int p) {
        return OrderStatistics.mean(GradientTimeLaw.of(row), k, p);
    }

    private static double gradientCoding(RowParameters row) {
        Distribution law = GradientTimeLaw.of(row);
        return IterationTime.gradientCoding(law, row.whole("stragglers_tolerated"), row.whole("P"));
    }
}
