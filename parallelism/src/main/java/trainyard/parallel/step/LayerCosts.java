package trainyard.parallel.step;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.HostModel;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.kernel.KernelTime;
import trainyard.parallel.kernel.LaunchQueue;
import trainyard.parallel.kernel.ModellingElement;
import trainyard.parallel.kernel.SoftwareFeature;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.RecomputedModules;
import trainyard.parallel.schedule.Pass;
import trainyard.sim.collective.CollectiveModel;

/** Time of the passes of one micro-batch through single layers on one rank. */
final class LayerCosts {

    private final Shard shard;
    private final boolean earlyStop;
    private final HostModel host;
    private final KernelModel kernels;
    private final TensorExchanges exchanges;
    private final ExchangeWaits waits;
    private final Map<Recompute, Map<Layer, LayerCost>> known = new HashMap<>();

    LayerCosts(TrainingJob job, KernelModel kernels, CollectiveModel collectives, LayerGroups groups) {
        this.shard = job.shard();
        this.earlyStop = job.software().has(SoftwareFeature.EARLY_STOP);
        this.host = new HostModel(
                job.software().host().times(kernels.counts(ModellingElement.HOST_TIME) ? 1 : 0), job.precision());
        this.kernels = kernels;
        this.exchanges = new TensorExchanges(job, kernels, collectives, groups.tensor());
        this.waits = new ExchangeWaits(job, kernels, collectives, groups);
    }

    /**
     * Passes of one layer, on a GPU that never waits for its host.
     *
     * @param forward forward pass
     * @param backward whole backward pass with what it recomputes
     * @param inputBackward its part that yields the gradient of the layer's input, with what it recomputes
     * @param weight its part that yields the gradients of the weights
     */
    record LayerCost(LayerPass forward, LayerPass backward, LayerPass inputBackward, LayerPass weight) {

        LayerPass of(Pass.Kind kind) {
            return switch (kind) {
                case FORWARD -> forward;
                case BACKWARD -> backward;
                case INPUT_BACKWARD -> inputBackward;
                case WEIGHT -> weight;
            };
        }
    }

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
         */
        record Stretch(PassCost cost, double issueSeconds) {

            Stretch plus(Stretch other) {
                return new Stretch(cost.plus(other.cost), issueSeconds + other.issueSeconds);
            }
        }

        LayerPass {
            stretches = List.copyOf(stretches);
        }

        /** A pass that is issued at one go. */
        LayerPass(PassCost cost, double issueSeconds) {
            this(List.of(new Stretch(cost, issueSeconds)));
        }

        PassCost cost() {
            return all().cost();
        }

        double issueSeconds() {
            return all().issueSeconds();
        }

        private static PassCost feed(LaunchQueue queue, Pace pace, Stretch stretch) {
            PassCost paced = stretch.cost().at(pace);
            queue.add(stretch.issueSeconds(), paced.seconds());
            return paced;
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
        PassCost feed(LaunchQueue queue, Pace pace) {
            PassCost sum = feed(queue, pace, stretches.get(0));
            for (int i = 1; i < stretches.size(); i++) {
                queue.await();
                sum = sum.plus(feed(queue, pace, stretches.get(i)));
            }
            return sum;
        }
    }

    /**
     * Passes of a layer.
     *
     * @param recompute what its backward pass computes again, if the layer can
     */
    LayerCost of(Layer layer, Recompute recompute) {
        return known.computeIfAbsent(recompute, r -> new HashMap<>())
                .computeIfAbsent(layer, l -> compute(l, recompute));
    }

    private LayerCost compute(Layer layer, Recompute recompute) {
        List<Operator> operators = layer.operators(shard);
        Repetition repetition = new Repetition(layer.recomputable() ? recompute : Recompute.NONE, earlyStop);
        LayerPass again =
                repetition.recompute().equals(Recompute.NONE) ? LayerPass.NONE : recomputed(operators, repetition);
        return new LayerCost(
                forward(layer, operators, repetition),
                again.then(new LayerPass(backward(operators), issueSeconds(operators, host::backward))),
                again.then(new LayerPass(inputBackward(operators), issueSeconds(operators, host::inputBackward))),
                new LayerPass(weight(operators), issueSeconds(operators, host::weight)));
    }

    /**
     * Before tokens leave for their experts the host waits for the counts of who gets how many, which size the buffers
     * (Megatron-Core 0.14, token_dispatcher.py, cuda_sync_point; DeepEP, Buffer.dispatch). The way back through the layer
     * knows them.
     */
    private static int wait(List<Operator> operators) {
        int exchange = 0;
        while (exchange < operators.size() && !(operators.get(exchange) instanceof Operator.ExpertExchange)) {
            exchange++;
        }
        return exchange;
    }

    private LayerPass forward(Layer layer, List<Operator> operators, Repetition repetition) {
        int wait = wait(operators);
        double fetch = layer.role() == LayerRole.INPUT ? host.microBatch() : 0;
        double issue = fetch + forwardIssueSeconds(operators, repetition, 0, wait);
        PassCost before = forward(operators, 0, wait);
        if (wait == operators.size()) {
            return new LayerPass(before.plus(waits.forward(operators)), issue);
        }
        PassCost after = forward(operators, wait, operators.size()).plus(waits.forward(operators));
        return new LayerPass(List.of(
                new LayerPass.Stretch(before, issue),
                new LayerPass.Stretch(after, forwardIssueSeconds(operators, repetition, wait, operators.size()))));
    }

    /** Kernels and exchanges of tensor ranks of the operators in [from, to). */
    private PassCost forward(List<Operator> operators, int from, int to) {
        double seconds = 0;
        double exchange = 0;
        for (int i = from; i < to; i++) {
            seconds += kernels.forward(operators.get(i)).seconds();
            exchange += operators.get(i) instanceof Operator.TensorCollective x
                    ? exchanges.leftOfForward(operators, i, x)
                    : 0;
        }
        return new PassCost(seconds, 0, exchange, 0);
    }

    /**
     * Host time to issue the operators in [from, to) and to write them into the graph. What is computed again is written the
     * second time only (Megatron-LM, mpu/random.py, CheckpointFunction: without gradients), unless the region notes what it
     * keeps, which takes the graph both times (torch/utils/checkpoint.py, use_reentrant=False, which early stop needs).
     */
    private double forwardIssueSeconds(List<Operator> operators, Repetition repetition, int from, int to) {
        double seconds = 0;
        for (int i = from; i < to; i++) {
            double written = earlyStop ? 1 : 1 - repetition.share(operators, i);
            seconds += host.forward(operators.get(i)) + written * host.record(operators.get(i));
        }
        return seconds;
    }

    private static double issueSeconds(List<Operator> operators, ToDoubleFunction<Operator> host) {
        return operators.stream().mapToDouble(host).sum();
    }

    private PassCost backward(List<Operator> operators) {
        KernelTime compute = KernelTime.ZERO;
        double exchange = 0;
        for (int i = 0; i < operators.size(); i++) {
            Operator operator = operators.get(i);
            compute = compute.plus(kernels.dataGradient(operator)).plus(kernels.weightGradient(operator));
            if (operator instanceof Operator.TensorCollective x) {
                exchange += exchanges.leftOfBackward(operators, i, x);
            }
        }
        return new PassCost(compute.seconds(), 0, exchange, 0).plus(waits.backward(operators));
    }

    /** Without the weight gradients, whose time would hide the exchange of the input gradient. */
    private PassCost inputBackward(List<Operator> operators) {
        KernelTime compute = KernelTime.ZERO;
        double exchange = 0;
        for (int i = 0; i < operators.size(); i++) {
            Operator operator = operators.get(i);
            compute = compute.plus(kernels.dataGradient(operator));
            if (operator instanceof Operator.TensorCollective x) {
                exchange += exchanges.backwardAlone(operators, i, x);
            }
        }
        return new PassCost(compute.seconds(), 0, exchange, 0).plus(waits.backward(operators));
    }

    private PassCost weight(List<Operator> operators) {
        KernelTime compute = KernelTime.ZERO;
        for (Operator operator : operators) {
            compute = compute.plus(kernels.weightGradient(operator));
        }
        return new PassCost(compute.seconds(), 0, 0, 0);
    }

    private LayerPass recomputed(List<Operator> operators, Repetition repetition) {
        Recompute recompute = repetition.recompute();
        RecomputedModules modules = new RecomputedModules(operators, recompute);
        boolean named = recompute.rule() == Recompute.Rule.MODULES;
        boolean tokensAgain = recompute.equals(Recompute.FULL) || modules.exchangesAgain();
        int wait = tokensAgain ? wait(operators) : operators.size();
        int regions = named ? modules.regions() : 1;
        LayerPass.Stretch before = recomputed(operators, repetition, 0, wait);
        LayerPass.Stretch region = new LayerPass.Stretch(PassCost.ZERO, regions * host.checkpoint());
        PassCost waiting = named ? waitsAgain(operators, modules) : waitsAgain(operators, recompute);
        LayerPass.Stretch exchanges = new LayerPass.Stretch(waiting, 0);
        return wait == operators.size()
                ? new LayerPass(List.of(region.plus(before).plus(exchanges)))
                : new LayerPass(List.of(
                        region.plus(before),
                        recomputed(operators, repetition, wait, operators.size())
                                .plus(exchanges)));
    }

    private LayerPass.Stretch recomputed(List<Operator> operators, Repetition repetition, int from, int to) {
        double seconds = 0;
        double exchange = 0;
        double issue = 0;
        for (int i = from; i < to; i++) {
            Operator operator = operators.get(i);
            double share = repetition.share(operators, i);
            seconds += share * kernels.forward(operator).seconds();
            exchange += operator instanceof Operator.TensorCollective x
                    ? share * exchanges.leftOfForward(operators, i, x)
                    : 0;
            issue += share * (host.forward(operator) + host.record(operator));
        }
        return new LayerPass.Stretch(new PassCost(0, seconds, exchange, 0), issue);
    }

    private PassCost waitsAgain(List<Operator> operators, Recompute recompute) {
        return recompute.equals(Recompute.FULL) ? waits.forward(operators) : PassCost.ZERO;
    }

    private PassCost waitsAgain(List<Operator> operators, RecomputedModules modules) {
        PassCost core = modules.coreAgain() ? waits.coreAgain(operators) : PassCost.ZERO;
        return modules.exchangesAgain() ? core.plus(waits.expertsAgain(operators)) : core;
    }
}
