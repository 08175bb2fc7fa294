package trainyard.parallel.step.price;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.kernel.SoftwareFeature;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.plan.ChunkLayout;
import trainyard.parallel.plan.Reshard;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.schedule.Pass.Kind;
import trainyard.parallel.step.exchange.DataExchange;
import trainyard.parallel.step.exchange.HostUpdate;
import trainyard.parallel.step.exchange.PiecewiseExchange;
import trainyard.parallel.step.price.ShardedPass.Unit;
import trainyard.parallel.step.price.StepTiming.ChunkTiming;

/**
 * Prices the passes of a chunk under ZeRO-2, ZeRO-3 or FSDP: every layer is a unit that is gathered, computed and reduced
 * by itself, beside the passes of others where the software overlaps gradients, else before the next layer's. What lies
 * outside the repeated layers is kept from the forward to the backward pass in any case, as the root unit of PyTorch FSDP
 * is.
 *
 * <p>A pipeline that sums once a step sums a chunk behind the last backward pass of it, and its stage waits: PyTorch takes
 * the sums out of all backward passes (torch.distributed.pipelining, stage.py, backward_maybe_with_nosync), starts all of
 * a chunk's behind the last one, and makes the compute stream wait for them (perform_reduce_grad). DeepSpeed has no pipelines
 * with ZeRO-2 or ZeRO-3 (runtime/pipe/engine.py).
 */
final class ShardedChunk {

    private final TrainingJob job;
    private final Sharding sharding;
    private final ChunkLayout layout;
    private final DataExchange exchange;
    private final PiecewiseExchange pieces;
    private final double costOfHidden;
    private final boolean piecewise;
    private final boolean overlaps;
    private final FedLayers fed;
    private final HostUpdate host;
    private final OffloadedActivations activations;
    private final KernelModel kernels;
    private final boolean copiesShards;
    private final ToDoubleFunction<ParameterCount> mirror;

    /**
     * @param kernels kernels of the job's GPU, and what of the model counts
     * @param pace how much longer kernels take than on the mean GPU
     * @param mirror seconds to sum gradients over both copies of a model that lies on the stages twice, else 0
     */
    ShardedChunk(
            TrainingJob job,
            ChunkLayout layout,
            DataExchange exchange,
            KernelModel kernels,
            LockstepPace pace,
            ToDoubleFunction<ParameterCount> mirror) {
        this.job = job;
        this.pieces = new PiecewiseExchange(job, exchange, kernels);
        this.fed = new FedLayers(job, kernels, pace);
        this.costOfHidden = Contention.costOfHidden(kernels);
        this.piecewise = job.software().has(SoftwareFeature.PIECEWISE_EXCHANGE);
        this.overlaps = job.software().has(SoftwareFeature.GRADIENT_OVERLAP);
        this.sharding = job.plan().sharding();
        this.layout = layout;
        this.mirror = mirror;
        this.exchange = exchange;
        this.host = new HostUpdate(job);
        this.activations = new OffloadedActivations(job);
        this.kernels = kernels;
        this.copiesShards = job.software().has(SoftwareFeature.COPIED_SHARDS);
    }

    /**
     * @param layers layers of the chunk in forward order
     */
    ChunkTiming timing(List<PricedLayer> layers) {
        List<PricedLayer> reversed = new ArrayList<>(layers);
        Collections.reverse(reversed);
        boolean sharded = sharding.zeroStage() == 3;
        boolean every = sharding.reshard() != Reshard.AFTER_STEP;
        Predicate<Layer> none = layer -> false;
        Predicate<Layer> all = layer -> sharded;
        Predicate<Layer> again = layer -> sharding.reshard() == Reshard.AFTER_FORWARD && layer.recomputable();
        boolean reduces = sharding.reduceEachMicroBatch();
        boolean behind = !reduces && job.plan().pipeline() > 1;
        PassCost sums = behind ? sums(reversed) : PassCost.ZERO;
        PassCost forward = pass(layers, Kind.FORWARD, every ? all : none, false);
        PassCost backward = pass(reversed, Kind.BACKWARD, again, reduces);
        PassCost weight = pass(reversed, Kind.WEIGHT, none, reduces);
        return new ChunkTiming(
                forward,
                backward,
                pass(reversed, Kind.INPUT_BACKWARD, again, false),
                weight,
                List.of(),
                pass(layers, Kind.FORWARD, all, false).minus(forward),
                behind ? sums : pass(reversed, Kind.BACKWARD, again, true).minus(backward),
                behind ? sums : pass(reversed, Kind.WEIGHT, none, true).minus(weight));
    }

    /** The sums of a chunk's gradients and nothing beside. */
    private PassCost sums(List<PricedLayer> layers) {
        List<Unit> units = layers.stream()
                .map(layer -> unit(layer, PassCost.ZERO, 0, true))
                .toList();
        return ShardedPass.cost(units, sharding.prefetch(), costOfHidden);
    }

    private PassCost pass(List<PricedLayer> layers, Kind kind, Predicate<Layer> gathers, boolean reduces) {
        List<PassCost> kernels = fed.costs(layers, kind);
        List<Unit> units = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            // Most layers equal the one before and wait for the host as long, and so cost the same.
            boolean same = i > 0
                    && layers.get(i).equals(layers.get(i - 1))
                    && kernels.get(i).equals(kernels.get(i - 1));
            units.add(same ? units.get(i - 1) : unit(layers.get(i), kernels.get(i), kind, gathers, reduces));
        }
        return ShardedPass.cost(units, sharding.prefetch(), costOfHidden);
    }

    private Unit unit(PricedLayer priced, PassCost kernels, Kind kind, Predicate<Layer> gathers, boolean reduces) {
        int times = kernels.work().recompute() > 0 ? 2 : 1;
        Unit unit = unit(priced, kernels, gathers.test(priced.layer()) ? times : 0, reduces);
        return activations.beside(unit, priced, kind);
    }

    /**
     * @param gatherings times that the software needs the weights and may have let go of them in between
     */
    private Unit unit(PricedLayer priced, PassCost kernels, int gatherings, boolean reduces) {
        Layer layer = priced.layer();
        ParameterCount parameters = layout.parametersPerRank(layer, job.plan().split());
        ParameterCount trained = layout.trainedPerRank(layer, job.plan().split());
        ParameterCount gradients = reduces ? trained : ParameterCount.ZERO;
        double fetch = gatherings > 0 ? host.weightSeconds(parameters) : 0;
        double store = host.copiesPerMicroBatch() * host.gradientSeconds(gradients);
        if (!piecewise) {
            PassCost copied = kernels.plus(copies(gatherings > 0 ? parameters : ParameterCount.ZERO, gradients));
            double gather = gatherings > 0 ? exchange.gather(parameters) : 0;
            double scatter = exchange.reduceScatter(gradients);
            double across = exchange.acrossGroups(gradients) + mirror.applyAsDouble(gradients);
            return overlaps
                    ? new Unit(copied, fetch, gather, scatter, across, store)
                    : new Unit(copied.plus(PassCost.data(scatter + across)), fetch, gather, 0, 0, store);
        }
        List<Operator> operators = priced.cost().operators();
        double waiting = gatherings > 0 ? gatherings * pieces.gatherSeconds(operators, parameters) : 0;
        if (reduces) {
            waiting += pieces.reduceSeconds(operators, trained) + mirror.applyAsDouble(trained);
        }
        PassCost waited = kernels.plus(PassCost.data(waiting)).plus(PassCost.host(gatherings * fetch));
        return new Unit(waited, 0, 0, 0, 0, store);
    }

    /**
     * Copies out of what is gathered and into what is scattered, where the software makes them: weights in the format that
     * they are gathered in, gradients from that of the passes to that of the sum.
     */
    private PassCost copies(ParameterCount gathered, ParameterCount scattered) {
        if (!copiesShards) {
            return PassCost.ZERO;
        }
        double out = 2 * job.precision().gatheredWeightBytes() * gathered.total();
        double in = (job.precision().storage().bytes() + exchange.bytesPerGradient()) * scattered.total();
        int launched = (out > 0 ? 1 : 0) + (in > 0 ? 1 : 0);
        return PassCost.compute(kernels.stream(out + in, launched).seconds());
    }
}
