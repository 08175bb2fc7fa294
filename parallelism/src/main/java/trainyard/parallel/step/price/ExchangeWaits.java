package trainyard.parallel.step.price;

import java.util.List;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.transformer.MixtureOfExperts;
import trainyard.parallel.plan.Exchanges;
import trainyard.parallel.plan.ExpertOverlap;
import trainyard.parallel.step.exchange.ContextExchangeCost;
import trainyard.parallel.step.exchange.ExpertExchangeCost;
import trainyard.parallel.step.exchange.LayerGroups;
import trainyard.sim.collective.CollectiveModel;

/**
 * What the ranks of a layer wait for others that hold the rest of the sequence or the experts of their tokens, in one pass
 * of one micro-batch, after all that runs beside.
 */
final class ExchangeWaits {

    private final Exchanges exchanges;
    private final int contextRanks;
    private final double pairedShare;
    private final boolean issuedLate;
    private final double costOfHidden;
    private final KernelModel kernels;
    private final ContextExchangeCost context;
    private final ExpertExchangeCost experts;

    ExchangeWaits(TrainingJob job, KernelModel kernels, CollectiveModel collectives, LayerGroups groups) {
        this.exchanges = job.plan().exchanges();
        this.contextRanks = job.plan().context();
        this.pairedShare = pairedShare(job);
        this.issuedLate = job.shard().routing().waitsForReceived();
        this.costOfHidden = Contention.costOfHidden(kernels);
        this.kernels = kernels;
        this.context = new ContextExchangeCost(exchanges.context(), collectives, groups.context());
        this.experts = new ExpertExchangeCost(exchanges.dispatch(), collectives, groups.expert());
    }

    /**
     * Seconds that the ranks of a context group wait in the forward pass for an operator, in its place; 0 for all but their
     * exchange. Computing attention again waits as long, since keys and values of other ranks are not kept either.
     */
    double contextForward(List<Operator> operators, int index) {
        if (!(operators.get(index) instanceof Operator.ContextExchange x)) {
            return 0;
        }
        double attention = coreForward(operators, index);
        return context.forward(x, attention) + unbalanced(operators, index, attention);
    }

    /** The same in the backward pass. */
    double contextBackward(List<Operator> operators, int index) {
        if (!(operators.get(index) instanceof Operator.ContextExchange x)) {
            return 0;
        }
        double attention = coreBackward(operators, index);
        return context.backward(x, attention) + unbalanced(operators, index, attention);
    }

    /**
     * Seconds that the ranks wait for an exchange with the experts, after what runs beside it; 0 for other operators.
     *
     * @param forward whether in the forward pass, or when it runs again
     */
    double expert(List<Operator> operators, int index, boolean forward) {
        if (!(operators.get(index) instanceof Operator.ExpertExchange x)) {
            return 0;
        }
        double all = experts.seconds(x);
        return switch (exchanges.expertOverlap()) {
            case NONE -> all;
            case SHARED_EXPERT -> left(all, sharedSeconds(operators, forward) / exchanges(operators));
            case MICRO_BATCHES ->
                (1 - pairedShare) * all + pairedShare * left(all, besideOther(operators, index, forward));
        };
    }

    private static long exchanges(List<Operator> operators) {
        return operators.stream()
                .filter(Operator.ExpertExchange.class::isInstance)
                .count();
    }

    private double sharedSeconds(List<Operator> operators, boolean forward) {
        return operators.stream()
                .filter(MixtureOfExperts::isOfSharedExperts)
                .mapToDouble(operator -> forward ? forwardSeconds(operator) : backwardSeconds(operator))
                .sum();
    }

    /**
     * Seconds of kernels beside an exchange. Beside another micro-batch in the other direction the exchange with the experts hides behind the part of its layer
     * that runs at the same time: on the way there behind the other's experts, on the way back behind its attention
     * (Megatron-Core 0.14, model_chunk_schedule_plan.py, TransformerLayerSchedulePlan.run). The host issues the way there
     * after the other's experts; where it has waited for these, nothing runs beside it.
     */
    private double besideOther(List<Operator> operators, int index, boolean forward) {
        boolean there = operators.subList(0, index).stream().noneMatch(Operator.ExpertExchange.class::isInstance);
        if (there && forward && issuedLate) {
            return 0;
        }
        double seconds = 0;
        int met = 0;
        for (Operator operator : operators) {
            boolean exchange = operator instanceof Operator.ExpertExchange;
            met += exchange ? 1 : 0;
            if (!exchange && (met == 1) == there) {
                seconds += forward ? backwardSeconds(operator) : forwardSeconds(operator);
            }
        }
        return seconds;
    }

    /**
     * Share of the passes that have one in the other direction beside them: all but those in which the pipeline fills, {@code
     * (p - 1) / 2} of m on average, or {@code p - 1 + (v - 1) p} of m v with v chunks a stage (Narayanan et al. 2021,
     * section 2.2), and the first. 0 where nothing runs beside.
     */
    static double pairedShare(TrainingJob job) {
        if (job.plan().exchanges().expertOverlap() != ExpertOverlap.MICRO_BATCHES) {
            return 0;
        }
        double stages = job.plan().pipeline();
        double chunks = job.plan().virtualStages();
        double filling = chunks == 1 ? (stages - 1) / 2 : stages - 1 + (chunks - 1) * stages;
        return Math.max(0, 1 - (filling + 1) / (job.microBatches() * chunks));
    }

    /** What is left of an exchange beside kernels, with what it costs them. */
    private double left(double exchangeSeconds, double kernelSeconds) {
        double hidden = Math.min(exchangeSeconds, kernelSeconds);
        return exchangeSeconds - hidden + hidden * costOfHidden;
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
