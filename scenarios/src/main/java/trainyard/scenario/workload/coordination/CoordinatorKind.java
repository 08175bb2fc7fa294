package trainyard.scenario.workload.coordination;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import trainyard.faults.coordination.coordinator.Coordinator;
import trainyard.faults.coordination.coordinator.CoordinatorOutcome;
import trainyard.faults.coordination.coordinator.CoordinatorOutcome.End;
import trainyard.faults.coordination.coordinator.Defect;
import trainyard.faults.coordination.coordinator.EndlessTrainingException;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.coordination.CoordinatorSection;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.BoundWorkload;
import trainyard.scenario.workload.Simulated;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.scenario.workload.metric.Metrics;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.RandomStreams;

/** {@code coordinator}: workers that train in step, and who looks after them. */
public final class CoordinatorKind implements WorkloadKind {

    private static final Field<Values> SECTION = Field.of(
            "coordinator", CoordinatorSection.SECTION, "Workers that train in step, and who looks after them.");

    private static final Metric WALL_TIME = Metrics.minutes(
            "wall-time",
            Better.LOWER,
            "Time until the coordinator takes training to be done; unknown where it never is.");
    private static final Metric STEPS_DONE =
            Metrics.count("steps-done", Better.HIGHER, "Steps whose result every worker holds in the end.");
    private static final Metric STEPS_COUNTED =
            Metrics.count("steps-counted", Better.NEITHER, "Steps by the coordinator's counter.");
    private static final Metric STEPS_LOST =
            Metrics.count("steps-lost", Better.LOWER, "Steps that were done and rolled back.");
    private static final Metric STEPS_APART = Metrics.count(
            "steps-apart", Better.LOWER, "Steps between the newest and the oldest state of a worker, at worst.");
    private static final Metric DEATHS = Metrics.count("deaths", Better.LOWER, "Workers that died.");
    private static final Metric DEADLOCKS =
            Metrics.share("deadlocks", Better.LOWER, "Share of the replications in which all wait for ever.");
    private static final Metric COORDINATOR_DEATHS = Metrics.share(
            "coordinator-deaths",
            Better.LOWER,
            "Share of the replications in which the coordinator dies of its own fault.");
    private static final Map<Defect, Metric> SEEN = seen();
    private static final List<Metric> METRICS = metricsOfAll();

    private static final int QUICK_RUNS = 20;

    private static Map<Defect, Metric> seen() {
        Map<Defect, Metric> seen = new LinkedHashMap<>();
        for (Defect defect : Defect.values()) {
            String word = ChoiceType.word(defect);
            seen.put(
                    defect,
                    Metrics.share(
                            "defect." + word,
                            Better.LOWER,
                            "Share of the replications in which this defect comes to light: " + defect.label() + "."));
        }
        return seen;
    }

    private static List<Metric> metricsOfAll() {
        List<Metric> all = new ArrayList<>(List.of(
                WALL_TIME, STEPS_DONE, STEPS_COUNTED, STEPS_LOST, STEPS_APART, DEADLOCKS, COORDINATOR_DEATHS, DEATHS));
        all.addAll(SEEN.values());
        return List.copyOf(all);
    }

    @Override
    public Field<Values> section() {
        return SECTION;
    }

    @Override
    public List<Metric> metrics() {
        return METRICS;
    }

    @Override
    public int quickReplications() {
        return QUICK_RUNS;
    }

    @Override
    public List<ChartSection.Kind> figures() {
        return List.of(ChartSection.Kind.GANTT);
    }

    @Override
    public BoundWorkload bind(Values scenario, Simulators simulators) {
        Values section = scenario.get(SECTION);
        Coordinator coordinator = CoordinatorSection.bind(section);
        List<String> names = IntStream.range(0, coordinator.workers())
                .mapToObj(worker -> "worker-" + worker)
                .toList();
        return streams -> Simulated.of(METRICS, () -> run(coordinator, section, streams), CoordinatorKind::numbers)
                .withFinding(CoordinatorKind::finding)
                .withStory(outcome -> Details.ofLanes(StateLanes.of(names, outcome.stretches())));
    }

    private static CoordinatorOutcome run(Coordinator coordinator, Values section, RandomStreams streams) {
        try {
            return coordinator.run(streams);
        } catch (EndlessTrainingException endless) {
            throw new ScenarioException(Problem.at(
                    section.position(CoordinatorSection.MTBF),
                    Problem.Kind.LIMIT,
                    endless.getMessage(),
                    "raise mtbf, or write a checkpoint more often"));
        }
    }

    /** How it ended, and the defects that came to light by name. */
    private static String finding(CoordinatorOutcome outcome) {
        String defects = Arrays.stream(Defect.values())
                .filter(outcome.seen()::contains)
                .map(Defect::label)
                .collect(Collectors.joining("; "));
        return outcome.end().label() + (defects.isEmpty() ? "" : "; defects that came to light: " + defects);
    }

    private static Map<Metric, Double> numbers(CoordinatorOutcome outcome) {
        Map<Metric, Double> numbers = new LinkedHashMap<>();
        if (outcome.end() == End.FINISHED) {
            numbers.put(WALL_TIME, SimTime.seconds(outcome.endNanos()));
        }
        numbers.put(STEPS_DONE, (double) outcome.done());
        numbers.put(STEPS_COUNTED, (double) outcome.counted());
        numbers.put(STEPS_LOST, (double) outcome.lost());
        numbers.put(STEPS_APART, (double) outcome.apart());
        numbers.put(DEADLOCKS, outcome.end() == End.DEADLOCK ? 1.0 : 0.0);
        numbers.put(COORDINATOR_DEATHS, outcome.end() == End.COORDINATOR_DIED ? 1.0 : 0.0);
        numbers.put(DEATHS, (double) outcome.deaths());
        SEEN.forEach((defect, metric) -> numbers.put(metric, outcome.seen().contains(defect) ? 1.0 : 0.0));
        return numbers;
    }
}
