package trainyard.scenario;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.allocation.AssignmentKind;
import trainyard.scenario.workload.allocation.BookingsKind;
import trainyard.scenario.workload.allocation.MachinesKind;
import trainyard.scenario.workload.allocation.PackingKind;
import trainyard.scenario.workload.cluster.ClusterKind;
import trainyard.scenario.workload.collective.CollectiveKind;
import trainyard.scenario.workload.coordination.ControllersKind;
import trainyard.scenario.workload.coordination.CoordinatorKind;
import trainyard.scenario.workload.coordination.ProcessesKind;
import trainyard.scenario.workload.coordination.WorkQueueKind;
import trainyard.scenario.workload.detector.DetectorKind;
import trainyard.scenario.workload.input.InputKind;
import trainyard.scenario.workload.lengths.LengthsKind;
import trainyard.scenario.workload.life.LifeKind;
import trainyard.scenario.workload.retry.RetryKind;
import trainyard.scenario.workload.sgd.SgdKind;
import trainyard.scenario.workload.sites.SitesKind;
import trainyard.scenario.workload.step.StepKind;
import trainyard.scenario.workload.tco.TcoKind;
import trainyard.scenario.workload.traffic.TrafficKind;

/** Every kind of study, in the order in which the reference lists their sections. A new one needs a line here. */
public final class WorkloadKinds {

    private static final List<WorkloadKind> ALL = List.of(
            new StepKind(),
            new CollectiveKind(),
            new TrafficKind(),
            new LifeKind(),
            new DetectorKind(),
            new RetryKind(),
            new InputKind(),
            new LengthsKind(),
            new ProcessesKind(),
            new CoordinatorKind(),
            new WorkQueueKind(),
            new ControllersKind(),
            new ClusterKind(),
            new PackingKind(),
            new MachinesKind(),
            new BookingsKind(),
            new AssignmentKind(),
            new TcoKind(),
            new SgdKind(),
            new SitesKind());

    private WorkloadKinds() {}

    public static List<WorkloadKind> all() {
        return ALL;
    }

    /** The sections of all kinds at the top of a scenario. */
    static List<Field<Values>> sections() {
        return ALL.stream().map(WorkloadKind::section).toList();
    }

    /**
     * The kind of a scenario: the one whose section is written, and is not only what that of another kind needs.
     *
     * @return empty where there is not exactly one; the problems then say so
     */
    static Optional<WorkloadKind> of(Node.Mapping scenario, Problems problems) {
        List<WorkloadKind> written =
                ALL.stream().filter(kind -> isWritten(kind.section(), scenario)).toList();
        List<WorkloadKind> asked = written.stream()
                .filter(kind ->
                        written.stream().noneMatch(other -> other.needs().contains(kind.section())))
                .toList();
        if (asked.size() == 1) {
            return Optional.of(asked.get(0));
        }
        if (asked.isEmpty()) {
            String some = ALL.stream().map(kind -> kind.section().key()).collect(Collectors.joining(", "));
            problems.add(
                    scenario.position(), Problem.Kind.KEY, "there is nothing to run", "add a section, one of: " + some);
        } else {
            String first = asked.get(0).section().key();
            String second = asked.get(1).section().key();
            problems.add(
                    scenario.entries().get(second).value().position(),
                    Problem.Kind.KEY,
                    "a scenario asks for one kind of study, this has " + first + " and " + second,
                    "drop one of them");
        }
        return Optional.empty();
    }

    /** Reports sections that a kind needs and that are missing, and sections that would count for nothing. */
    static void checkSections(WorkloadKind kind, Node.Mapping scenario, Problems problems) {
        String name = kind.section().key();
        Node.Entry own = scenario.entries().get(name);
        for (Field<Values> need : kind.needs()) {
            if (!isWritten(need, scenario)) {
                problems.add(
                        own.keyPosition(),
                        Problem.Kind.KEY,
                        name + " needs a section " + need.key() + ", and there is none",
                        "add a section " + need.key());
            }
        }
        for (Field<Values> idle : idle(kind)) {
            if (isWritten(idle, scenario)) {
                problems.add(
                        scenario.entries().get(idle.key()).keyPosition(),
                        Problem.Kind.KEY,
                        idle.key() + " counts for nothing beside " + name,
                        "drop it");
            }
        }
    }

    private static boolean isWritten(Field<Values> section, Node.Mapping scenario) {
        return scenario.find(section.key()).isPresent();
    }

    /** Sections that some kind needs or reads, but not this one. */
    private static Set<Field<Values>> idle(WorkloadKind kind) {
        Set<Field<Values>> idle = new LinkedHashSet<>(List.of(ScenarioSection.CLUSTER));
        ALL.forEach(other -> idle.addAll(other.reads()));
        idle.removeAll(kind.needs());
        idle.removeAll(kind.reads());
        return idle;
    }
}
