package trainyard.scenario.answer;

import java.util.List;
import java.util.Optional;
import trainyard.parallel.step.StepCost;
import trainyard.report.document.Breakdown;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.workload.CollectiveMetrics;
import trainyard.scenario.workload.LifeMetrics;
import trainyard.scenario.workload.Metric;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.StepMetrics;

/**
 * A number taken apart.
 *
 * @param metric the metric
 * @param value its value, in base units
 * @param formula how the metric follows from the total that is broken down; empty where it is that total
 * @param breakdown terms that add up to that total
 */
public record Explanation(Metric metric, double value, String formula, Breakdown breakdown) {

    private static final List<Metric> EFFICIENCY =
            List.of(StepMetrics.MFU, StepMetrics.HFU, StepMetrics.FLOPS_PER_GPU, StepMetrics.HARDWARE_FLOPS_PER_GPU);

    /**
     * Explains a metric of a cell; a cell that does not fit still has its memory explained.
     *
     * @throws ScenarioException if the cell cannot run, or the metric does not break down into terms
     */
    public static Explanation of(StudyResult result, CellResult cell, Metric metric) {
        Outcome outcome = cell.first().orElseThrow();
        Optional<StepCost> step = outcome.step();
        if (LifeMetrics.explains(metric) && outcome.isFeasible()) {
            return ofLife(cell, metric);
        }
        if (metric.name().startsWith("memory.") && step.isPresent()) {
            return of(metric, outcome, "", Breakdowns.memory(step.get()));
        }
        outcome.infeasible().ifPresent(problem -> {
            throw new ScenarioException(problem);
        });
        if (step.isEmpty()) {
            if (outcome.value(CollectiveMetrics.TIME).isEmpty()) {
                throw notBrokenDown(metric, outcome);
            }
            return ofCollective(metric, outcome);
        }
        if (EFFICIENCY.contains(metric)) {
            String formula = metric.equals(StepMetrics.MFU) || metric.equals(StepMetrics.FLOPS_PER_GPU)
                    ? "model FLOPs / step time / GPUs"
                    : "(model FLOPs + recomputed FLOPs) / step time / GPUs";
            boolean share = metric.unit().equals("%");
            return of(metric, outcome, formula + (share ? " / peak FLOP/s" : ""), Breakdowns.utilisation(step.get()));
        }
        return of(metric, outcome, formula(metric), Breakdowns.stepTime(step.get()));
    }

    private static Explanation of(Metric metric, Outcome outcome, String formula, Breakdown breakdown) {
        double value = outcome.value(metric)
                .orElseThrow(() -> new ScenarioException(Problem.of(
                        Problem.Kind.METRIC, "this scenario has no value for " + metric.name(), metric.doc())));
        return new Explanation(metric, value, formula, breakdown);
    }

    /** Of a long job: the mean over the replications, as are the shares that it is taken apart into. */
    private static Explanation ofLife(CellResult cell, Metric metric) {
        String formula = "";
        if (metric.equals(LifeMetrics.ETTR)) {
            formula = "GPU time of useful work / (GPUs of the job x time)";
        } else if (metric.equals(LifeMetrics.GOODPUT)) {
            formula = "GPU time of useful work / (all GPUs x time)";
        }
        return new Explanation(metric, cell.mean(metric).orElseThrow(), formula, Breakdowns.life(cell));
    }

    private static ScenarioException notBrokenDown(Metric metric, Outcome outcome) {
        boolean life = outcome.value(LifeMetrics.ETTR).isPresent();
        return new ScenarioException(Problem.of(
                Problem.Kind.METRIC,
                metric.name() + (life ? " of this job" : "") + " does not break down into terms",
                life
                        ? "ask for ettr, goodput or a share; with life.step-time: auto the step is explained, too"
                        : "its charts show how it comes about"));
    }

    private static String formula(Metric metric) {
        if (metric.equals(StepMetrics.STEP_TIME)) {
            return "";
        }
        if (metric.equals(StepMetrics.THROUGHPUT)) {
            return "tokens of the global batch / step time";
        }
        if (metric.equals(StepMetrics.SEQUENCES_PER_SECOND)) {
            return "sequences of the global batch / step time";
        }
        return metric.name().startsWith("cost.")
                ? "price x GPUs x step time" + (metric.equals(StepMetrics.COST_STEP) ? "" : " x 10^9 / tokens")
                : "its share of the step time";
    }

    private static Explanation ofCollective(Metric metric, Outcome outcome) {
        double seconds = outcome.value(CollectiveMetrics.TIME).orElseThrow();
        double latency = outcome.value(CollectiveMetrics.LATENCY)
                .orElseThrow(() -> new ScenarioException(Problem.of(
                        Problem.Kind.METRIC,
                        "what jobs on a shared fabric take does not break down into terms",
                        "look at slowdown and link-load, or explain a collective")));
        String how = String.join(" ", outcome.labels().values());
        double micro = CollectiveMetrics.TIME.unitSize();
        Breakdown breakdown = new Breakdown(
                "Time of the collective (" + how + ")",
                CollectiveMetrics.TIME.unit(),
                seconds / micro,
                List.of(
                        new Breakdown.Term("latency", latency / micro, "steps x latency of a step, start-up", ""),
                        new Breakdown.Term(
                                "transfer",
                                (seconds - latency) / micro,
                                "bytes over the slowest link / its rate",
                                "")));
        String formula = metric.equals(CollectiveMetrics.BUS_BANDWIDTH)
                ? "bus factor x size / time"
                : metric.equals(CollectiveMetrics.ALGORITHM_BANDWIDTH) ? "size / time" : "";
        return of(metric, outcome, formula, breakdown);
    }
}
