package trainyard.parallel.step.price;

import java.util.List;
import java.util.Optional;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.kernel.SoftwareFeature;
import trainyard.parallel.model.Operator;
import trainyard.parallel.plan.Exchanges;
import trainyard.parallel.plan.TensorOverlap;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.GroupShape;

/** Exchanges among tensor ranks within a layer, in seconds, and what of them the matrix products beside them do not hide. */
final class TensorExchanges {

    private final boolean overlap;
    private final double quantisedGather;
    private final boolean keepsGathered;
    private final boolean pipelined;
    private final int ranks;
    private final KernelModel kernels;
    private final CollectiveModel collectives;
    private final GroupShape tensorGroup;

    TensorExchanges(TrainingJob job, KernelModel kernels, CollectiveModel collectives, GroupShape tensorGroup) {
        this.keepsGathered = job.software().has(SoftwareFeature.KEEPS_GATHERED_INPUT);
        Exchanges exchanges = job.plan().exchanges();
        this.overlap = exchanges
                .tensorOverlap()
                .map(chosen -> chosen != TensorOverlap.NONE)
                .orElse(job.software().has(SoftwareFeature.TENSOR_OVERLAP));
        this.pipelined = exchanges
                .tensorOverlap()
                .map(chosen -> chosen == TensorOverlap.PIPELINED)
                .orElse(job.software().has(SoftwareFeature.TENSOR_PIPELINE));
        this.quantisedGather =
                job.precision().gatheredTokenBytes() / job.precision().storage().bytes();
        this.ranks = job.shard().tensor();
        this.kernels = kernels;
        this.collectives = collectives;
        this.tensorGroup = tensorGroup;
    }

    /** What is left of the forward exchange at a place among the operators of a layer. */
    double leftOfForward(List<Operator> operators, int place, Operator.TensorCollective x) {
        return pipelined(forward(x), forwardProduct(operators, place), x.forward(), x.bytes());
    }

    /** What is left of the backward exchange there, beside the gradients of data and weights. */
    double leftOfBackward(List<Operator> operators, int place, Operator.TensorCollective x) {
        return pipelined
                ? pipelined(backward(x), gradientProduct(operators, place), x.backward(), x.bytes())
                : exposed(x, next(operators, place));
    }

    /** The backward exchange there with nothing beside it. */
    double backwardAlone(List<Operator> operators, int place, Operator.TensorCollective x) {
        return alone(x, next(operators, place));
    }

    /** The operator after the exchange; the exchange itself where it is the last. */
    private static Operator next(List<Operator> operators, int place) {
        return operators.get(Math.min(place + 1, operators.size() - 1));
    }

    /** Seconds of the forward exchange. */
    double forward(Operator.TensorCollective x) {
        return x.forward().map(op -> seconds(op, bytes(x, op))).orElse(0.0);
    }

    /** Seconds of the backward exchange. */
    double backward(Operator.TensorCollective x) {
        return x.backward().map(op -> seconds(op, bytes(x, op))).orElse(0.0);
    }

    /** What is gathered for a quantised product is quantised before; sums stay in the storage format. */
    private double bytes(Operator.TensorCollective x, Collective operation) {
        return x.quantised() && operation == Collective.ALL_GATHER ? x.bytes() * quantisedGather : x.bytes();
    }

    /**
     * Backward exchange that compute does not hide. The gradient that leaves a column-split product is summed beside that
     * product's weight gradient; with sequence parallelism the product's input is gathered again beside its data gradient
     * (Korthikanti et al. 2022, section 4.2.2).
     *
     * @param next the operator after the exchange in forward order
     */
    private double exposed(Operator.TensorCollective x, Operator next) {
        if (!overlap
                || !(next instanceof Operator.MatrixMultiply)
                || x.backward().isEmpty()) {
            return alone(x, next);
        }
        double left = beside(backward(x), kernels.weightGradient(next).seconds());
        return left
                + (gathersAgain(x, next)
                        ? beside(forward(x), kernels.dataGradient(next).seconds())
                        : 0);
    }

    /** Backward exchange with nothing beside it. */
    private double alone(Operator.TensorCollective x, Operator next) {
        return backward(x) + (!keepsGathered && gathersAgain(x, next) ? forward(x) : 0);
    }

    /** Whether the weight gradient of a product needs its gathered input, which a frozen weight does not. */
    private static boolean gathersAgain(Operator.TensorCollective x, Operator next) {
        boolean weightGradient = next instanceof Operator.MatrixMultiply product && !product.frozen();
        return weightGradient
                && x.forward().filter(op -> op == Collective.ALL_GATHER).isPresent();
    }

    /**
     * Exchange that is left where it runs in parts beside those of its product: each of t ranks computes with its own part
     * meanwhile, so {@code (t - 1) / t} of the product hides it. What is hidden slows the kernels as elsewhere. The parts of
     * a sum that come from the t ranks are added up by a kernel of its own (PyTorch, distributed/_symmetric_memory,
     * _fused_matmul_reduce_scatter_impl).
     */
    private double pipelined(
            double exchangeSeconds, double productSeconds, Optional<Collective> operation, double bytes) {
        if (!pipelined || productSeconds == 0) {
            return exchangeSeconds;
        }
        double hidden = Math.min(exchangeSeconds, productSeconds * (1 - 1.0 / ranks));
        double left = exchangeSeconds - hidden + hidden * Contention.costOfHidden(kernels);
        boolean sums = operation.filter(Collective.REDUCE_SCATTER::equals).isPresent();
        return sums ? left + kernels.stream(bytes * (1 + 1.0 / ranks), 1).seconds() : left;
    }

    /** Forward time of the product that an exchange feeds, or whose result it sums; 0 if it is beside none. */
    private double forwardProduct(List<Operator> operators, int exchange) {
        return product(operators, exchange)
                .map(x -> kernels.forward(x).seconds())
                .orElse(0.0);
    }

    private double gradientProduct(List<Operator> operators, int exchange) {
        return product(operators, exchange)
                .map(x -> kernels.dataGradient(x).seconds())
                .orElse(0.0);
    }

    private static Optional<Operator> product(List<Operator> operators, int exchange) {
        if (exchange + 1 < operators.size() && operators.get(exchange + 1) instanceof Operator.MatrixMultiply next) {
            return Optional.of(next);
        }
        int before = exchange - 1;
        // Where attention and MLP stand beside each other their results are added before the ranks sum them.
        while (before > 0 && operators.get(before) instanceof Operator.Streaming) {
            before--;
        }
        return before >= 0 && operators.get(before) instanceof Operator.MatrixMultiply product
                ? Optional.of(product)
                : Optional.empty();
    }

    /** Seconds added to a kernel by an exchange that runs beside it and takes some of its processors. */
    private double beside(double exchangeSeconds, double kernelSeconds) {
        double hidden = Math.min(exchangeSeconds, kernelSeconds);
        return exchangeSeconds - hidden + hidden * Contention.costBesideProduct(kernels);
    }

    private double seconds(Collective operation, double bytes) {
        return collectives.time(operation, bytes, tensorGroup).seconds();
    }
}
