package trainyard.scenario.study;

import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.BoundWorkload;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.Workload;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.detail.Details;

/**
 * The cells of a study bound to what is simulated. A cell that runs more than once is bound once, since its replications
 * differ in their randomness alone; one that runs once is bound anew each time it is asked for, since a fabric takes room.
 */
final class Bindings {

    private static final SoftReference<Details> NOTHING = new SoftReference<>(null);

    private final WorkloadKind kind;
    private final Simulators simulators = new Simulators();
    private final Map<Cell, BoundWorkload> kept = new ConcurrentHashMap<>();
    private final Map<String, Values> variants = new ConcurrentHashMap<>();
    private final Map<Within, SoftReference<Details>> details = new ConcurrentHashMap<>();

    private record Within(Cell cell, int replication) {}

    Bindings(WorkloadKind kind) {
        this.kind = kind;
    }

    /**
     * @throws trainyard.scenario.source.ScenarioException if the cell contradicts itself
     */
    BoundWorkload of(Cell cell, Study study) {
        return study.replications() == 1 ? bind(cell, study) : kept.computeIfAbsent(cell, key -> bind(cell, study));
    }

    /** The values of a variant in the first of its cells that is asked for; those of the scenario where they contradict themselves. */
    Values ofVariant(Cell cell, Study study) {
        Values written = study.scenario().values();
        return cell.assignments().isEmpty()
                ? written
                : variants.computeIfAbsent(cell.variant(), name -> {
                    try {
                        return study.values(cell);
                    } catch (ScenarioException contradiction) {
                        // Reported where the cell is run.
                        return written;
                    }
                });
    }

    /** What happens within a replication; played again where memory ran short since it was asked for last. */
    Details details(Cell cell, int replication, Workload workload) {
        Within within = new Within(cell, replication);
        Details known = details.getOrDefault(within, NOTHING).get();
        if (known != null) {
            return known;
        }
        Details played = workload.details();
        keep(cell, replication, played);
        return played;
    }

    /** Keeps what happens within a replication until memory runs short. */
    void keep(Cell cell, int replication, Details seen) {
        details.put(new Within(cell, replication), new SoftReference<>(seen));
    }

    private BoundWorkload bind(Cell cell, Study study) {
        Values values = study.values(cell);
        return kind.bind(values, simulators);
    }
}
