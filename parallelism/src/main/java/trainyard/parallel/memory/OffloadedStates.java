package trainyard.parallel.memory;

import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.plan.Offload;
import trainyard.parallel.plan.OffloadTarget;
import trainyard.sim.hardware.HostSpec;

/**
 * Bytes of a node outside device memory: per parameter of a rank's shard 12 of master weight and moments and 4 of the
 * 32-bit gradient with the optimizer, 2 with the weights (DeepSpeed, estimate_zero3_model_states_mem_needs, without its
 * factor of 1.5 to be safe), and the activations of the micro-batches in flight, for every GPU of the node.
 */
final class OffloadedStates {

    private static final double GRADIENT_BYTES = 4;

    private final Offload offload;
    private final HostSpec host;
    private final int ranks;
    private double hostBytes;
    private double nvmeBytes;

    OffloadedStates(TrainingJob job) {
        this.offload = job.plan().offload();
        this.host = job.cluster().node().host();
        this.ranks = Math.min(job.cluster().node().gpus(), job.plan().gpus());
    }

    /**
     * Looks at the ranks of one stage, which fill a node.
     *
     * @param states what each would hold if nothing were moved
     * @param own parameters of its shard
     * @param activationBytes activations that it moves, at their peak
     */
    void add(ModelStates states, double own, double activationBytes) {
        double optimizer = states.optimizerBytes() + GRADIENT_BYTES * own;
        hostBytes = Math.max(hostBytes, bytes(OffloadTarget.CPU, states, optimizer, activationBytes));
        nvmeBytes = Math.max(nvmeBytes, bytes(OffloadTarget.NVME, states, optimizer, activationBytes));
    }

    private double bytes(OffloadTarget target, ModelStates states, double optimizer, double activationBytes) {
        return ranks
                * ((offload.optimizer() == target ? optimizer : 0)
                        + (offload.parameters() == target ? states.parameterBytes() : 0)
                        + (offload.activations() == target ? activationBytes : 0));
    }

    /** The most that a node holds. */
    OffloadedMemory most() {
        return new OffloadedMemory(hostBytes, host.memoryBytes(), nvmeBytes, host.nvmeBytes());
    }
}
