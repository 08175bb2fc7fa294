package trainyard.scenario.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.Term;
import trainyard.scenario.Scenario;
import trainyard.scenario.answer.Extrapolations;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.Study;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.step.StepMetrics;

/**
 * Designs side by side: metrics, and how the terms of the step time change from the baseline to each other.
 *
 * @param scenarios where they come from
 * @param designs at least two, the first that can run is the baseline
 */
public record Comparison(List<Scenario> scenarios, List<Design> designs) {

    private static final List<Metric> METRICS = List.of(
            StepMetrics.STEP_TIME,
            StepMetrics.TIME_TO_TRAIN,
            StepMetrics.COST_TRAIN,
            StepMetrics.THROUGHPUT,
            StepMetrics.IMAGES_PER_SECOND,
            StepMetrics.FLOPS_PER_GPU,
            StepMetrics.MFU,
            StepMetrics.MEMORY_PEAK,
            StepMetrics.GPUS,
            StepMetrics.COST_STEP,
            StepMetrics.COST_PER_BILLION_TOKENS);

    public Comparison {
        scenarios = List.copyOf(scenarios);
        designs = List.copyOf(designs);
        if (designs.size() < 2) {
            throw new IllegalArgumentException("a comparison needs two designs, got " + designs.size());
        }
    }

    /**
     * A term of the step time.
     *
     * @param name what it is
     * @param seconds its share in each design, in the order of the designs; empty where the design cannot run
     */
    public record TermRow(String name, List<Optional<Double>> seconds) {

        public TermRow {
            seconds = List.copyOf(seconds);
        }
    }

    /**
     * Simulates the designs: every scenario, or every variant of it.
     *
     * @param threads threads that simulate; no result depends on it
     * @param progress is told how many replications are done, and how many there are
     * @throws ScenarioException if there are fewer than two designs, or one is not a training job
     */
    public static Comparison of(List<Scenario> scenarios, int threads, BiConsumer<Integer, Integer> progress) {
        List<Study> studies =
                scenarios.stream().map(scenario -> Study.of(scenario, false)).toList();
        ComparedStudies runs = new ComparedStudies(studies, threads, progress);
        List<Design> designs = new ArrayList<>();
        for (Study study : studies) {
            for (CellResult cell : runs.run(study).grid()) {
                designs.add(new Design(name(study.scenario(), cell, scenarios), outcome(cell)));
            }
        }
        if (designs.size() < 2) {
            throw new ScenarioException(Problem.of(
                    Problem.Kind.VALUE, "there is one design only", "name a second scenario, or one with variants"));
        }
        return new Comparison(scenarios, designs);
    }

    private static Outcome outcome(CellResult cell) {
        return cell.first()
                .filter(outcome -> outcome.step().isPresent() || !outcome.isFeasible())
                .orElseThrow(() -> new ScenarioException(Problem.of(
                        Problem.Kind.VALUE,
                        "only training steps can be compared",
                        "use scenarios with a section job")));
    }

    private static String name(Scenario scenario, CellResult cell, List<Scenario> all) {
        String name = StudyComparison.name(scenario, all);
        String part = cell.cell().label();
        if (cell.cell().variant().isEmpty() && cell.cell().coordinates().isEmpty()) {
            return name;
        }
        return all.size() > 1 ? name + ": " + part : part;
    }

    /** The first design that can run: to one that cannot there is no difference. The first of all where none can. */
    public Design baseline() {
        return designs.stream()
                .filter(design -> design.step().isPresent())
                .findFirst()
                .orElse(designs.get(0));
    }

    /** Where designs take times from outside what was measured, in sentences without a final stop. */
    public List<String> extrapolations() {
        return Extrapolations.of(designs.stream()
                .map(design -> new Extrapolations.Design(
                        design.name(), design.outcome().extrapolations()))
                .toList());
    }

    /** Which design is the baseline, where it is not the first; in one sentence without a final stop. */
    public Optional<String> baselineNote() {
        return StudyComparison.note(baseline().name(), baseline() == designs.get(0));
    }

    /**
     * Seconds of a term in a design less those in the baseline.
     *
     * @param design index of the design
     * @return empty for the baseline, and where the design cannot run
     */
    public Optional<Double> change(TermRow term, int design) {
        int baseline = designs.indexOf(baseline());
        return design == baseline
                ? Optional.empty()
                : term.seconds()
                        .get(design)
                        .flatMap(value -> term.seconds().get(baseline).map(base -> value - base));
    }

    /** The metrics that at least one design has. */
    public List<Metric> metrics() {
        return METRICS.stream()
                .filter(metric ->
                        designs.stream().anyMatch(design -> design.value(metric).isPresent()))
                .toList();
    }

    /** The terms of the step time that are not zero everywhere, in their order; empty where no design can run. */
    public List<TermRow> terms() {
        Optional<StepCost> some =
                designs.stream().flatMap(design -> design.step().stream()).findFirst();
        List<TermRow> rows = new ArrayList<>();
        for (Term term : some.map(StepCost::terms).orElse(List.of())) {
            List<Optional<Double>> seconds =
                    designs.stream().map(design -> seconds(design, term.name())).toList();
            if (seconds.stream().flatMap(Optional::stream).anyMatch(value -> value != 0)) {
                rows.add(new TermRow(term.name(), seconds));
            }
        }
        return rows;
    }

    private static Optional<Double> seconds(Design design, String term) {
        return design.step()
                .map(step -> step.terms().stream()
                        .filter(candidate -> candidate.name().equals(term))
                        .mapToDouble(Term::seconds)
                        .sum());
    }
}
