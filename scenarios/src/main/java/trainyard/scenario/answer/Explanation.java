package trainyard.scenario.answer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import trainyard.parallel.step.cost.StepCost;
import trainyard.report.document.Breakdown;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.workload.Derivation;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.collective.CollectiveMetrics;
import trainyard.scenario.workload.life.LifeMetrics;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.step.StepMetrics;

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

    private static final int MAX_NAMED = 8;

    /** How what is not a step time follows from one. */
    private static final Map<Metric, String> STEP_FORMULAS = Map.ofEntries(
            Map.entry(StepMetrics.STEP_TIME, ""),
            Map.entry(StepMetrics.THROUGHPUT, "tokens of the global batch / step time"),
            Map.entry(StepMetrics.SEQUENCES_PER_SECOND, "sequences of the global batch / step time"),
            Map.entry(StepMetrics.IMAGES_PER_SECOND, "images of the global batch / step time"),
            Map.entry(StepMetrics.BUBBLE, "pipeline bubble / step time"),
            Map.entry(StepMetrics.BUBBLE_RATIO, "pipeline bubble / (step time - pipeline bubble)"),
            Map.entry(StepMetrics.EXPOSED_COMMUNICATION, "all terms of communication / step time"),
            Map.entry(StepMetrics.TIME_TO_TRAIN, "job.train-tokens / tokens of the global batch x step time"),
            Map.entry(
                    StepMetrics.COST_TRAIN, "price x GPUs x job.train-tokens / tokens of the global batch x step time"),
            Map.entry(StepMetrics.COST_STEP, "price x GPUs x step time"),
            Map.entry(StepMetrics.COST_PER_BILLION_TOKENS, "price x GPUs x step time x 10^9 / tokens"));

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
        if (outcome.value(LifeMetrics.ETTR).isPresent() && !metric.equals(StepMetrics.STEP_TIME)) {
            return ofReplications(result, cell, metric).orElseGet(() -> derived(result, cell, metric));
        }
        Optional<Derivation> own = result.study().workload(cell.cell()).derivation(metric);
        if (own.isPresent()) {
            return derived(own.get(), cell, metric);
        }
        Map<Metric, List<Metric>> sums =
                result.study().kind().sums(result.study().scenario().values());
        List<Metric> parts = sums.getOrDefault(metric, List.of());
        if (!parts.isEmpty()) {
            return ofParts(cell, metric, parts);
        }
        if (step.isEmpty()) {
            return outcome.value(CollectiveMetrics.TIME).isPresent()
                    ? ofCollective(metric, outcome)
                    : ofReplications(result, cell, metric).orElseThrow(() -> notBrokenDown(metric, sums.keySet()));
        }
        return ofStep(metric, outcome, step.get());
    }

    private static Explanation ofStep(Metric metric, Outcome outcome, StepCost step) {
        if (EFFICIENCY.contains(metric)) {
            String formula = metric.equals(StepMetrics.MFU) || metric.equals(StepMetrics.FLOPS_PER_GPU)
                    ? "model FLOPs / step time / GPUs"
                    : "(model FLOPs + recomputed FLOPs) / step time / GPUs";
            boolean share = metric.unit().equals("%");
            return of(metric, outcome, formula + (share ? " / peak FLOP/s" : ""), Breakdowns.utilisation(step));
        }
        String formula = STEP_FORMULAS.get(metric);
        if (formula == null) {
            throw notBrokenDown(metric, STEP_FORMULAS.keySet());
        }
        return of(metric, outcome, formula, Breakdowns.stepTime(step));
    }

    /** The terms of each replication, played anew, in the mean of those that have a value; empty where there are none. */
    private static Optional<Explanation> ofReplications(StudyResult result, CellResult cell, Metric metric) {
        List<Derivation.Sum> sums = IntStream.range(0, cell.outcomes().size())
                .parallel()
                .mapToObj(replication ->
                        result.study().workload(cell.cell(), replication).terms(metric))
                .flatMap(Optional::stream)
                .toList();
        if (sums.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Double> totals = new LinkedHashMap<>();
        Map<String, String> formulas = new HashMap<>();
        for (Derivation.Sum sum : sums) {
            for (Derivation.Part part : sum.parts()) {
                totals.merge(part.name(), part.value(), Double::sum);
                formulas.put(part.name(), part.formula());
            }
        }
        List<Breakdown.Term> terms = new ArrayList<>();
        totals.forEach(
                (name, total) -> terms.add(new Breakdown.Term(name, total / sums.size(), formulas.get(name), "")));
        double total = terms.stream().mapToDouble(Breakdown.Term::value).sum();
        Derivation.Sum first = sums.get(0);
        String title = first.title() + (sums.size() == 1 ? "" : ", mean of " + sums.size() + " replications");
        double value = cell.mean(metric)
                .orElseThrow(() -> new ScenarioException(Problem.of(
                        Problem.Kind.METRIC, "this scenario has no value for " + metric.name(), metric.doc())));
        return Optional.of(
                new Explanation(metric, value, first.formula(), new Breakdown(title, first.unit(), total, terms)));
    }

    /** A number of a life that its faults do not change, as its workload derives it. */
    private static Explanation derived(StudyResult result, CellResult cell, Metric metric) {
        Derivation derivation = result.study()
                .workload(cell.cell())
                .derivation(metric)
                .orElseThrow(() -> new ScenarioException(Problem.of(
                        Problem.Kind.METRIC,
                        metric.name() + " of a life does not break down into terms: it is counted as the life goes",
                        "ask for ettr, goodput, a share, incidents, lost-per-incident, mtbf or checkpoint-interval")));
        return derived(derivation, cell, metric);
    }

    private static Explanation derived(Derivation derivation, CellResult cell, Metric metric) {
        if (derivation instanceof Derivation.None none) {
            throw new ScenarioException(Problem.of(Problem.Kind.METRIC, metric.name() + " " + none.why(), none.hint()));
        }
        if (derivation instanceof Derivation.Missing missing) {
            throw new ScenarioException(
                    Problem.of(Problem.Kind.METRIC, metric.name() + " has no value: " + missing.why(), missing.hint()));
        }
        Derivation.Sum sum = (Derivation.Sum) derivation;
        double total = sum.parts().stream().mapToDouble(Derivation.Part::value).sum();
        List<Breakdown.Term> terms = sum.parts().stream()
                .map(part -> new Breakdown.Term(part.name(), part.value(), part.formula(), ""))
                .toList();
        Outcome outcome = cell.first().orElseThrow();
        return of(metric, outcome, sum.formula(), new Breakdown(sum.title(), sum.unit(), total, terms));
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

    /** Of a metric whose parts are metrics, too: the means over the replications. */
    private static Explanation ofParts(CellResult cell, Metric metric, List<Metric> parts) {
        List<Breakdown.Term> terms = new ArrayList<>();
        double total = 0;
        for (Metric part : parts) {
            double value = part.inUnit(cell.mean(part).orElse(0.0));
            terms.add(new Breakdown.Term(part.name(), value, part.doc(), ""));
            total += value;
        }
        double value = cell.mean(metric)
                .orElseThrow(() -> new ScenarioException(Problem.of(
                        Problem.Kind.METRIC, "this scenario has no value for " + metric.name(), metric.doc())));
        return new Explanation(
                metric, value, "", new Breakdown("Parts of " + metric.words(), metric.unit(), total, terms));
    }

    private static ScenarioException notBrokenDown(Metric metric, Collection<Metric> thatDo) {
        return new ScenarioException(Problem.of(
                Problem.Kind.METRIC,
                metric.name() + " does not break down into terms",
                thatDo.isEmpty()
                        ? "the charts of a run show how it comes about"
                        : "ask for "
                                + thatDo.stream()
                                        .map(Metric::name)
                                        .sorted()
                                        .limit(MAX_NAMED)
                                        .collect(Collectors.joining(", "))));
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
