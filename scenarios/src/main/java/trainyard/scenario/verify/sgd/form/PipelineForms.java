package trainyard.scenario.verify.sgd.form;

import trainyard.scenario.verify.RowParameters;
import trainyard.training.analytic.PipelineDelay;
import trainyard.training.gradient.GradientPath;
import trainyard.training.optimizer.StalenessPolicy;

/** Old weights in pipelines, and what rules do about stale gradients, by the policies of runs themselves. */
final class PipelineForms {

    private PipelineForms() {}

    static void addTo(GoldenForms forms) {
        forms.add(
                "in-flight weight versions at stage i.*",
                row -> PipelineDelay.weightVersions(row.whole("stages"), row.whole("stage")));
        forms.add(
                "pipemare forward delay.*",
                row -> PipelineDelay.forwardDelay(
                        row.whole("stages"), row.whole("stage_1based"), row.whole("microbatches")));
        forms.add(
                "polynomial staleness weight",
                row -> factor(new StalenessPolicy.Polynomial(row.number("exponent")), row));
        forms.add(
                "staleness-aware learning rate", row -> row.number("lr") * factor(new StalenessPolicy.Inverse(), row));
        forms.add("dc-asgd compensated gradient.*", PipelineForms::compensated);
    }

    private static double factor(StalenessPolicy policy, RowParameters row) {
        return policy.begin().factor(row.whole("tau"));
    }

    private static double compensated(RowParameters row) {
        double[] gradient = {row.number("g")};
        GradientPath.PLAIN
                .withDelayCompensation(row.number("lam0"))
                .whereApplied(gradient, new double[] {row.number("w_read")}, new double[] {row.number("w_now")});
        return gradient[0];
    }
}
