package trainyard.parallel.step;

import java.util.HashMap;
import java.util.Map;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.parallel.plan.Recompute;

/** FLOPs that recomputation adds to a step, as HFU counts them (Narayanan et al. 2021, eq. 3, for full recomputation). */
final class HardwareFlops {

    private HardwareFlops() {}

    /** FLOPs of the matrix products that the backward passes of one step run again, over all ranks. */
    static double recomputed(TrainingJob job) {
        Recompute recompute = job.plan().recompute();
        if (recompute == Recompute.NONE) {
            return 0;
        }
        Shard whole = new Shard(
                1,
                job.batch().sequence(),
                Split.NONE,
                job.precision(),
                job.software().attention());
        Map<Layer, Double> perLayer = new HashMap<>();
        double sum = 0;
        for (Layer layer : job.model().layers()) {
            if (layer.recomputable()) {
                sum += perLayer.computeIfAbsent(layer, l -> flops(l, whole, recompute));
            }
        }
        return sum * job.batch().global();
    }

    private static double flops(Layer layer, Shard shard, Recompute recompute) {
        return layer.operators(shard).stream()
                .filter(operator -> recompute == Recompute.FULL || operator.attentionCore())
                .mapToDouble(Operator::modelFlops)
                .sum();
    }
}
