package trainyard.parallel.step.price;

import java.util.ArrayList;
import java.util.List;
import trainyard.parallel.kernel.LaunchQueue;
import trainyard.parallel.step.price.PassCost.Exchanges;
import trainyard.parallel.step.price.PassCost.Lag;
import trainyard.parallel.step.price.PassCost.Transfers;
import trainyard.parallel.step.price.PassCost.Work;

/**
 * One pass of one layer: stretches of work that the host issues without waiting. Between two it waits for the device.
 *
 * @param stretches at least one, in order
 */
record LayerPass(List<Stretch> stretches) {

    static final LayerPass NONE = new LayerPass(PassCost.ZERO, 0);

    /**
     * @param cost what the GPU does
     * @param issueSeconds host time to issue it
     * @param lagSeconds how much longer than its kernels it takes where host and GPU start together: the greatest time to
     *     issue its operators up to one, less the kernels before that one, at a healthy pace
     */
    record Stretch(PassCost cost, double issueSeconds, double lagSeconds) {

        /** This and another after it. */
        Stretch plus(Stretch other) {
            return new Stretch(
                    cost.plus(other.cost),
                    issueSeconds + other.issueSeconds,
                    Math.max(lagSeconds, issueSeconds + other.lagSeconds - cost.seconds()));
        }
    }

    LayerPass {
        stretches = List.copyOf(stretches);
    }

    /** A pass of one operator. */
    LayerPass(PassCost cost, double issueSeconds) {
        this(List.of(new Stretch(cost, issueSeconds, issueSeconds)));
    }

    PassCost cost() {
        return all().cost();
    }

    double issueSeconds() {
        return all().issueSeconds();
    }

    /** All stretches as one; a search of plans asks often, and most passes have one. */
    private Stretch all() {
        Stretch sum = stretches.get(0);
        for (int i = 1; i < stretches.size(); i++) {
            sum = sum.plus(stretches.get(i));
        }
        return sum;
    }

    /** This and another after it, which the host goes on to without waiting. */
    LayerPass then(LayerPass next) {
        List<Stretch> joined = new ArrayList<>(stretches);
        Stretch last = joined.remove(joined.size() - 1);
        joined.add(last.plus(next.stretches.get(0)));
        joined.addAll(next.stretches.subList(1, next.stretches.size()));
        return new LayerPass(joined);
    }

    /** Feeds a GPU; what its kernels and exchanges take at a pace. */
    PassCost feed(LaunchQueue queue, LockstepPace pace) {
        PassCost sum = feed(queue, pace, stretches.get(0));
        for (int i = 1; i < stretches.size(); i++) {
            queue.await();
            sum = sum.plus(feed(queue, pace, stretches.get(i)));
        }
        return sum;
    }

    private static PassCost feed(LaunchQueue queue, LockstepPace pace, Stretch stretch) {
        PassCost paced = stretch.cost().at(pace);
        queue.add(stretch.issueSeconds(), paced.seconds(), stretch.lagSeconds());
        return paced;
    }

    /** Puts a pass together, operator by operator. */
    static final class Builder {

        private final List<Stretch> stretches = new ArrayList<>();
        private double compute;
        private double recompute;
        private double tensor;
        private double context;
        private double expert;
        private double issue;
        private double lag;

        /** The host issues an operator; its kernels and exchanges follow. */
        void issue(double seconds) {
            issue += seconds;
            lag = Math.max(lag, issue - kernels());
        }

        void compute(double seconds) {
            compute += seconds;
        }

        void recompute(double seconds) {
            recompute += seconds;
        }

        void tensor(double seconds) {
            tensor += seconds;
        }

        void context(double seconds) {
            context += seconds;
        }

        void expert(double seconds) {
            expert += seconds;
        }

        /** The host waits for all that it has issued. */
        void await() {
            stretches.add(stretch());
            compute = 0;
            recompute = 0;
            tensor = 0;
            context = 0;
            expert = 0;
            issue = 0;
            lag = 0;
        }

        LayerPass pass() {
            stretches.add(stretch());
            return new LayerPass(stretches);
        }

        private Stretch stretch() {
            PassCost cost = new PassCost(
                    new Work(compute, recompute), new Exchanges(tensor, context, expert), Transfers.ZERO, Lag.ZERO);
            return new Stretch(cost, issue, lag);
        }

        private double kernels() {
            return compute + recompute + tensor + context + expert;
        }
    }
}
