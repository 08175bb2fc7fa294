package trainyard.scenario.verify.sgd.form;

import trainyard.training.analytic.OrderStatistics;

/** When the first K of P workers are done. */
final class OrderStatisticsForms {

    private OrderStatisticsForms() {}

    static void addTo(GoldenForms forms) {
        forms.addPattern(
                "e\\[x_\\(k:p\\)\\] (.+)",
                words -> row ->
                        OrderStatistics.mean(GradientTimeLaw.of(words.group(1), row), row.whole("K"), row.whole("P")));
        forms.addPattern(
                "var\\[x_\\(k:p\\)\\] (.+)",
                words -> row -> OrderStatistics.variance(
                        GradientTimeLaw.of(words.group(1), row), row.whole("K"), row.whole("P")));
    }
}
