package trainyard.parallel.step.price;

import java.util.Comparator;
import java.util.List;
import trainyard.parallel.step.cost.Span;
import trainyard.parallel.step.cost.TimeState;

/**
 * Time of one pass of one micro-batch through one chunk, by what the GPU does. All parts are seconds, not below 0 but where
 * they are the difference of two passes.
 *
 * @param work what its kernels take
 * @param exchanges waiting for the ranks that share its layers
 * @param transfers waiting for weights, gradients or activations from elsewhere
 * @param lag waiting for slower ranks
 */
public record PassCost(Work work, Exchanges exchanges, Transfers transfers, Lag lag) {

    /** Nothing to do. */
    public static final PassCost ZERO = new PassCost(Work.ZERO, Exchanges.ZERO, Transfers.ZERO, Lag.ZERO);

    /**
     * Seconds of kernels.
     *
     * @param compute kernels that the model needs
     * @param recompute forward kernels run again
     */
    public record Work(double compute, double recompute) {

        static final Work ZERO = new Work(0, 0);

        double seconds() {
            return compute + recompute;
        }

        private Work times(double factor) {
            return new Work(compute * factor, recompute * factor);
        }

        private Work plus(Work other) {
            return new Work(compute + other.compute, recompute + other.recompute);
        }

        private Work minus(Work other) {
            return new Work(compute - other.compute, recompute - other.recompute);
        }
    }

    /**
     * Seconds of waiting for exchanges within the layers.
     *
     * @param tensor of tensor-parallel ranks
     * @param context with the ranks that hold the rest of the sequence
     * @param expert of tokens on their way to and from the experts
     */
    public record Exchanges(double tensor, double context, double expert) {

        static final Exchanges ZERO = new Exchanges(0, 0, 0);

        private Exchanges plus(Exchanges other) {
            return other.isNone()
                    ? this
                    : isNone()
                            ? other
                            : new Exchanges(tensor + other.tensor, context + other.context, expert + other.expert);
        }

        private boolean isNone() {
            return this == ZERO || tensor == 0 && context == 0 && expert == 0;
        }

        private Exchanges minus(Exchanges other) {
            return new Exchanges(tensor - other.tensor, context - other.context, expert - other.expert);
        }
    }

    /**
     * Seconds of waiting for what does not lie on the GPU.
     *
     * @param data weights or gradients of the data-parallel ranks
     * @param host what lies in the memory of the host or on its drives
     */
    public record Transfers(double data, double host) {

        static final Transfers ZERO = new Transfers(0, 0);

        private Transfers plus(Transfers other) {
            return other.isNone() ? this : isNone() ? other : new Transfers(data + other.data, host + other.host);
        }

        private boolean isNone() {
            return this == ZERO || data == 0 && host == 0;
        }

        private Transfers minus(Transfers other) {
            return new Transfers(data - other.data, host - other.host);
        }
    }

    /**
     * Seconds of waiting for ranks that do the same in more time.
     *
     * @param slowest the slowest healthy GPU of the job
     * @param straggler a rank that works at a lower speed
     */
    public record Lag(double slowest, double straggler) {

        static final Lag ZERO = new Lag(0, 0);

        private Lag plus(Lag other) {
            return other.isNone()
                    ? this
                    : isNone() ? other : new Lag(slowest + other.slowest, straggler + other.straggler);
        }

        private boolean isNone() {
            return this == ZERO || slowest == 0 && straggler == 0;
        }

        private Lag minus(Lag other) {
            return new Lag(slowest - other.slowest, straggler - other.straggler);
        }
    }

    /** Kernels that the model needs alone. */
    public static PassCost compute(double seconds) {
        return new PassCost(new Work(seconds, 0), Exchanges.ZERO, Transfers.ZERO, Lag.ZERO);
    }

    /** Waiting for data-parallel ranks alone. */
    public static PassCost data(double seconds) {
        return new PassCost(Work.ZERO, Exchanges.ZERO, new Transfers(seconds, 0), Lag.ZERO);
    }

    /** Waiting for the host or its drives alone. */
    static PassCost host(double seconds) {
        return new PassCost(Work.ZERO, Exchanges.ZERO, new Transfers(0, seconds), Lag.ZERO);
    }

    /** Duration of the pass. The order of the addends decides the last digit of all that is priced. */
    public double seconds() {
        return work.seconds()
                + exchanges.tensor
                + exchanges.context
                + exchanges.expert
                + lag.slowest
                + transfers.data
                + lag.straggler
                + transfers.host;
    }

    private double exchangeSeconds() {
        return exchanges.tensor + exchanges.context + exchanges.expert + transfers.data + transfers.host;
    }

    /** What a GPU is at during the pass. */
    public Span.Mix mix() {
        double all = seconds();
        return all == 0
                ? Span.Mix.UPDATE
                : new Span.Mix(work.compute / all, work.recompute / all, exchangeSeconds() / all);
    }

    /** Seconds in one state; 0 for states that are no part of a pass. */
    public double in(TimeState state) {
        return switch (state) {
            case COMPUTE -> work.compute;
            case RECOMPUTE -> work.recompute;
            case TENSOR_COMMUNICATION -> exchanges.tensor;
            case CONTEXT_COMMUNICATION -> exchanges.context;
            case EXPERT_COMMUNICATION -> exchanges.expert;
            case SLOWEST_GPU -> lag.slowest;
            case DATA_COMMUNICATION -> transfers.data;
            case STRAGGLER_WAIT -> lag.straggler;
            case HOST_TRANSFER -> transfers.host;
            case PIPELINE_COMMUNICATION, COMPRESSION, BUBBLE, OPTIMIZER -> 0;
        };
    }

    /** The same pass among ranks of unequal speed, as their mean. */
    public PassCost at(LockstepPace pace) {
        double healthy = work.seconds();
        double own = healthy * pace.mean();
        double waiting = own * (pace.slowest() - 1);
        double late = healthy * pace.slowest() * (pace.straggler() - pace.mean());
        return new PassCost(
                work.times(pace.mean()), exchanges, transfers, new Lag(lag.slowest + waiting, lag.straggler + late));
    }

    /**
     * The same pass of a micro-batch whose kernels take longer by chance.
     *
     * @param most by how much on the rank that takes longest, as a factor
     * @param mean by how much on the mean rank, as a factor
     */
    public PassCost jittered(double most, double mean) {
        double own = work.seconds() + lag.slowest;
        double late = (own + lag.straggler) * most - own * mean;
        return new PassCost(work.times(mean), exchanges, transfers, new Lag(lag.slowest * mean, late));
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
        Work mean = Work.ZERO;
        double slowestGpu = 0;
        for (int i = 0; i < ranks.size(); i++) {
            mean = mean.plus(ranks.get(i).work.times(weights.get(i)));
            slowestGpu += weights.get(i) * ranks.get(i).lag.slowest;
        }
        double late =
                Math.max(0, slowest.seconds() - mean.compute - mean.recompute - slowestGpu - slowest.exchangeSeconds());
        return new PassCost(mean, slowest.exchanges, slowest.transfers, new Lag(slowestGpu, late));
    }

    /** All of them, one after the other; a search of plans sums those of millions of layers, hence no {@link #plus}. */
    static PassCost sum(List<PassCost> costs) {
        double compute = 0;
        double recompute = 0;
        double tensor = 0;
        double context = 0;
        double expert = 0;
        double data = 0;
        double host = 0;
        double slowest = 0;
        double straggler = 0;
        for (PassCost cost : costs) {
            compute += cost.work.compute;
            recompute += cost.work.recompute;
            tensor += cost.exchanges.tensor;
            context += cost.exchanges.context;
            expert += cost.exchanges.expert;
            data += cost.transfers.data;
            host += cost.transfers.host;
            slowest += cost.lag.slowest;
            straggler += cost.lag.straggler;
        }
        return new PassCost(
                new Work(compute, recompute),
                new Exchanges(tensor, context, expert),
                new Transfers(data, host),
                new Lag(slowest, straggler));
    }

    /** Both, one after the other. A part that both or one lack, as most passes do, is not made anew. */
    public PassCost plus(PassCost other) {
        return new PassCost(
                work.plus(other.work),
                exchanges.plus(other.exchanges),
                transfers.plus(other.transfers),
                lag.plus(other.lag));
    }

    PassCost minus(PassCost other) {
        return new PassCost(
                work.minus(other.work),
                exchanges.minus(other.exchanges),
                transfers.minus(other.transfers),
                lag.minus(other.lag));
    }
}
