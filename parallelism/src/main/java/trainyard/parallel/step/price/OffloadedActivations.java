package trainyard.parallel.step.price;

import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.memory.LayerActivations;
import trainyard.parallel.plan.OffloadTarget;
import trainyard.parallel.schedule.Pass.Kind;
import trainyard.parallel.step.exchange.HostTransfer;
import trainyard.parallel.step.price.ShardedPass.Unit;

/**
 * Copies of what repeated layers keep for the backward pass: to the host after the forward pass of a layer, back before its
 * backward pass (Rajbhandari et al. 2021, section 5.1.2).
 */
final class OffloadedActivations {

    private final OffloadTarget target;
    private final HostTransfer transfer;
    private final LayerActivations activations;

    OffloadedActivations(TrainingJob job) {
        this.target = job.plan().offload().activations();
        this.transfer = new HostTransfer(job);
        this.activations = new LayerActivations(job.shard(), job.precision());
    }

    /** A layer's part of a pass with the copies of its activations. */
    Unit beside(Unit unit, PricedLayer layer, Kind kind) {
        if (target == OffloadTarget.NONE
                || kind == Kind.WEIGHT
                || !layer.layer().recomputable()) {
            return unit;
        }
        double bytes = activations.kept(layer.layer(), layer.recompute());
        boolean forward = kind == Kind.FORWARD;
        return new Unit(
                unit.kernels(),
                unit.fetch() + (forward ? 0 : transfer.fetch(target, bytes)),
                unit.gather(),
                unit.scatter(),
                unit.acrossGroups(),
                unit.store() + (forward ? transfer.store(target, bytes) : 0));
    }
}
