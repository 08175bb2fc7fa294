package trainyard.scenario.verify.training;

import java.util.LinkedHashMap;
import java.util.Map;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.step.EventStepModel;
import trainyard.parallel.step.StepModel;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.CollectiveTime;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.collective.NcclOptions;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/**
 * Factors on what the model assumes of one cluster.
 *
 * @param kernels factors on kernels and host
 * @param exchangeTime factor on the time of every exchange between GPUs of one node, above 0
 * @param fabricTime factor on the time of every exchange that crosses nodes, above 0
 */
record ClusterCalibration(KernelCalibration kernels, double exchangeTime, double fabricTime) {

    /** The step model of a cluster so calibrated. */
    StepModel model(HardwareCatalog catalog) {
        return new EventStepModel(cluster -> exchanges(cluster, catalog), kernels);
    }

    private CollectiveModel exchanges(ClusterSpec cluster, HardwareCatalog catalog) {
        CollectiveModel assumed = NcclModel.on(cluster, catalog, NcclOptions.automatic());
        return (operation, bytes, group) -> {
            CollectiveTime time = assumed.time(operation, bytes, group);
            double factor = group.nodes() > 1 ? fabricTime : exchangeTime;
            return new CollectiveTime(
                    time.seconds() * factor, time.latencySeconds() * factor, time.algorithm(), time.protocol());
        };
    }

    /** The factors by what they change, for tables. */
    Map<String, Double> factors() {
        Map<String, Double> factors = new LinkedHashMap<>();
        factors.put("matrix products", kernels.productTime());
        factors.put("memory bandwidth", kernels.memoryBandwidth());
        factors.put("host time", kernels.hostTime());
        factors.put("exchanges in a node", exchangeTime);
        factors.put("exchanges between nodes", fabricTime);
        return factors;
    }
}
