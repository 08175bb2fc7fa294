package trainyard.parallel.step.exchange;

import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.plan.Offload;
import trainyard.parallel.plan.OffloadTarget;

/**
 * The update on the processors of the host. All ranks of a node share the rate of its memory; the updated 16-bit weights
 * are copied to the GPU beside it, piece by piece (Ren et al. 2021, sections 4.1 and 5.1), and so are states read from and
 * written to drives (Rajbhandari et al. 2021, section 6.2).
 */
public final class HostUpdate {

    /** Adam on 32-bit values: gradient 4, weight and two moments read and written 24. */
    private static final double ADAM_BYTES = 28;

    /** Gradient cast to 32 bits 6, unscaled and clipped 8 (DeepSpeed, runtime/zero/stage3.py). */
    private static final double GRADIENT_BYTES = 14;

    /**
     * Share of the data sheet's memory rate that DeepSpeed's CPU-Adam reaches: 1, 2, 4, 8 and 10 billion parameters take
     * 0.22, 0.51, 1.03, 2.41 and 2.57 s (Ren et al. 2021, table 4, recalled) on two Xeon 8168 of 256 GB/s, that is 93 to 127
     * GB/s, 109.5 on average.
     */
    static final double ADAM_SHARE = 109.5 / 256;

    /** States and 32-bit gradient, read and written (DeepSpeed, swap_tensor/partitioned_optimizer_swapper.py). */
    private static final double SWAPPED_BYTES = 16;

    private static final double HALF_BYTES = 2;

    private final TrainingJob job;
    private final Offload offload;
    private final HostTransfer transfer;

    /**
     * @param job whose parameters are updated
     */
    public HostUpdate(TrainingJob job) {
        this.job = job;
        this.offload = job.plan().offload();
        this.transfer = new HostTransfer(job);
    }

    /** Seconds that the processors update a stage's share of its ranks. */
    public double seconds(ParameterCount parameters) {
        return seconds(
                job.plan().ownShare(parameters) * transfer.active(),
                job.cluster().node().host().memoryBytesPerSecond());
    }

    /** Seconds that the processors of one node, with memory of the given rate, update so many parameters. */
    public static double seconds(double parameters, double memoryBytesPerSecond) {
        return parameters * (ADAM_BYTES + GRADIENT_BYTES) / (ADAM_SHARE * memoryBytesPerSecond);
    }

    /**
     * Seconds of copies that nothing hides: of gradients that have not left during the backward pass, and of what takes
     * longer than the update beside it.
     */
    public double transferSeconds(ParameterCount parameters) {
        double own = job.plan().ownShare(parameters);
        boolean gone = job.plan().sharding().sumsInPasses();
        double gradients = gone ? 0 : transfer.store(OffloadTarget.CPU, own * gradientBytes());
        double weights = offload.movesParameters() ? 0 : transfer.fetch(OffloadTarget.CPU, own * HALF_BYTES);
        double states = offload.optimizer() == OffloadTarget.NVME
                ? transfer.drives(own * SWAPPED_BYTES, own * SWAPPED_BYTES)
                : 0;
        return gradients + Math.max(0, Math.max(weights, states) - seconds(parameters));
    }

    /** Seconds of one copy of a layer's summed gradients, the rank's share, to the host. */
    public double gradientSeconds(ParameterCount parameters) {
        return offload.movesOptimizer()
                ? transfer.store(OffloadTarget.CPU, job.plan().ownShare(parameters) * gradientBytes())
                : 0;
    }

    /**
     * Copies of gradients per micro-batch: the first leaves them on the host, each later one brings the sum to the GPU, adds
     * and takes it back, since adding on the host is slower (DeepSpeed, runtime/zero/stage3.py, partition_grads).
     */
    public double copiesPerMicroBatch() {
        int microBatches = job.microBatches();
        return job.plan().sharding().reduceEachMicroBatch() ? (2.0 * microBatches - 1) / microBatches : 1;
    }

    /** Seconds until a layer's 16-bit weights, the rank's share, have come to the GPU. */
    public double weightSeconds(ParameterCount parameters) {
        double bytes = job.shard().precision().bytes();
        return transfer.fetch(offload.parameters(), job.plan().ownShare(parameters) * bytes);
    }

    private double gradientBytes() {
        return job.software().gradients().bytesPerElement();
    }
}
