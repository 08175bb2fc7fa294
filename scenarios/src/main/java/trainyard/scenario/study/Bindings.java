package trainyard.scenario.study;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import trainyard.scenario.format.Values;
import trainyard.scenario.workload.BoundWorkload;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.WorkloadKind;

/**
 * The cells of a study bound to what is simulated. A cell that runs more than once is bound once, since its replications
 * differ in their randomness alone; one that runs once is bound anew each time it is asked for, since a fabric takes room.
 */
final class Bindings {

    private final WorkloadKind kind;
    private final Simulators simulators = new Simulators();
    private final Map<Cell, BoundWorkload> kept = new ConcurrentHashMap<>();

    Bindings(WorkloadKind kind) {
        this.kind = kind;
    }

    /**
     * @throws trainyard.scenario.source.ScenarioException if the cell contradicts itself
     */
    BoundWorkload of(Cell cell, Study study) {
        return study.replications() == 1 ? bind(cell, study) : kept.computeIfAbsent(cell, key -> bind(cell, study));
    }

    private BoundWorkload bind(Cell cell, Study study) {
        Values values = study.values(cell);
        return kind.bind(values, simulators);
    }
}
