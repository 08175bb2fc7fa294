package trainyard.scenario.study;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import trainyard.parallel.step.EventStepModel;
import trainyard.parallel.step.LayerBalance;
import trainyard.parallel.step.StepModel;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.NcclAlgorithm;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.collective.NcclOptions;
import trainyard.sim.hardware.ClusterSpec;

/** The models that workloads are simulated with; what depends on the cluster alone is made once per cluster. */
public final class Simulators {

    private final Map<ClusterSpec, NcclModel> collectives = new ConcurrentHashMap<>();
    private final StepModel step = new EventStepModel(this::onCluster);
    private final LayerBalance balance = new LayerBalance(this::onCluster);

    /** What one training step costs. */
    public StepModel step() {
        return step;
    }

    /** Layers of each pipeline chunk by their time. */
    public LayerBalance balance() {
        return balance;
    }

    /** What a collective costs on a cluster, with one algorithm or with what NCCL chooses. */
    public CollectiveModel collective(ClusterSpec cluster, Optional<NcclAlgorithm> algorithm) {
        NcclModel free = onCluster(cluster);
        return algorithm
                .map(only -> free.with(NcclOptions.automatic().only(only)))
                .orElse(free);
    }

    private NcclModel onCluster(ClusterSpec cluster) {
        return collectives.computeIfAbsent(cluster, NcclModel::on);
    }
}
