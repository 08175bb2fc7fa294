package trainyard.cli;

import java.util.Optional;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.step.cost.StepCost;
import trainyard.scenario.answer.Answer;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.job.JobBinding;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.Study;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;
import trainyard.scenario.workload.step.StepMetrics;

/** Words the plan of a cell in one line; where there is none to state, what its first replication comes to. */
final class PlanLine {

    private PlanLine() {}

    static String of(Study study, Cell cell, Outcome outcome) {
        String label = study.cells().size() == 1 ? "" : cell.label() + ": ";
        if (outcome.infeasible().isPresent()) {
            return label + "cannot run: " + outcome.infeasible().get().message();
        }
        Optional<StepCost> step = outcome.step();
        return label + step.map(cost -> step(study.values(cell), cost)).orElseGet(() -> headline(study, outcome));
    }

    private static String headline(Study study, Outcome outcome) {
        Metric metric = Answer.headline(study).yielded();
        String where = study.replications() > 1 ? " in the first replication" : "";
        return outcome.value(metric)
                .map(value -> metric.words()
                        + (value.isInfinite() ? " is beyond the horizon" : " " + metric.format(value))
                        + where)
                .orElse("can run");
    }

    private static String step(Values values, StepCost cost) {
        ParallelPlan plan = JobBinding.bind(values.get(ScenarioSection.CLUSTER), values.get(ScenarioSection.JOB))
                .plan();
        return Wording.counted(plan.gpus(), "GPU") + " = tensor " + plan.tensor() + " x pipeline " + plan.pipeline()
                + (plan.context() > 1 ? " x context " + plan.context() : "")
                + " x data " + plan.data() + "; memory "
                + StepMetrics.MEMORY_PEAK.format(cost.memory().peak().totalBytes())
                + " of " + StepMetrics.MEMORY_PEAK.format(cost.memory().capacityBytes()) + " per GPU";
    }
}
