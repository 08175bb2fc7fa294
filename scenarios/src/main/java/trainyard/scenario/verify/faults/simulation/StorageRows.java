package trainyard.scenario.verify.faults.simulation;

import java.util.Map;
import java.util.Optional;
import trainyard.parallel.input.CheckpointTraffic;
import trainyard.parallel.input.HostCopy;
import trainyard.parallel.input.InputDemand;
import trainyard.parallel.input.InputPath;
import trainyard.parallel.input.InputSimulation;
import trainyard.parallel.input.InputStorage;
import trainyard.parallel.input.InputWindow;
import trainyard.parallel.input.Loading;
import trainyard.parallel.input.SampleData;
import trainyard.parallel.input.StorageClass;
import trainyard.parallel.input.TrafficRule;
import trainyard.scenario.verify.Replications;
import trainyard.scenario.verify.SimulatedMean;

/**
 * Simulates the time that a checkpoint takes to be written: the traffic of one that has the shared storage of a job to itself, since
 * every sample lies in a cache. Chance has no part in it.
 */
final class StorageRows implements RowSimulation {

    private static final TrafficRule RULE = TrafficRule.fair(Double.POSITIVE_INFINITY);
    private static final double ALL_CACHED = 1;
    private static final int STEPS = 3;

    private final Replications replications;

    StorageRows(Replications replications) {
        this.replications = replications;
    }

    @Override
    public Optional<SimulatedMean> simulate(String family, String name, Map<String, String> parameters) {
        return (family + " " + name).equals("async write_time")
                ? writeTime(new RowNumbers(parameters))
                : Optional.empty();
    }

    private Optional<SimulatedMean> writeTime(RowNumbers row) {
        double bytes = row.value("size_B");
        double rate = row.value("bw_Bps");
        InputPath path = new InputPath(
                new SampleData(1, 0, 1, 1),
                new Loading(1, 1, 1),
                new InputStorage(
                        rate, 0, 0, Optional.empty(), Map.of(StorageClass.DATA, RULE, StorageClass.CHECKPOINT, RULE)),
                Double.POSITIVE_INFINITY,
                new HostCopy(1, true),
                Optional.of(new CheckpointTraffic(bytes, STEPS, 1)));
        // A step as long as the write: it ends before the second of the steps does that are watched.
        InputWindow window = InputSimulation.run(
                path, new InputDemand(1, 1, 1, bytes / rate), ALL_CACHED, 1, STEPS, replications.one());
        return replications.certain(window.checkpointSeconds().get(0));
    }
}
