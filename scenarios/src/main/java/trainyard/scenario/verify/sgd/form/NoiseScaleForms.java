package trainyard.scenario.verify.sgd.form;

import trainyard.scenario.verify.RowParameters;
import trainyard.training.analytic.NoiseScale;

/** What batches are worth. */
final class NoiseScaleForms {

    private NoiseScaleForms() {}

    static void addTo(GoldenForms forms) {
        forms.add(
                "steps to target", row -> NoiseScale.steps(row.number("S_min"), row.number("E_min"), row.number("B")));
        forms.add(
                "examples to target",
                row -> NoiseScale.examples(row.number("S_min"), row.number("E_min"), row.number("B")));
        forms.add("critical batch.*", row -> NoiseScale.criticalBatch(row.number("S_min"), row.number("E_min")));
        forms.add("unbiased \\|g\\|\\^2 estimate", row -> norms(row).trueNorm());
        forms.add("unbiased tr\\(sigma\\) estimate", row -> norms(row).covariance());
        forms.add("simple noise scale", row -> norms(row).scale());
        forms.add("gradient noise scale phi", NoiseScaleForms::phi);
        forms.add(
                "pollux statistical efficiency",
                row -> NoiseScale.efficiency(phi(row), row.number("m0"), row.number("m")));
        forms.add(
                "adascale gain",
                row -> NoiseScale.adaScaleGain(
                        row.number("grad_sqr"), row.number("grad_var"), row.number("m") / row.number("m0")));
    }

    private static double phi(RowParameters row) {
        return NoiseScale.pollux(row.number("m0"), row.number("grad_sqr"), row.number("grad_var"));
    }

    private static NoiseScale.Norms norms(RowParameters row) {
        return new NoiseScale.Norms(
                row.number("B_small"), row.number("sq_norm_small"), row.number("B_big"), row.number("sq_norm_big"));
    }
}
