package trainyard.parallel.step.price;

import java.util.ArrayList;
import java.util.List;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.kernel.LaunchQueue;
import trainyard.parallel.kernel.ModellingElement;
import trainyard.parallel.kernel.SoftwareFeature;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.schedule.Pass.Kind;

/**
 * The layers of a chunk in a pass, at the pace of the slowest GPU and as the host feeds them: each with what the GPU waits for
 * the host that issues it, which starts with the micro-batch and the calls that send and receive messages.
 */
final class FedLayers {

    private final TrainingJob job;
    private final LockstepPace pace;
    private final boolean logits;
    private final boolean hostCounts;

    /**
     * @param kernels says what of the model counts
     * @param pace how much longer kernels take than on the mean GPU
     */
    FedLayers(TrainingJob job, KernelModel kernels, LockstepPace pace) {
        this.job = job;
        this.pace = pace;
        this.logits = kernels.counts(ModellingElement.LOGITS);
        // A step that is one graph the host only launches.
        this.hostCounts =
                kernels.counts(ModellingElement.HOST_TIME) && !job.software().has(SoftwareFeature.GRAPHED_STEP);
    }

    /**
     * @param layers in the order in which the pass reaches them
     * @return what each takes, with what the GPU waits for the host before and within it
     */
    List<PassCost> costs(List<PricedLayer> layers, Kind kind) {
        LaunchQueue queue = new LaunchQueue(job.software().has(SoftwareFeature.LAUNCH_BLOCKING));
        queue.add(secondsBefore(layers, kind), 0);
        List<PassCost> costs = new ArrayList<>();
        double idle = 0;
        for (PricedLayer layer : layers) {
            boolean counts = logits || layer.layer().role() != LayerRole.HEAD;
            PassCost paced = (counts ? layer.cost().of(kind) : LayerPass.NONE).feed(queue, pace);
            costs.add(paced.plus(PassCost.compute(queue.idleSeconds() - idle)));
            idle = queue.idleSeconds();
        }
        return costs;
    }

    /** Host time before it issues the first layer of a pass. */
    private double secondsBefore(List<PricedLayer> layers, Kind kind) {
        if (!hostCounts) {
            return 0;
        }
        return switch (kind) {
            case FORWARD -> fetchSeconds(layers) + messageSeconds(layers);
            case BACKWARD, INPUT_BACKWARD -> messageSeconds(layers);
            case WEIGHT -> 0;
        };
    }

    /**
     * Host time to fetch the micro-batch before the first kernel of a chunk's forward pass, which waits for it. A chunk
     * with the embedding has it in the time to issue that layer. The last chunk needs the labels; others fetch what they
     * do not need only where the framework lets them.
     */
    private double fetchSeconds(List<PricedLayer> layers) {
        boolean ends = has(layers, LayerRole.HEAD) || job.software().has(SoftwareFeature.BATCH_ON_EVERY_STAGE);
        return ends && !has(layers, LayerRole.INPUT) ? job.software().host().microBatchSeconds() : 0;
    }

    /**
     * Host time to send the result of a pass and to receive the input of the next where messages run beside compute, each by a
     * call of its own (Megatron-Core 0.14, p2p_communication.py, isend and irecv of _p2p_ops). The first chunk of the model
     * receives nothing forward and sends nothing backward, the last the other way round. Messages that block are priced as such.
     */
    private double messageSeconds(List<PricedLayer> layers) {
        if (job.plan().pipeline() == 1 || !job.software().has(SoftwareFeature.PIPELINE_OVERLAP)) {
            return 0;
        }
        int calls = 2 - (has(layers, LayerRole.INPUT) ? 1 : 0) - (has(layers, LayerRole.HEAD) ? 1 : 0);
        return calls * job.software().host().collectiveSeconds();
    }

    private static boolean has(List<PricedLayer> layers, LayerRole role) {
        return layers.stream().anyMatch(priced -> priced.layer().role() == role);
    }
}
