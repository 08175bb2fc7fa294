package trainyard.parallel.step.price;

import java.util.Comparator;
import java.util.List;
import trainyard.parallel.step.cost.Span;
import trainyard.parallel.step.cost.TimeState;

/**
 * Time of one pass of one micro-batch through one chunk, by what the GPU does.
 *
 * @param compute seconds of kernels that the model needs
 * @param recompute seconds of forward kernels run again
 * @param tensor seconds of waiting for tensor-parallel exchanges
 * @param context seconds of waiting for the ranks that hold the rest of the sequence
 * @param expert seconds of waiting for tokens on their way to and from the experts
 * @param slowest seconds of waiting for the slowest GPU of the job
 * @param data seconds of waiting for weights or gradients of the data-parallel ranks
 * @param straggler seconds of waiting for a rank that works at a lower speed
 * @param host seconds of waiting for what lies in the memory of the host or on its drives
 */
public record PassCost(
        double compute,
        double recompute,
        double tensor,
        double context,
        double expert,
        double slowest,
        double data,
        double straggler,
        double host) {

    /** Nothing to do. */
    public static final PassCost ZERO = new PassCost(0, 0, 0, 0);

    /** A pass that exchanges only with tensor-parallel ranks. */
    public PassCost(double compute, double recompute, double tensor, double slowest) {
        this(compute, recompute, tensor, 0, 0, slowest, 0, 0, 0);
    }

    /** Waiting for data-parallel ranks alone. */
    public static PassCost data(double seconds) {
        return new PassCost(0, 0, 0, 0, 0, 0, seconds, 0, 0);
    }

    /** Waiting for the host or its drives alone. */
    static PassCost host(double seconds) {
        return new PassCost(0, 0, 0, 0, 0, 0, 0, 0, seconds);
    }

    /** Duration of the pass. */
    public double seconds() {
        return compute + recompute + tensor + context + expert + slowest + data + straggler + host;
    }

    /** What a GPU is at during the pass. */
    public Span.Mix mix() {
        double all = seconds();
        return all == 0
                ? Span.Mix.UPDATE
                : new Span.Mix(compute / all, recompute / all, (tensor + context + expert + data + host) / all);
    }

    /** Seconds in one state; 0 for states that are no part of a pass. */
    public double in(TimeState state) {
        return switch (state) {
            case COMPUTE -> compute;
            case RECOMPUTE -> recompute;
            case TENSOR_COMMUNICATION -> tensor;
            case CONTEXT_COMMUNICATION -> context;
            case EXPERT_COMMUNICATION -> expert;
            case SLOWEST_GPU -> slowest;
            case DATA_COMMUNICATION -> data;
            case STRAGGLER_WAIT -> straggler;
            case HOST_TRANSFER -> host;
            case PIPELINE_COMMUNICATION, COMPRESSION, BUBBLE, OPTIMIZER -> 0;
        };
    }

    /** The same pass among ranks of unequal speed, as their mean. */
    public PassCost at(LockstepPace pace) {
        double kernels = compute + recompute;
        double own = kernels * pace.mean();
        double waiting = own * (pace.slowest() - 1);
        double late = kernels * pace.slowest() * (pace.straggler() - pace.mean());
        return new PassCost(
                compute * pace.mean(),
                recompute * pace.mean(),
                tensor,
                context,
                expert,
                slowest + waiting,
                data,
                straggler + late,
                host);
    }

    /**
     * The same pass of a micro-batch whose kernels take longer by chance.
     *
     * @param most by how much on the rank that takes longest
     * @param mean by how much on the mean rank
     */
    public PassCost jittered(double most, double mean) {
        double own = compute + recompute + slowest;
        double late = (own + straggler) * most - own * mean;
        return new PassCost(
                compute * mean, recompute * mean, tensor, context, expert, slowest * mean, data, late, host);
    }

    /**
     * One pass on ranks that wait for each other within it, as their mean: it takes what the slowest takes.
     *
     * @param ranks the pass on each kind of rank
     * @param weights share of each kind among the ranks; they sum to 1
     */
    static PassCost lockstep(List<PassCost> ranks, List<Double> weights) {
        if (ranks.size() == 1) {
            return ranks.get(0);
        }
        PassCost slowest = ranks.stream()
                .max(Comparator.comparingDouble(PassCost::seconds))
                .orElseThrow();
        double compute = 0;
        double recompute = 0;
        double slowestGpu = 0;
        for (int i = 0; i < ranks.size(); i++) {
            compute += weights.get(i) * ranks.get(i).compute;
            recompute += weights.get(i) * ranks.get(i).recompute;
            slowestGpu += weights.get(i) * ranks.get(i).slowest;
        }
        double exchanges = slowest.tensor + slowest.context + slowest.expert + slowest.data + slowest.host;
        double late = Math.max(0, slowest.seconds() - compute - recompute - slowestGpu - exchanges);
        return new PassCost(
                compute,
                recompute,
                slowest.tensor,
                slowest.context,
                slowest.expert,
                slowestGpu,
                slowest.data,
                late,
                slowest.host);
    }

    /** Both, one after the other. */
    public PassCost plus(PassCost other) {
        return new PassCost(
                compute + other.compute,
                recompute + other.recompute,
                tensor + other.tensor,
                context + other.context,
                expert + other.expert,
                slowest + other.slowest,
                data + other.data,
                straggler + other.straggler,
                host + other.host);
    }

    PassCost minus(PassCost other) {
        return new PassCost(
                compute - other.compute,
                recompute - other.recompute,
                tensor - other.tensor,
                context - other.context,
                expert - other.expert,
                slowest - other.slowest,
                data - other.data,
                straggler - other.straggler,
                host - other.host);
    }
}
