package trainyard.scenario.workload.sgd;

import java.util.List;
import java.util.Optional;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.sgd.SgdProblemSection;
import trainyard.training.analytic.FederatedQuadratic;
import trainyard.training.clock.Outages;
import trainyard.training.gradient.GradientPath;
import trainyard.training.optimizer.Sgd;
import trainyard.training.replica.FederatedAveraging;
import trainyard.training.run.TrainingDesign;

/** Federated averaging on a quadratic, where its loss is known exactly: plain steps of one rate, and clients that all send. */
final class FederatedForm {

    private FederatedForm() {}

    /** The form; empty where the run is another one, or its rate diverges. */
    static Optional<FederatedQuadratic> of(SgdDesign design, TrainingDesign tuned) {
        Values problem = design.problemSection();
        boolean isQuadratic = problem.get(SgdProblemSection.KIND) == SgdProblemSection.Kind.QUADRATIC;
        if (!isQuadratic || !(tuned.rule() instanceof FederatedAveraging rule) || !isPlain(tuned, rule)) {
            return Optional.empty();
        }
        List<Double> curvatures = problem.find(SgdProblemSection.CURVATURE).orElse(List.of(1.0));
        double rate = tuned.recipe().rate().base();
        if (curvatures.stream().anyMatch(curvature -> rate * curvature >= 2)) {
            return Optional.empty();
        }
        return Optional.of(new FederatedQuadratic(
                curvatures,
                rate,
                rule.steps(),
                tuned.workers().count(),
                rule.clients(),
                problem.get(SgdProblemSection.SPREAD),
                problem.get(SgdProblemSection.NOISE) / tuned.recipe().batch(),
                problem.get(SgdProblemSection.START)));
    }

    private static boolean isPlain(TrainingDesign tuned, FederatedAveraging rule) {
        return rule.dropOut() == 0
                && Double.isInfinite(rule.deadlineSeconds())
                && rule.weights().isEmpty()
                && tuned.workers().outages() == Outages.NONE
                && tuned.recipe().optimizer() instanceof Sgd sgd
                && sgd.momentum() == 0
                && tuned.recipe().rate().isConstant()
                && tuned.recipe().gradients().equals(GradientPath.PLAIN);
    }
}
