package trainyard.parallel.plan;

import java.util.Locale;
import java.util.Objects;

/**
 * What is moved out of device memory (Ren et al. 2021, ZeRO-Offload; Rajbhandari et al. 2021, ZeRO-Infinity).
 *
 * @param optimizer master weights, moments and summed gradients; the processors then update
 * @param parameters 16-bit weights of the rank's shard, which are copied to the device before they are gathered
 * @param activations what repeated layers keep for the backward pass
 */
public record Offload(OffloadTarget optimizer, OffloadTarget parameters, OffloadTarget activations) {

    /** Everything stays. */
    public static final Offload NONE = new Offload(OffloadTarget.NONE, OffloadTarget.NONE, OffloadTarget.NONE);

    public Offload {
        Objects.requireNonNull(optimizer, "optimizer");
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(activations, "activations");
    }

    /** The optimizer's state alone. */
    public static Offload optimizer(OffloadTarget target) {
        return new Offload(target, OffloadTarget.NONE, OffloadTarget.NONE);
    }

    public Offload withParameters(OffloadTarget target) {
        return new Offload(optimizer, target, activations);
    }

    public boolean movesOptimizer() {
        return optimizer != OffloadTarget.NONE;
    }

    public boolean movesParameters() {
        return parameters != OffloadTarget.NONE;
    }

    public boolean movesActivations() {
        return activations != OffloadTarget.NONE;
    }

    /** The key of a plan that moves something, the first of them. */
    public String key() {
        return movesOptimizer()
                ? "offload-optimizer"
                : movesParameters() ? "offload-parameters" : "offload-activations";
    }

    /** Whether any state lies on the target. */
    public boolean uses(OffloadTarget target) {
        return optimizer == target || parameters == target || activations == target;
    }

    /** The stages that DeepSpeed offers each for (docs/_pages/config-json.md, "Optimizer offloading", "Parameter offloading"). */
    void require(int zeroStage) {
        int optimizerStage = optimizer == OffloadTarget.NVME ? 3 : 1;
        if (movesOptimizer() && zeroStage < optimizerStage) {
            throw needs("offload-optimizer", optimizer, optimizerStage == 3 ? "zero: 3" : "zero 1, 2 or 3");
        }
        if (movesParameters() && zeroStage < 3) {
            throw needs("offload-parameters", parameters, "zero: 3");
        }
    }

    private static PlanException needs(String key, OffloadTarget target, String what) {
        return new PlanException(key, key + ": " + target.name().toLowerCase(Locale.ROOT) + " needs " + what);
    }
}
