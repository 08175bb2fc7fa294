package trainyard.parallel.step.price;

import java.util.List;
import trainyard.parallel.model.Operator;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.RecomputedModules;
import trainyard.sim.collective.Collective;

/**
 * Which forward work of a layer the backward pass runs again.
 *
 * <p>{@code MODULES}: as {@link RecomputedModules} says. {@code FULL}: everything, or with early stop what comes before the last product, whose result nobody needs. {@code
 * OPERATORS}: results of attention and of every second product with weights are kept, so half of such products count; the
 * last one's result is not needed, which makes the half of the others as many FLOPs as torchtitan repeats of Llama 3 (key
 * and output projection and one of the two products before the gate). Sums that were scattered are kept, gathered inputs
 * are gathered again.
 *
 * @param recompute what is computed again
 * @param earlyStop whether {@code FULL} stops at the last value that the backward pass needs
 */
record Repetition(Recompute recompute, boolean earlyStop) {

    private static final double EVERY_SECOND = 0.5;

    /** Share of the forward pass of an operator that runs again, in [0, 1]. */
    double share(List<Operator> operators, int index) {
        Operator operator = operators.get(index);
        return switch (recompute.rule()) {
            case NONE -> 0;
            case MODULES -> new RecomputedModules(operators, recompute).again(index) ? 1 : 0;
            case OPERATORS -> index < end(operators) ? share(operator) : 0;
            case FULL -> !earlyStop || index < end(operators) ? 1 : 0;
        };
    }

    private static double share(Operator operator) {
        if (operator.attentionCore() || operator instanceof Operator.ExpertExchange) {
            return 0;
        }
        if (operator instanceof Operator.MatrixMultiply) {
            return EVERY_SECOND;
        }
        boolean scatters = operator instanceof Operator.TensorCollective x
                && x.backward().isPresent()
                && x.forward().isPresent()
                && x.forward().get() != Collective.ALL_GATHER;
        return scatters ? 0 : 1;
    }

    /** Operators up to the last one that keeps something; a product or norm keeps its input, so it need not run itself. */
    private static int end(List<Operator> operators) {
        int last = operators.size() - 1;
        while (last > 0 && operators.get(last).savedBytes() == 0) {
            last--;
        }
        Operator operator = operators.get(last);
        boolean keepsInput = operator instanceof Operator.MatrixMultiply || operator instanceof Operator.Norm;
        return keepsInput ? last : last + 1;
    }
}
