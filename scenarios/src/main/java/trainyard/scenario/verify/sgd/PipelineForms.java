package trainyard.scenario.verify.sgd;

import trainyard.training.analytic.PipelineDelay;
import trainyard.training.analytic.StalenessCompensation;
import trainyard.training.optimizer.StalenessPolicy;

/** Old weights in pipelines, and what rules do about stale gradients, by the policies themselves where they are values. */
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
                row -> new StalenessPolicy.Polynomial(row.number("exponent")).factor(row.whole("tau")));
        forms.add(
                "staleness-aware learning rate",
                row -> row.number("lr") * new StalenessPolicy.Inverse().factor(row.whole("tau")));
        forms.add(
                "dc-asgd compensated gradient.*",
                row -> StalenessCompensation.delayCompensated(
                        row.number("g"), row.number("w_now"), row.number("w_read"), row.number("lam0")));
    }
}
