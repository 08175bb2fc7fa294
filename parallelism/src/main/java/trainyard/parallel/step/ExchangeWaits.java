package trainyard.parallel.step;

import java.util.List;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.transformer.MixtureOfExperts;
import trainyard.parallel.plan.Exchanges;
import trainyard.sim.collective.CollectiveModel;

/**
 * What the ranks of a layer wait for others that hold the rest of the sequence or the experts of their tokens, in one pass
 * of one micro-batch, after all that runs beside.
 */
final class ExchangeWaits {

    private final Exchanges exchanges;
    private final int contextRanks;
    private final KernelModel kernels;
    private final ContextExchangeCost context;
    private final ExpertExchangeCost experts;

    ExchangeWaits(TrainingJob job, KernelModel kernels, CollectiveModel collectives, LayerGroups groups) {
        this.exchanges = job.plan().exchanges();
        this.contextRanks = job.plan().context();
        this.kernels = kernels;
        this.context = new ContextExchangeCost(exchanges.context(), collectives, groups.context());
        this.experts = new ExpertExchangeCost(exchanges.dispatch(), collectives, groups.expert());
    }

    PassCost forward(List<Operator> operators) {
        return PassCost.waiting(contextForward(operators), expertForward(operators));
    }

    PassCost backward(List<Operator> operators) {
        double contextSeconds = 0;
        for (int i = 0; i < operators.size(); i++) {
            if (operators.get(i) instanceof Operator.ContextExchange x) {
                double attention = coreBackward(operators, i);
                contextSeconds += context.backward(x, attention) + unbalanced(operators, i, attention);
            }
        }
        double hidden = besideBackward(operators);
        return PassCost.waiting(contextSeconds, left(exchangeSeconds(operators), hidden));
    }

    /** What recomputing the attention core waits for; keys and values of other ranks are not kept either. */
    PassCost coreAgain(List<Operator> operators) {
        return PassCost.waiting(contextForward(operators), 0);
    }

    /** Whole time of one exchange in the forward pass, hidden or not; 0 for other operators. */
    double alone(Operator operator) {
        if (operator instanceof Operator.ExpertExchange x) {
            return experts.seconds(x);
        }
        return operator instanceof Operator.ContextExchange x ? context.forward(x, 0) : 0;
    }

    private double contextForward(List<Operator> operators) {
        double seconds = 0;
        for (int i = 0; i < operators.size(); i++) {
            if (operators.get(i) instanceof Operator.ContextExchange x) {
                double attention = coreForward(operators, i);
                seconds += context.forward(x, attention) + unbalanced(operators, i, attention);
            }
        }
        return seconds;
    }

    private double expertForward(List<Operator> operators) {
        return left(exchangeSeconds(operators), besideForward(operators));
    }

    /** Kernel seconds that may hide the forward exchanges with the experts. */
    private double besideForward(List<Operator> operators) {
        return switch (exchanges.expertOverlap()) {
            case NONE -> 0;
            case SHARED_EXPERT -> sharedForward(operators);
            case MICRO_BATCHES ->
                operators.stream().mapToDouble(this::backwardSeconds).sum();
        };
    }

    private double besideBackward(List<Operator> operators) {
        return switch (exchanges.expertOverlap()) {
            case NONE -> 0;
            case SHARED_EXPERT ->
                operators.stream()
                        .filter(ExchangeWaits::shared)
                        .mapToDouble(this::backwardSeconds)
                        .sum();
            case MICRO_BATCHES ->
                operators.stream().mapToDouble(this::forwardSeconds).sum();
        };
    }

    private double sharedForward(List<Operator> operators) {
        return operators.stream()
                .filter(ExchangeWaits::shared)
                .mapToDouble(this::forwardSeconds)
                .sum();
    }

    private static boolean shared(Operator operator) {
        return operator.name().startsWith(MixtureOfExperts.SHARED_EXPERT);
    }

    private double exchangeSeconds(List<Operator> operators) {
        double seconds = 0;
        for (Operator operator : operators) {
            seconds += operator instanceof Operator.ExpertExchange x ? experts.seconds(x) : 0;
        }
        return seconds;
    }

    /** What is left of an exchange beside kernels, with what it costs them. */
    private static double left(double exchangeSeconds, double kernelSeconds) {
        double hidden = Math.min(exchangeSeconds, kernelSeconds);
        return exchangeSeconds - hidden + hidden * ShardedPass.COST_OF_HIDDEN;
    }

    /**
     * Under a causal mask the rank with the last of {@code c} runs of tokens has {@code (2 c - 1) / c} times the mean to
     * compute, and the others wait for it.
     */
    private double unbalanced(List<Operator> operators, int exchange, double attentionSeconds) {
        boolean causal = exchange + 1 < operators.size()
                && operators.get(exchange + 1) instanceof Operator.FlashAttention x
                && x.causal();
        return causal && !exchanges.balanced() ? attentionSeconds * (contextRanks - 1.0) / contextRanks : 0;
    }

    /** Seconds of the attention that an exchange belongs to: the core operators that follow it. */
    private double coreForward(List<Operator> operators, int exchange) {
        double seconds = 0;
        for (int i = exchange + 1; i < operators.size() && operators.get(i).attentionCore(); i++) {
            seconds += forwardSeconds(operators.get(i));
        }
        return seconds;
    }

    private double coreBackward(List<Operator> operators, int exchange) {
        double seconds = 0;
        for (int i = exchange + 1; i < operators.size() && operators.get(i).attentionCore(); i++) {
            seconds += backwardSeconds(operators.get(i));
        }
        return seconds;
    }

    private double forwardSeconds(Operator operator) {
        return kernels.forward(operator).seconds();
    }

    private double backwardSeconds(Operator operator) {
        return kernels.dataGradient(operator)
                .plus(kernels.weightGradient(operator))
                .seconds();
    }
}
