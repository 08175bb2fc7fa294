package trainyard.parallel.model.transformer;

import java.util.List;
import trainyard.parallel.model.ElementKernels;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.sim.checks.Checks;

/**
 * Two products around an activation, or three with a gate.
 *
 * @param ffn width between the products
 * @param gated whether the activation is multiplied by a gate (SwiGLU, GeGLU: Shazeer 2020)
 */
public record DenseMlp(int ffn, boolean gated) implements Mlp {

    public DenseMlp {
        Checks.atLeast("ffn", ffn, 1);
    }

    @Override
    public ParameterCount parametersPerRank(int hidden, Split split, Biases biases) {
        double divided = matrices() * hidden * ffn + (biases.onMlp() ? upBiases() : 0);
        return ParameterCount.dense(divided / split.tensor() + (biases.onMlp() ? hidden : 0));
    }

    private double matrices() {
        return gated ? 3 : 2;
    }

    private double upBiases() {
        return (gated ? 2.0 : 1.0) * ffn;
    }

    @Override
    public double idleParameters(int hidden, Biases biases) {
        return 0;
    }

    @Override
    public boolean splitByTensorRanks() {
        return true;
    }

    @Override
    public void addOperators(int hidden, Biases biases, Shard shard, List<Operator> out) {
        double input = shard.precision().bytes() * shard.tokensOutside() * hidden;
        addOperators("mlp", hidden, biases, input, shard, out);
    }

    /** Adds the operators under another name, whose first product keeps {@code inputBytes}. */
    void addOperators(String name, int hidden, Biases biases, double inputBytes, Shard shard, List<Operator> out) {
        double p = shard.precision().bytes();
        double tokens = shard.tokens();
        double f = (double) ffn / shard.tensor();
        double width = (gated ? 2 : 1) * f;
        double in = p * tokens * width;
        double activation = p * tokens * f;
        out.add(Operator.MatrixMultiply.ofWeight(name + " up", tokens, width, hidden, inputBytes));
        if (biases.onMlp()) {
            out.add(Mlp.biasGradient(name + " up bias", in));
        }
        out.add(activation(gated, p, tokens * f, shard.elements()));
        boolean again = gated && shard.elements().gateAgain();
        out.add(Operator.MatrixMultiply.ofWeight(name + " down", tokens, hidden, f, again ? 0 : activation));
    }

    /**
     * One kernel: reads what the first product made, writes what the last one reads, and what else the framework has it write.
     *
     * @param p bytes of a value
     * @param values that the last product reads
     */
    static Operator activation(boolean gated, double p, double values, ElementKernels kernels) {
        double out = p * values;
        double in = (gated ? 2 : 1) * out;
        double steps = gated ? 0 : kernels.geluStepBytes(out);
        double compiled = !gated && kernels.compiledGelu() ? values : 0;
        double again = gated && kernels.gateAgain() ? out : 0;
        return new Operator.Streaming(
                gated ? "swiglu" : "gelu", in + out + steps, 2 * in + out + again, 1, 1, 0, compiled, false, in);
    }
}
