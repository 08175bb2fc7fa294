package trainyard.scenario.verify.sgd.form;

import trainyard.scenario.verify.RowParameters;

/** When the first K of P workers are done. */
final class OrderStatisticsForms {

    private OrderStatisticsForms() {}

    static void addTo(GoldenForms forms) {
        forms.addPattern(
                "e\\[x_\\(k:p\\)\\] (.+)",
                words -> row -> moments(words.group(1), row).mean());
        forms.addPattern(
                "var\\[x_\\(k:p\\)\\] (.+)",
                words -> row -> moments(words.group(1), row).variance());
    }

    private static GradientTimeLaw.OrderMoments moments(String law, RowParameters row) {
        return GradientTimeLaw.OrderMoments.of(law, row, row.whole("K"), row.whole("P"));
    }
}
