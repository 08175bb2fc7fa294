package trainyard.parallel.step.exchange;

import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;

/**
 * What an exchange costs beside the network where the software hands every weight tensor to the communication library as
 * a list of one piece per rank ({@link trainyard.parallel.kernel.SoftwareFeature#PIECEWISE_EXCHANGE}): the host walks the
 * list while the device waits, and the pieces are copied to or from one array. It grows with the ranks, whatever the size
 * of the model.
 */
public final class PiecewiseExchange {

    /**
     * Per piece the host takes a view of the array from Python and has compiled code issue the copy (DeepSpeed 0.3.14,
     * partition_parameters.py, _allgather_param and _reduce_scatter_gradient; PyTorch 1.8, ProcessGroupNCCL.cpp). A view
     * launches nothing; 5 us is assumed.
     */
    private static final double VIEW_SECONDS = 5e-6;

    private final TrainingJob job;
    private final KernelModel kernels;
    private final Shard shard;

    /**
     * @param kernels which price what is copied and cleared
     */
    public PiecewiseExchange(TrainingJob job, KernelModel kernels) {
        this.job = job;
        this.kernels = kernels;
        this.shard = job.shard();
    }

    /** Seconds beyond the exchange itself; biases and norms are below the size that is sharded (10^5 elements). */
    public double seconds(Layer layer, double parameters) {
        double pieces = (double) weightTensors(layer) * job.plan().shardRanks();
        double host = VIEW_SECONDS + job.software().host().backwardLaunchSeconds();
        double copied = 2 * job.shard().precision().bytes() * parameters;
        return pieces * host + kernels.stream(copied, 1).seconds();
    }

    /** The same for a gather, which clears the array first (torch.zeros in _allgather_param). */
    public double gatherSeconds(Layer layer, double parameters) {
        double cleared = job.shard().precision().bytes() * parameters;
        return seconds(layer, parameters)
                + kernels.stream(cleared, weightTensors(layer)).seconds();
    }

    private int weightTensors(Layer layer) {
        return (int) layer.operators(shard).stream()
                .filter(operator -> operator instanceof Operator.MatrixMultiply product && product.weighted())
                .count();
    }
}
