package trainyard.parallel.step.price;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.HostModel;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.kernel.ModellingElement;
import trainyard.parallel.kernel.SoftwareFeature;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.transformer.MixtureOfExperts;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.RecomputedModules;
import trainyard.parallel.schedule.Pass;
import trainyard.parallel.step.exchange.LayerGroups;
import trainyard.sim.collective.CollectiveModel;

/** Time of the passes of one micro-batch through single layers on one rank. */
final class LayerCosts {

    private final Shard shard;
    private final SoftwareProfile software;
    private final boolean earlyStop;
    private final HostModel host;
    private final KernelModel kernels;
    private final TensorExchanges exchanges;
    private final ExchangeWaits waits;
    private final Map<Recompute, Map<Layer, LayerCost>> known = new HashMap<>();

    LayerCosts(TrainingJob job, KernelModel kernels, CollectiveModel collectives, LayerGroups groups) {
        this.shard = job.shard();
        this.software = job.software();
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
     * @param operators what the layer computes and exchanges on one rank, in forward order
     * @param forward forward pass
     * @param backward whole backward pass with what it recomputes
     * @param inputBackward its part that yields the gradient of the layer's input, with what it recomputes
     * @param weight its part that yields the gradients of the weights
     */
    record LayerCost(
            List<Operator> operators,
            LayerPass forward,
            LayerPass backward,
            LayerPass inputBackward,
            LayerPass weight) {

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
        GraphedOperators graphs = new GraphedOperators(software, layer, operators);
        LayerPass again = repetition.recompute().equals(Recompute.NONE)
                ? LayerPass.NONE
                : recomputed(operators, graphs, repetition);
        return new LayerCost(
                operators,
                forward(layer, operators, graphs, repetition),
                again.then(backward(operators, graphs)),
                again.then(inputBackward(operators, graphs)),
                weight(operators, graphs));
    }

    /**
     * Before tokens leave for their experts the host waits for the counts of who gets how many, which size the buffers
     * (Megatron-Core 0.14, token_dispatcher.py, cuda_sync_point; DeepEP, Buffer.dispatch). The way back through the layer
     * knows them. Software that picks out what was received by elementary operations waits for the exchange as well, and on
     * the way back for the experts.
     */
    private boolean waitsBefore(List<Operator> operators, GraphedOperators graphs, int index) {
        boolean leaves = operators.get(index) instanceof Operator.ExpertExchange
                && operators.subList(0, index).stream().noneMatch(Operator.ExpertExchange.class::isInstance);
        return !graphs.neverWaits() && leaves
                || waitsForReceived(operators.get(index), graphs)
                || waitsForLimits(operators, graphs, index);
    }

    /**
     * Behind the limits of gpt-oss the host makes a tensor of one constant on the GPU, which copies it from pageable memory
     * and waits for all before it (Megatron-Core 0.14 to 0.16, fused_bias_geglu.py, torch.tensor(linear_offset, device);
     * PyTorch, Copy.cu, memcpy_and_sync).
     */
    private static boolean waitsForLimits(List<Operator> operators, GraphedOperators graphs, int index) {
        return index > 0
                && !graphs.neverWaits()
                && operators.get(index - 1).name().equals(MixtureOfExperts.LIMITS);
    }

    private boolean waitsForReceived(Operator operator, GraphedOperators graphs) {
        return !graphs.neverWaits()
                && shard.routing().waitsForReceived()
                && operator.name().equals(MixtureOfExperts.RECEIVED_MAP);
    }

    private LayerPass forward(Layer layer, List<Operator> operators, GraphedOperators graphs, Repetition repetition) {
        LayerPass.Builder pass = new LayerPass.Builder();
        pass.issue(layer.role() == LayerRole.INPUT && !graphs.neverWaits() ? host.microBatch() : 0);
        for (int i = 0; i < operators.size(); i++) {
            Operator operator = operators.get(i);
            if (waitsBefore(operators, graphs, i)) {
                pass.await();
            }
            double issue = host.forward(operator) + written(operators, repetition, i) * host.record(operator);
            pass.issue(graphs.issue(i, i - 1, issue, host.forwardGraph()));
            pass.compute(kernels.forward(operator).seconds());
            pass.tensor(operator instanceof Operator.TensorCollective x ? exchanges.leftOfForward(operators, i, x) : 0);
            pass.context(waits.contextForward(operators, i));
            pass.expert(waits.expert(operators, i, true));
        }
        return pass.pass();
    }

    /**
     * Share of the writing into the graph in the first forward pass. What is computed again is written the second time only
     * (Megatron-LM, mpu/random.py, CheckpointFunction: without gradients), unless the region notes what it keeps, which takes
     * the graph both times (torch/utils/checkpoint.py, use_reentrant=False, which early stop needs).
     */
    private double written(List<Operator> operators, Repetition repetition, int index) {
        return earlyStop ? 1 : 1 - repetition.share(operators, index);
    }

    private LayerPass backward(List<Operator> operators, GraphedOperators graphs) {
        LayerPass.Builder pass = new LayerPass.Builder();
        for (int i = operators.size() - 1; i >= 0; i--) {
            Operator operator = operators.get(i);
            if (waitsForReceived(operator, graphs)) {
                pass.await();
            }
            pass.issue(graphs.issue(i, i + 1, host.backward(operator), host.backwardGraph()));
            pass.compute(kernels.dataGradient(operator)
                    .plus(kernels.weightGradient(operator))
                    .seconds());
            pass.tensor(
                    operator instanceof Operator.TensorCollective x ? exchanges.leftOfBackward(operators, i, x) : 0);
            pass.context(waits.contextBackward(operators, i));
            pass.expert(waits.expert(operators, i, false));
        }
        return pass.pass();
    }

    /** Without the weight gradients, whose time would hide the exchange of the input gradient. */
    private LayerPass inputBackward(List<Operator> operators, GraphedOperators graphs) {
        LayerPass.Builder pass = new LayerPass.Builder();
        for (int i = operators.size() - 1; i >= 0; i--) {
            Operator operator = operators.get(i);
            if (waitsForReceived(operator, graphs)) {
                pass.await();
            }
            pass.issue(graphs.issue(i, i + 1, host.inputBackward(operator), host.backwardGraph()));
            pass.compute(kernels.dataGradient(operator).seconds());
            pass.tensor(operator instanceof Operator.TensorCollective x ? exchanges.backwardAlone(operators, i, x) : 0);
            pass.context(waits.contextBackward(operators, i));
            pass.expert(waits.expert(operators, i, false));
        }
        return pass.pass();
    }

    private LayerPass weight(List<Operator> operators, GraphedOperators graphs) {
        LayerPass.Builder pass = new LayerPass.Builder();
        for (int i = 0; i < operators.size(); i++) {
            Operator operator = operators.get(i);
            pass.issue(graphs.issue(i, i - 1, host.weight(operator), host.backwardGraph()));
            pass.compute(kernels.weightGradient(operator).seconds());
        }
        return pass.pass();
    }

    private LayerPass recomputed(List<Operator> operators, GraphedOperators graphs, Repetition repetition) {
        Recompute recompute = repetition.recompute();
        RecomputedModules modules = new RecomputedModules(operators, recompute);
        boolean all = recompute.equals(Recompute.FULL);
        boolean coreAgain = all || modules.coreAgain();
        boolean tokensAgain = all || modules.exchangesAgain();
        LayerPass.Builder pass = new LayerPass.Builder();
        int regions = recompute.rule() == Recompute.Rule.MODULES ? modules.regions() : 1;
        pass.issue(graphs.holdsAll() ? 0 : regions * host.checkpoint());
        for (int i = 0; i < operators.size(); i++) {
            Operator operator = operators.get(i);
            double share = repetition.share(operators, i);
            boolean awaits = tokensAgain && waitsBefore(operators, graphs, i);
            if (awaits || share > 0 && waitsForLimits(operators, graphs, i)) {
                pass.await();
            }
            double issue = share * (host.forward(operator) + host.record(operator));
            pass.issue(graphs.issue(i, i - 1, issue, share == 0 ? 0 : host.forwardGraph()));
            pass.recompute(share * kernels.forward(operator).seconds());
            pass.tensor(
                    operator instanceof Operator.TensorCollective x
                            ? share * exchanges.leftOfForward(operators, i, x)
                            : 0);
            pass.context(coreAgain ? waits.contextForward(operators, i) : 0);
            pass.expert(tokensAgain ? waits.expert(operators, i, true) : 0);
        }
        return pass.pass();
    }
}
