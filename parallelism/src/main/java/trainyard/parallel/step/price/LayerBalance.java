package trainyard.parallel.step.price;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.plan.LayerPartition;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.hardware.ClusterSpec;

/** Cuts the layers of a job so that the slowest piece of the pipeline is as fast as it can be. */
public final class LayerBalance {

    private final Function<ClusterSpec, CollectiveModel> collectives;

    /**
     * @param collectives how exchanges within a layer are priced on a cluster
     */
    public LayerBalance(Function<ClusterSpec, CollectiveModel> collectives) {
        this.collectives = collectives;
    }

    /** The same job with the layers of each chunk chosen by the time of their forward and backward passes. */
    public TrainingJob balanced(TrainingJob job) {
        StepPricing pricing = StepPricing.of(job, collectives.apply(job.cluster()), KernelCalibration.NONE);
        List<Double> blocks = new ArrayList<>();
        double before = 0;
        double after = 0;
        double input = 0;
        for (Layer layer : job.model().layers()) {
            double seconds = pricing.layerSeconds(layer);
            if (layer.role() == LayerRole.INPUT) {
                input += seconds;
            } else if (layer.role() == LayerRole.HEAD) {
                after += seconds;
            } else {
                // Input layers stay with the block after them.
                before = blocks.isEmpty() ? input : before;
                blocks.add(seconds + (blocks.isEmpty() ? 0 : input));
                input = 0;
            }
        }
        double[] seconds = blocks.stream().mapToDouble(Double::doubleValue).toArray();
        List<Integer> counts =
                LayerPartition.balanced(seconds, before, after, job.plan().chunks());
        return new TrainingJob(
                job.model(),
                job.batch(),
                job.precision(),
                job.plan().with(job.plan().pipelining().withLayers(counts)),
                job.cluster(),
                job.software());
    }
}
