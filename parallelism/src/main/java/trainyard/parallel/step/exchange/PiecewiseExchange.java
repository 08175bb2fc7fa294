package trainyard.parallel.step.exchange;

import java.util.List;
import java.util.function.ToDoubleFunction;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.Shard;

/**
 * Exchanges where the software hands every weight tensor to the communication library by itself, as a list of one piece per
 * rank ({@link trainyard.parallel.kernel.SoftwareFeature#PIECEWISE_EXCHANGE}): one exchange after another, each with the
 * latency of its ring, while the host walks the lists and the pieces are copied to or from one array. What the host does
 * grows with the ranks, whatever the size of the model.
 */
public final class PiecewiseExchange {

    /**
     * Per piece the host takes a view of the array from Python and has compiled code issue the copy (DeepSpeed 0.3.14,
     * partition_parameters.py, _allgather_param and _reduce_scatter_gradient; PyTorch 1.8, ProcessGroupNCCL.cpp). A view
     * launches nothing; 5 us is assumed.
     */
    private static final double VIEW_SECONDS = 5e-6;

    private final TrainingJob job;
    private final DataExchange exchange;
    private final KernelModel kernels;
    private final Shard shard;

    /**
     * @param exchange prices the exchange of one tensor
     * @param kernels which price what is copied and cleared
     */
    public PiecewiseExchange(TrainingJob job, DataExchange exchange, KernelModel kernels) {
        this.job = job;
        this.exchange = exchange;
        this.kernels = kernels;
        this.shard = job.shard();
    }

    /** Seconds to sum gradients of a layer; biases and norms are below the size that is sharded (10^5 elements). */
    public double reduceSeconds(Layer layer, ParameterCount gradients) {
        return eachTensor(layer, gradients, exchange::reduce) + piecesSeconds(layer, gradients);
    }

    /** Seconds to gather the weights of a layer, each into an array that is cleared first (torch.zeros). */
    public double gatherSeconds(Layer layer, ParameterCount parameters) {
        double cleared = job.shard().precision().bytes() * parameters.total();
        return eachTensor(layer, parameters, exchange::gather)
                + piecesSeconds(layer, parameters)
                + kernels.stream(cleared, weights(layer).size()).seconds();
    }

    /** What the host and the copies of pieces take beside the exchanges. */
    private double piecesSeconds(Layer layer, ParameterCount parameters) {
        double pieces = (double) weights(layer).size() * job.plan().shardRanks();
        double host = VIEW_SECONDS + job.software().host().backwardLaunchSeconds();
        double copied = 2 * job.shard().precision().bytes() * parameters.total();
        return pieces * host + kernels.stream(copied, 1).seconds();
    }

    /** Seconds of one exchange for each weight; a layer without products, such as a table, is one tensor. */
    private double eachTensor(Layer layer, ParameterCount parameters, ToDoubleFunction<ParameterCount> seconds) {
        List<Double> weights = weights(layer);
        if (parameters.total() == 0 || weights.isEmpty()) {
            return seconds.applyAsDouble(parameters);
        }
        double all = weights.stream().mapToDouble(Double::doubleValue).sum();
        return weights.stream()
                .mapToDouble(weight -> seconds.applyAsDouble(parameters.times(weight / all)))
                .sum();
    }

    /** Elements of each weight of a product. */
    private List<Double> weights(Layer layer) {
        return layer.operators(shard).stream()
                .filter(Operator.MatrixMultiply.class::isInstance)
                .map(Operator.MatrixMultiply.class::cast)
                .filter(Operator.MatrixMultiply::weighted)
                .map(product -> product.batch() * product.k() * product.n())
                .toList();
    }
}
