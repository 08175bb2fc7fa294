package trainyard.scenario.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import trainyard.parallel.condition.JobCondition;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.plan.PlanException;
import trainyard.scenario.Scenario;
import trainyard.scenario.format.Values;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.section.ConditionBinding;
import trainyard.scenario.section.CostSection;
import trainyard.scenario.section.JobBinding;
import trainyard.scenario.section.JobSection;
import trainyard.scenario.section.ParallelSection;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.random.RandomStreams;

/**
 * A scenario with the cells that answer it.
 *
 * @param scenario the scenario
 * @param cells its cells in order
 * @param replications runs of each cell
 * @param simulators what the workloads are simulated with
 */
public record Study(Scenario scenario, List<Cell> cells, int replications, Simulators simulators) {

    /** Lives that a quick run looks at: one alone would say nothing of the faults. */
    private static final int QUICK_LIVES = 20;

    public Study {
        cells = List.copyOf(cells);
    }

    /**
     * Spreads a scenario.
     *
     * @param quick whether to keep few values of each swept path and few replications
     * @throws trainyard.scenario.source.ScenarioException if a sweep, a variant or a range is wrong
     */
    public static Study of(Scenario scenario, boolean quick) {
        int replications = Math.toIntExact(scenario.values().get(ScenarioSection.REPLICATIONS));
        int few = scenario.values().isWritten(ScenarioSection.LIFE) ? Math.min(replications, QUICK_LIVES) : 1;
        return new Study(scenario, Cells.of(scenario.values(), quick), quick ? few : replications, new Simulators());
    }

    /**
     * This study with some of its variants only; with all of them where none is named.
     *
     * @param texts each one name, which may hold commas, or several separated by commas
     * @throws ScenarioException if there is no variant of a name
     */
    public Study only(List<String> texts) {
        List<String> known = variants();
        List<String> names = texts.stream()
                .flatMap(text -> known.contains(text)
                        ? Stream.of(text)
                        : Stream.of(text.strip().split("\\s*,\\s*")))
                .toList();
        for (String name : names) {
            if (!known.contains(name)) {
                String hint = known.isEmpty()
                        ? "the scenario has no variants"
                        : "variants: '" + String.join("' '", known) + "'";
                throw new ScenarioException(Problem.of(Problem.Kind.PATH, "unknown variant '" + name + "'", hint));
            }
        }
        List<Cell> kept = cells.stream()
                .filter(cell -> names.isEmpty() || names.contains(cell.variant()))
                .toList();
        return new Study(scenario, kept, replications, simulators);
    }

    /** The values of the scenario as a cell sees them. */
    public Values values(Cell cell) {
        List<Assignment> changes = cell.assignments();
        return scenario.with(changes);
    }

    /** What a cell simulates in its first replication. */
    public Workload workload(Cell cell) {
        return workload(cell, 0);
    }

    /**
     * What a cell simulates.
     *
     * @param replication index of the replication, which picks its random numbers
     * @throws trainyard.scenario.source.ScenarioException if the cell contradicts itself
     */
    public Workload workload(Cell cell, int replication) {
        if (scenario.values().isWritten(ScenarioSection.LIFE)) {
            RandomStreams streams = new RandomStreams(scenario.seed(), replication);
            return simulators.life(cell, () -> life(cell)).with(streams);
        }
        return oneStep(cell, replication);
    }

    private LifeWorkload life(Cell cell) {
        return LifeWorkload.bind((StepWorkload) oneStep(cell, 0), values(cell).get(ScenarioSection.LIFE));
    }

    private Workload oneStep(Cell cell, int replication) {
        Values values = values(cell);
        Values cluster = values.get(ScenarioSection.CLUSTER);
        Optional<Values> collective = values.find(ScenarioSection.COLLECTIVE);
        if (collective.isPresent()) {
            return CollectiveWorkload.bind(simulators, cluster, collective.get());
        }
        Optional<Values> traffic = values.find(ScenarioSection.TRAFFIC);
        if (traffic.isPresent()) {
            return TrafficWorkload.bind(cluster, traffic.get());
        }
        Values job = values.get(ScenarioSection.JOB);
        Optional<Double> price = values.find(ScenarioSection.COST).map(cost -> cost.get(CostSection.PRICE));
        TrainingJob bound = JobBinding.bind(cluster, job);
        TrainingJob split = split(bound, cluster, job);
        JobCondition condition = ConditionBinding.bind(
                cluster, job.get(JobSection.BATCH), split, new RandomStreams(scenario.seed(), replication));
        return StepWorkload.bind(simulators, split, condition, cluster, job, price);
    }

    private TrainingJob split(TrainingJob bound, Values cluster, Values job) {
        if (!ParallelSection.balances(job.get(JobSection.PARALLEL))) {
            return bound;
        }
        try {
            return simulators.balance().balanced(bound);
        } catch (PlanException contradiction) {
            throw JobBinding.placed(cluster, job, contradiction);
        }
    }

    /** The metrics that the study may yield, the headline's default first. */
    public List<Metric> metrics() {
        if (scenario.values().isWritten(ScenarioSection.LIFE)) {
            return LifeMetrics.all();
        }
        if (scenario.values().isWritten(ScenarioSection.TRAFFIC)) {
            return TrafficMetrics.all();
        }
        return scenario.values().isWritten(ScenarioSection.COLLECTIVE) ? CollectiveMetrics.all() : StepMetrics.all();
    }

    /** What the details of a workload may have over time. */
    public List<Metric> series() {
        return scenario.values().isWritten(ScenarioSection.LIFE) ? LifeDetails.series() : List.of();
    }

    /** What the details of a workload may have many values of. */
    public List<Metric> samples() {
        return scenario.values().isWritten(ScenarioSection.LIFE) ? LifeDetails.samples() : List.of();
    }

    /** The swept paths in order, each with its values as written. */
    public Map<String, List<String>> axes() {
        Map<String, List<String>> axes = new LinkedHashMap<>();
        for (Cell cell : cells) {
            if (cell.role() == Cell.Role.GRID) {
                cell.coordinates().forEach((path, value) -> {
                    List<String> values = axes.computeIfAbsent(path, key -> new ArrayList<>());
                    if (!values.contains(value)) {
                        values.add(value);
                    }
                });
            }
        }
        return axes;
    }

    /** The names of the variants in order; empty where there are none. */
    public List<String> variants() {
        return cells.stream()
                .filter(cell -> cell.role() == Cell.Role.GRID)
                .map(Cell::variant)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }
}
