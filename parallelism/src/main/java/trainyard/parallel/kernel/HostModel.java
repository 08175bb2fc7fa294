package trainyard.parallel.kernel;

import trainyard.parallel.model.Operator;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.precision.Quantisation;

/**
 * Host time to issue an operator, by what the framework's code calls for it.
 *
 * <p>Counts follow Megatron-LM v2.2 to v3.0 (megatron/model/transformer.py, megatron/mpu/layers.py): every split linear
 * layer passes through a function with a backward pass of its own that enters or leaves the tensor-parallel region, also
 * on one rank; so do norms, the fused softmax, GELU and the fused bias, dropout and residual addition. Gradients of
 * weights, and of a norm's scale and shift, are added to what is there by one more kernel each.
 */
public final class HostModel {

    /** Kernels of a norm's backward pass: input gradient, and scale and shift in two steps (Apex, layer_norm_cuda_kernel.cu). */
    private static final int NORM_BACKWARD_KERNELS = 3;

    /**
     * Operations of a linear layer that are written into the graph: the weight turned, the tokens laid in one row, the
     * product, and its result shaped back. A product of activations has as many, with its operands' views (Megatron-LM v2.4,
     * megatron/model/transformer.py).
     */
    private static final int RECORDED_OF_PRODUCT = 4;

    /** Of other operators: what computes, and a view before or behind it (the same; 42 operations a layer in all). */
    private static final int RECORDED_OF_OTHERS = 2;

    /** Scale and shift of a norm. */
    private static final int NORM_PARAMETERS = 2;

    private final HostCosts costs;
    private final int quantisingKernels;

    /**
     * @param costs what a call costs
     * @param recipe number formats; quantising an operand takes kernels of its own
     */
    public HostModel(HostCosts costs, PrecisionRecipe recipe) {
        this.costs = costs;
        this.quantisingKernels =
                recipe.quantisation().map(Quantisation::kernels).orElse(0);
    }

    /** Seconds to issue the forward pass of an operator. */
    public double forward(Operator operator) {
        if (operator instanceof Operator.MatrixMultiply x) {
            int kernels = 1 + (x.quantising().ofInput() ? quantisingKernels : 0);
            return kernels * costs.forwardLaunchSeconds()
                    + otherGroups(x, kernels)
                    + (x.weighted() ? costs.functionSeconds() : 0)
                    + (x.quantised() ? costs.moduleSeconds() : 0);
        }
        if (operator instanceof Operator.Streaming x) {
            return streaming(x);
        }
        if (operator instanceof Operator.TensorCollective x) {
            return x.forward().isPresent() ? costs.collectiveSeconds() : 0;
        }
        if (operator instanceof Operator.ExpertExchange x) {
            return x.calls() * costs.collectiveSeconds();
        }
        if (operator instanceof Operator.ContextExchange) {
            return costs.collectiveSeconds();
        }
        return costs.forwardLaunchSeconds() + costs.functionSeconds();
    }

    private double streaming(Operator.Streaming x) {
        if (x.forwardKernels() == 0) {
            return 0;
        }
        double random = x.randomElements() > 0 && x.attentionCore() ? costs.randomStateSeconds() : 0;
        return x.forwardKernels() * costs.forwardLaunchSeconds() + costs.functionSeconds() + random;
    }

    /**
     * Seconds to write the forward pass of an operator into the graph, beside {@link #forward}; none where gradients are off.
     * What an exchange writes is part of its function.
     */
    public double record(Operator operator) {
        if (operator instanceof Operator.MatrixMultiply) {
            return RECORDED_OF_PRODUCT * costs.recordSeconds();
        }
        boolean computes = !(operator instanceof Operator.Streaming x) || x.forwardKernels() > 0;
        boolean exchanges = operator instanceof Operator.TensorCollective
                || operator instanceof Operator.ExpertExchange
                || operator instanceof Operator.ContextExchange;
        return computes && !exchanges ? RECORDED_OF_OTHERS * costs.recordSeconds() : 0;
    }

    /** Seconds to issue the backward pass of an operator, without what is recomputed. */
    public double backward(Operator operator) {
        if (operator instanceof Operator.MatrixMultiply x) {
            int kernels = gradientKernels(x) + (x.quantising().ofGradient() ? quantisingKernels : 0);
            return kernels * costs.backwardLaunchSeconds()
                    + otherGroups(x, kernels)
                    + (x.weighted() ? costs.functionSeconds() : 0)
                    + (x.quantised() ? costs.moduleSeconds() : 0);
        }
        if (operator instanceof Operator.Streaming x) {
            double function = x.forwardKernels() > 0 ? costs.functionSeconds() : costs.backwardLaunchSeconds();
            return x.backwardKernels() * costs.backwardLaunchSeconds() + function;
        }
        if (operator instanceof Operator.TensorCollective x) {
            return x.backward().isPresent() ? costs.collectiveSeconds() : 0;
        }
        if (operator instanceof Operator.ExpertExchange x) {
            return x.calls() * costs.collectiveSeconds();
        }
        if (operator instanceof Operator.ContextExchange) {
            return costs.collectiveSeconds();
        }
        int kernels =
                operator instanceof Operator.Norm ? NORM_BACKWARD_KERNELS + NORM_PARAMETERS : NORM_BACKWARD_KERNELS;
        return kernels * costs.backwardLaunchSeconds() + costs.functionSeconds();
    }

    /** A product for each gradient, and adding that of a weight to what is there. */
    private static int gradientKernels(Operator.MatrixMultiply x) {
        int ofBoth = x.weighted() ? 3 : 2;
        return x.frozen() ? 1 : ofBoth;
    }

    /** Seconds to issue the part of the backward pass that yields the gradient of the operator's input. */
    public double inputBackward(Operator operator) {
        return backward(operator) - weight(operator);
    }

    /** Seconds to issue the part that yields the gradients of a product's weights: the product, and adding to what is there. */
    public double weight(Operator operator) {
        boolean trained = operator instanceof Operator.MatrixMultiply x && x.trained();
        return trained ? 2 * costs.backwardLaunchSeconds() * ((Operator.MatrixMultiply) operator).kernels() : 0;
    }

    /** Kernels of further groups, which compiled code issues in a loop. */
    private double otherGroups(Operator.MatrixMultiply x, int kernels) {
        return (x.kernels() - 1) * kernels * costs.backwardLaunchSeconds();
    }

    /**
     * Seconds to launch a CUDA graph in a forward pass: one call of a function with a backward pass of its own, and one launch
     * (Transformer Engine 2, graph.py, Graphed); that it costs as much as others is assumed.
     */
    public double forwardGraph() {
        return costs.functionSeconds() + costs.forwardLaunchSeconds();
    }

    /** The same in a backward pass. */
    public double backwardGraph() {
        return costs.functionSeconds() + costs.backwardLaunchSeconds();
    }

    /** Seconds beside the kernels of a recomputed region. */
    public double checkpoint() {
        return costs.checkpointSeconds();
    }

    /** Seconds of a micro-batch beside its layers. */
    public double microBatch() {
        return costs.microBatchSeconds();
    }
}
