package trainyard.parallel.step.price;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.parallel.plan.Checkpointing;
import trainyard.parallel.plan.ChunkLayout;
import trainyard.parallel.plan.Recompute;

/** FLOPs that recomputation adds to a step, as HFU counts them (Narayanan et al. 2021, eq. 3, for full recomputation). */
final class HardwareFlops {

    private HardwareFlops() {}

    /** FLOPs of the matrix products that the backward passes of one step run again, over all ranks. */
    static double recomputed(TrainingJob job) {
        Checkpointing checkpointing = job.plan().checkpointing();
        if (checkpointing.recompute().equals(Recompute.NONE)) {
            return 0;
        }
        Shard whole = new Shard(
                1,
                job.batch().sequence(),
                Split.NONE,
                job.precision().storage(),
                job.software().attention());
        Repetition repetition = new Repetition(checkpointing.recompute(), false);
        Map<Layer, Double> perLayer = new HashMap<>();
        List<List<Layer>> pieces = ChunkLayout.of(job.model(), job.plan()).pieces();
        double sum = 0;
        for (int piece = 0; piece < pieces.size(); piece++) {
            int block = 0;
            for (Layer layer : pieces.get(piece)) {
                if (layer.recomputable() && !checkpointing.of(piece, block++).equals(Recompute.NONE)) {
                    sum += perLayer.computeIfAbsent(layer, l -> flops(l, whole, repetition));
                }
            }
        }
        return sum * job.batch().global();
    }

    private static double flops(Layer layer, Shard shard, Repetition repetition) {
        List<Operator> operators = layer.operators(shard);
        double sum = 0;
        for (int i = 0; i < operators.size(); i++) {
            sum += repetition.share(operators, i) * operators.get(i).modelFlops();
        }
        return sum;
    }
}
