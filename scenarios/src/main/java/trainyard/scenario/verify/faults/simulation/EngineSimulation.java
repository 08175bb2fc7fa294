package trainyard.scenario.verify.faults.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.verify.Replications;
import trainyard.scenario.verify.SimulatedMean;

/**
 * Simulates what rows of closed forms state, with the life of a job, the fault timelines, detectors, snapshots, storage and steps
 * that scenarios use.
 */
public final class EngineSimulation implements RowSimulation {

    private final List<RowSimulation> parts;

    /**
     * @param seed of all replications
     */
    public EngineSimulation(long seed) {
        Replications replications = new Replications(seed);
        parts = List.of(
                new SegmentRows(replications),
                new FaultTimeRows(replications),
                new DetectionRows(replications),
                new SnapshotSimulation(replications),
                new ScreeningRows(replications),
                new StorageRows(replications),
                new NodePoolRows(replications),
                new DegradedRows(replications),
                new StragglerRows(replications));
    }

    @Override
    public Optional<SimulatedMean> simulate(String family, String name, Map<String, String> parameters) {
        return parts.stream()
                .map(part -> part.simulate(family, name, parameters))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
