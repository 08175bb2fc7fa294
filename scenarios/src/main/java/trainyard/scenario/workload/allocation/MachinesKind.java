package trainyard.scenario.workload.allocation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.allocation.MachinesSection;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.workload.BoundWorkload;
import trainyard.scenario.workload.Simulated;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.detail.Lane;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.scenario.workload.metric.Metrics;
import trainyard.scheduler.makespan.MachineRule;
import trainyard.scheduler.makespan.MachineSchedule;
import trainyard.scheduler.makespan.OptimalMakespan;
import trainyard.scheduler.makespan.ParallelMachines;
import trainyard.sim.engine.SimTime;

/** {@code machines}: tasks that wait for machines that are all alike. */
public final class MachinesKind implements WorkloadKind {

    private static final Field<Values> SECTION =
            Field.of("machines", MachinesSection.SECTION, "Tasks that wait for machines that are all alike.");

    /** Rounding of a ratio of two sums of nanoseconds. */
    private static final double ROUNDING = 1e-12;

    private static final Metric MAKESPAN = Metrics.hours("makespan", Better.LOWER, "When the last task ends.");
    private static final Metric BOUND = Metrics.hours(
            "lower-bound",
            Better.NEITHER,
            "What no schedule can beat: the mean load, the longest task, the two shortest of the m + 1 longest.");
    private static final Metric OPTIMUM = Metrics.hours(
            "optimum", Better.NEITHER, "The earliest end there is; unknown where `search` does not prove it.");
    private static final Metric RATIO =
            Metrics.count("ratio", Better.LOWER, "Makespan over optimum; unknown where that is.");
    private static final Metric GUARANTEE = Metrics.count(
            "guarantee",
            Better.NEITHER,
            "What the ratio is at most: 2 - 1/m in the order of the list, 4/3 - 1/(3m) with the longest first (Graham 1966,"
                    + " 1969).");
    private static final Metric BROKEN = Metrics.share(
            "guarantee-broken", Better.LOWER, "Share of the replications whose ratio is above the guarantee.");
    private static final Metric BUSY =
            Metrics.share("busy", Better.HIGHER, "Time of all tasks over the time of all machines until the end.");
    private static final List<Metric> METRICS = List.of(MAKESPAN, RATIO, GUARANTEE, BROKEN, OPTIMUM, BOUND, BUSY);

    /** A schedule, and the earliest end if it is known. */
    private record Scheduled(
            ParallelMachines problem, MachineRule rule, MachineSchedule schedule, OptionalLong optimum) {}

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
        return 100;
    }

    @Override
    public List<ChartSection.Kind> figures() {
        return List.of(ChartSection.Kind.GANTT);
    }

    @Override
    public BoundWorkload bind(Values scenario, Simulators simulators) {
        Values values = scenario.get(SECTION);
        MachinesSection.check(values);
        MachineRule rule = values.get(MachinesSection.RULE);
        long search = values.get(MachinesSection.SEARCH);
        boolean knownBest = MachinesSection.attainsLowerBound(values);
        return streams -> {
            ParallelMachines problem = MachinesSection.bind(values, streams);
            return Simulated.of(
                            METRICS,
                            () -> new Scheduled(
                                    problem,
                                    rule,
                                    rule.schedule(problem),
                                    knownBest ? OptionalLong.of(problem.atLeast()) : searched(problem, search)),
                            MachinesKind::numbers)
                    .withStory(MachinesKind::details);
        };
    }

    private static OptionalLong searched(ParallelMachines problem, long steps) {
        return steps == 0 ? OptionalLong.empty() : OptimalMakespan.end(problem, steps);
    }

    private static Map<Metric, Double> numbers(Scheduled result) {
        Map<Metric, Double> numbers = new LinkedHashMap<>();
        int machines = result.problem().machines();
        long end = result.schedule().makespan();
        double work = 0;
        for (long time : result.problem().times()) {
            work += time;
        }
        numbers.put(MAKESPAN, SimTime.seconds(end));
        numbers.put(BOUND, SimTime.seconds(result.problem().atLeast()));
        numbers.put(GUARANTEE, result.rule().guarantee(machines));
        numbers.put(BUSY, work / ((double) end * machines));
        result.optimum().ifPresent(optimum -> {
            double ratio = (double) end / optimum;
            numbers.put(OPTIMUM, SimTime.seconds(optimum));
            numbers.put(RATIO, ratio);
            numbers.put(BROKEN, ratio > result.rule().guarantee(machines) + ROUNDING ? 1.0 : 0.0);
        });
        return numbers;
    }

    private static Details details(Scheduled result) {
        List<List<Lane.Span>> spans = new ArrayList<>();
        for (int machine = 0; machine < result.problem().machines(); machine++) {
            spans.add(new ArrayList<>());
        }
        MachineSchedule schedule = result.schedule();
        for (int task = 0; task < schedule.times().length; task++) {
            long start = schedule.startOf()[task];
            spans.get(schedule.machineOf()[task])
                    .add(new Lane.Span(
                            SimTime.seconds(start),
                            SimTime.seconds(start + schedule.times()[task]),
                            "task",
                            "task " + (task + 1)));
        }
        List<Lane> lanes = new ArrayList<>();
        for (int machine = 0; machine < spans.size(); machine++) {
            lanes.add(new Lane("machine-" + machine, spans.get(machine)));
        }
        return Details.ofLanes(lanes);
    }
}
