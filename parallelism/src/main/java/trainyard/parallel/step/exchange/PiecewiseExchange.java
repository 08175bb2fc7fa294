package trainyard.parallel.step.exchange;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.transformer.MixtureOfExperts;

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

    /**
     * @param exchange prices the exchange of one tensor
     * @param kernels which price what is copied and cleared
     */
    public PiecewiseExchange(TrainingJob job, DataExchange exchange, KernelModel kernels) {
        this.job = job;
        this.exchange = exchange;
        this.kernels = kernels;
    }

    /**
     * Seconds to sum gradients of a layer; biases and norms are below the size that is sharded (10^5 elements).
     *
     * @param operators those of the layer on one rank, which have its weights
     * @param gradients of one rank
     */
    public double reduceSeconds(List<Operator> operators, ParameterCount gradients) {
        List<ParameterCount> tensors = tensors(operators, Operator.MatrixMultiply::trained, gradients);
        return tensors.stream().mapToDouble(exchange::reduce).sum() + piecesSeconds(tensors, gradients);
    }

    /**
     * Seconds to gather the weights of a layer, each into an array that is cleared first (torch.zeros).
     *
     * @param operators those of the layer on one rank, which have its weights
     * @param parameters of one rank, gathered
     */
    public double gatherSeconds(List<Operator> operators, ParameterCount parameters) {
        List<ParameterCount> tensors = tensors(operators, Operator.MatrixMultiply::weighted, parameters);
        double cleared = job.shard().precision().bytes() * parameters.total();
        return tensors.stream().mapToDouble(exchange::gather).sum()
                + piecesSeconds(tensors, parameters)
                + kernels.stream(cleared, tensors.size()).seconds();
    }

    /** What the host and the copies of pieces take beside the exchanges. */
    private double piecesSeconds(List<ParameterCount> tensors, ParameterCount parameters) {
        double pieces = tensors.stream().mapToInt(this::pieces).sum();
        double host = VIEW_SECONDS + job.software().host().backwardLaunchSeconds();
        double copied = 2 * job.shard().precision().bytes() * parameters.total();
        return pieces * host + kernels.stream(copied, 1).seconds();
    }

    private int pieces(ParameterCount tensor) {
        return tensor.expert() > 0 ? job.plan().expertShardRanks() : job.plan().shardRanks();
    }

    /**
     * Parameters of each weight of a product, of which each routed expert has its own; a layer without products, such as a
     * table, is one tensor.
     */
    private static List<ParameterCount> tensors(
            List<Operator> operators, Predicate<Operator.MatrixMultiply> held, ParameterCount parameters) {
        Map<Boolean, List<Operator.MatrixMultiply>> products = operators.stream()
                .filter(Operator.MatrixMultiply.class::isInstance)
                .map(Operator.MatrixMultiply.class::cast)
                .filter(held)
                .collect(Collectors.partitioningBy(MixtureOfExperts::isOfRoutedExperts));
        List<ParameterCount> tensors = new ArrayList<>();
        double dense = products.get(false).stream()
                .mapToDouble(PiecewiseExchange::elements)
                .sum();
        for (Operator.MatrixMultiply product : products.get(false)) {
            tensors.add(ParameterCount.dense(parameters.dense() * elements(product) / dense));
        }
        double experts = products.get(true).stream()
                .mapToDouble(PiecewiseExchange::elements)
                .sum();
        for (Operator.MatrixMultiply product : products.get(true)) {
            double ofExpert = parameters.expert() * product.k() * product.n() / experts;
            tensors.addAll(Collections.nCopies((int) product.batch(), new ParameterCount(0, ofExpert)));
        }
        return (tensors.isEmpty() ? List.of(parameters) : tensors)
                .stream().filter(tensor -> tensor.total() > 0).toList();
    }

    private static double elements(Operator.MatrixMultiply product) {
        return product.batch() * product.k() * product.n();
    }
}
