package trainyard.scenario.verify.sgd.form;

import trainyard.training.analytic.DelayStability;

/** Which learning rates are stable with gradients of fixed age. */
final class StabilityForms {

    private StabilityForms() {}

    static void addTo(GoldenForms forms) {
        forms.add("max stable lr\\*lambda, fixed delay.*", row -> DelayStability.limit(row.whole("tau")));
        forms.add(
                "max stable lr\\*lambda, heavy ball.*",
                row -> DelayStability.limit(row.whole("tau"), row.number("momentum")));
        forms.add(
                "spectral radius, .*",
                row -> DelayStability.radius(row.whole("tau"), row.number("a"), row.numberOr("momentum", 0)));
        forms.add(
                "spectral radius at that lr\\*lambda", row -> DelayStability.radius(row.whole("tau"), row.number("a")));
        forms.add("lr\\*lambda with fastest asymptotic decay.*", row -> DelayStability.fastest(row.whole("tau")));
    }
}
