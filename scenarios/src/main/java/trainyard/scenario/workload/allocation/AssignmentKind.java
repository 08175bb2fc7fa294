package trainyard.scenario.workload.allocation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.allocation.AssignmentSection;
import trainyard.scenario.workload.BoundWorkload;
import trainyard.scenario.workload.Simulated;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.scenario.workload.metric.Metrics;
import trainyard.scheduler.matching.AssignmentMethod;
import trainyard.scheduler.matching.AssignmentProblem;

/** {@code assignment}: jobs that should run where their data lie. */
public final class AssignmentKind implements WorkloadKind {

    private static final Field<Values> SECTION =
            Field.of("assignment", AssignmentSection.SECTION, "Jobs that should run where their data lie.");

    private static final Metric TOTAL = Metrics.hours(
            "read-time.total", Better.LOWER, "Time in which the jobs read their data, all jobs together.");
    private static final Metric MEAN =
            Metrics.seconds("read-time", Better.LOWER, "Mean time in which a job reads its data.");
    private static final Metric LOCAL =
            Metrics.share("local", Better.HIGHER, "Jobs on a node that holds their data, over all jobs.");
    private static final List<Metric> METRICS = List.of(TOTAL, MEAN, LOCAL);

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
        return 5;
    }

    @Override
    public BoundWorkload bind(Values scenario, Simulators simulators) {
        Values values = scenario.get(SECTION);
        AssignmentSection.check(values);
        AssignmentMethod method = values.get(AssignmentSection.METHOD);
        return streams -> {
            AssignmentProblem problem = AssignmentSection.bind(values, streams);
            return Simulated.of(METRICS, () -> method.assign(problem), nodeOf -> numbers(problem, nodeOf));
        };
    }

    private static Map<Metric, Double> numbers(AssignmentProblem problem, int[] nodeOf) {
        double seconds = problem.cost(nodeOf) * AssignmentSection.COST_SECONDS;
        double local = 0;
        for (int job = 0; job < nodeOf.length; job++) {
            local += problem.cost()[job][nodeOf[job]] == 0 ? 1 : 0;
        }
        Map<Metric, Double> numbers = new LinkedHashMap<>();
        numbers.put(TOTAL, seconds);
        numbers.put(MEAN, seconds / nodeOf.length);
        numbers.put(LOCAL, local / nodeOf.length);
        return numbers;
    }
}
