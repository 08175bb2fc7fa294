package trainyard.scenario.workload.coordination;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.faults.coordination.waiting.Deadlock;
import trainyard.faults.coordination.waiting.ProcessGroup;
import trainyard.faults.coordination.waiting.ProcessOutcome;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.coordination.ProcessesSection;
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
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;

/** {@code processes}: programs that run side by side and may block one another. */
public final class ProcessesKind implements WorkloadKind {

    private static final Field<Values> SECTION = Field.of(
            "processes", ProcessesSection.SECTION, "Programs that run side by side and may block one another.");

    private static final Metric WALL_TIME =
            Metrics.seconds("wall-time", Better.LOWER, "Time until all programs have ended; unknown in a deadlock.");
    private static final Metric DETECTION = Metrics.seconds(
            "time-to-detect", Better.LOWER, "Time from the wait that closes a deadlock until it is noticed.");
    private static final Metric DEADLOCKS =
            Metrics.share("deadlocks", Better.LOWER, "Share of the replications that end in waits which never end.");
    private static final Metric MEMBERS = Metrics.count(
            "deadlock-members", Better.NEITHER, "Processes that wait for one another, or for one that never comes.");
    private static final Metric STUCK =
            Metrics.count("stuck-processes", Better.LOWER, "Processes that wait for ever in the end.");
    private static final Metric LONGEST_WAIT =
            Metrics.seconds("longest-wait", Better.LOWER, "The longest wait that ended.");
    private static final Metric FALSE_ALARMS = Metrics.count(
            "false-alarms", Better.LOWER, "Waits longer than the timeout that would have ended by themselves.");
    private static final Metric UPDATES = Metrics.count("updates", Better.NEITHER, "Updates of variables.");
    private static final Metric LOST_UPDATES = Metrics.count(
            "lost-updates", Better.LOWER, "Updates that wrote over what another process had written meanwhile.");
    private static final List<Metric> METRICS =
            List.of(WALL_TIME, DETECTION, DEADLOCKS, MEMBERS, STUCK, LONGEST_WAIT, FALSE_ALARMS, UPDATES, LOST_UPDATES);

    private static final int QUICK_RUNS = 20;

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
        ProcessGroup group = ProcessesSection.bind(section);
        boolean stops = section.get(ProcessesSection.ON_DEADLOCK) == ProcessesSection.OnDeadlock.STOP;
        return streams -> new Simulated<>(
                METRICS,
                () -> {
                    ProcessOutcome outcome = group.run(streams);
                    outcome.deadlock().filter(found -> stops).ifPresent(found -> stop(found, section));
                    return outcome;
                },
                ProcessesKind::numbers,
                outcome -> outcome.deadlock().map(Deadlock::describe).orElse(""),
                outcome -> Details.ofLanes(StateLanes.of(outcome.names(), outcome.stretches()))
                        .withGraphs(outcome.deadlock().stream()
                                .map(found -> WaitsDrawn.of(outcome.names(), found))
                                .toList()));
    }

    private static void stop(Deadlock found, Values section) {
        String since = Units.format(SimTime.seconds(found.sinceNanos()), Dimension.DURATION);
        throw new ScenarioException(Problem.at(
                section.position(ProcessesSection.PROGRAMS),
                Problem.Kind.DEADLOCK,
                "deadlock after " + since + ": " + found.describe(),
                fix(found) + "; on-deadlock: report goes on",
                "members: " + String.join(" ", found.members())));
    }

    private static String fix(Deadlock found) {
        if (found.cycle().isEmpty()) {
            return "those who are waited for are dead or have ended: let all programs call as often, or write a timeout";
        }
        return found.cycle().size() == 1
                ? "it holds what it waits for: unlock it first"
                : "take locks and call collectives in one order everywhere";
    }

    private static Map<Metric, Double> numbers(ProcessOutcome outcome) {
        Map<Metric, Double> numbers = new LinkedHashMap<>();
        if (outcome.deadlock().isEmpty()) {
            numbers.put(WALL_TIME, SimTime.seconds(outcome.endNanos()));
        }
        outcome.detectSeconds().ifPresent(seconds -> numbers.put(DETECTION, seconds));
        numbers.put(DEADLOCKS, outcome.deadlock().isPresent() ? 1.0 : 0.0);
        outcome.deadlock()
                .ifPresent(
                        found -> numbers.put(MEMBERS, (double) found.members().size()));
        numbers.put(STUCK, (double)
                outcome.deadlock().map(found -> found.waiting().size()).orElse(0));
        numbers.put(LONGEST_WAIT, outcome.longestWaitSeconds());
        numbers.put(FALSE_ALARMS, (double) outcome.falseAlarms());
        numbers.put(UPDATES, (double) outcome.updates());
        numbers.put(LOST_UPDATES, (double) outcome.lostUpdates());
        return numbers;
    }
}
