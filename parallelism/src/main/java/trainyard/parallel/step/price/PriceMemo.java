package trainyard.parallel.step.price;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.kernel.ModellingElement;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.model.Shard;
import trainyard.parallel.plan.Exchanges;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.step.exchange.LayerGroups;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.hardware.GpuSpec;

/**
 * Prices that plans of the same job on the same cluster share: the kernels of the GPU, and the layers of every share of a
 * micro-batch. Holds on to what it is given, so it lives as long as one search. Not thread-safe.
 */
public final class PriceMemo {

    private final CollectiveModel collectives;
    private final KernelCalibration calibration;
    private final Set<ModellingElement> elements;
    private final Map<Gpu, KernelModel> kernels = new HashMap<>();
    private final Map<Share, LayerCosts> layers = new HashMap<>();

    private record Gpu(GpuSpec gpu, PrecisionRecipe precision, SoftwareProfile software) {}

    /** Everything of a job that the cost of a layer depends on. */
    private record Share(Gpu gpu, Shard shard, Exchanges exchanges, double pairedShare, LayerGroups groups) {}

    /**
     * @param collectives prices of exchanges on the cluster
     * @param calibration what was measured of its machines
     */
    public PriceMemo(CollectiveModel collectives, KernelCalibration calibration) {
        this(collectives, calibration, EnumSet.allOf(ModellingElement.class));
    }

    /**
     * @param elements effects that count
     */
    public PriceMemo(CollectiveModel collectives, KernelCalibration calibration, Set<ModellingElement> elements) {
        this.collectives = collectives;
        this.calibration = calibration;
        this.elements = elements;
    }

    KernelCalibration calibration() {
        return calibration;
    }

    CollectiveModel collectives() {
        return collectives;
    }

    KernelModel kernels(TrainingJob job) {
        Gpu gpu = gpu(job);
        return kernels.computeIfAbsent(
                gpu, g -> new KernelModel(g.gpu, g.precision, g.software, calibration, elements));
    }

    LayerCosts layers(TrainingJob job, LayerGroups groups) {
        ParallelPlan plan = job.plan();
        double paired = ExchangeWaits.pairedShare(job);
        Share share = new Share(gpu(job), job.shard(), plan.exchanges(), paired, groups);
        return layers.computeIfAbsent(share, s -> new LayerCosts(job, kernels(job), collectives, groups));
    }

    private static Gpu gpu(TrainingJob job) {
        return new Gpu(job.cluster().node().gpu(), job.precision(), job.software());
    }
}
