package trainyard.scenario.verify.sgd;

import trainyard.training.analytic.PipelineDelay;
import trainyard.training.analytic.StalenessCompensation;

/** Old weights in pipelines, and what rules do about stale gradients. */
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
                row -> StalenessCompensation.polynomialWeight(row.number("tau"), row.number("exponent")));
        forms.add(
                "staleness-aware learning rate",
                row -> StalenessCompensation.learningRate(row.number("lr"), row.number("tau")));
        forms.add(
                "dc-asgd compensated gradient.*",
                row -> StalenessCompensation.delayCompensated(
                        row.number("g"), row.number("w_now"), row.number("w_read"), row.number("lam0")));
    }
}
