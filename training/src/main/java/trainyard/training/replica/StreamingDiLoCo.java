package trainyard.training.replica;

import trainyard.training.clock.WorkerListener;
import trainyard.training.optimizer.Optimizer;
import trainyard.training.optimizer.Sgd;
import trainyard.training.rule.TrainingContext;
import trainyard.training.rule.UpdateRule;

/**
 * Streaming DiLoCo (Douillard et al. 2025, arXiv 2501.18512): the layers are dealt to fragments in turn, and fragment p of F is
 * averaged every H local steps, p H / F steps behind the first. Workers go on while it is on the wire and take it over tau steps
 * later, or when it is there if that is later: {@code w_i = alpha w_i + (1 - alpha) w}. With one fragment, tau and alpha of 0 and
 * 32 bits it is {@link DiLoCo}. The shared parameters are shown.
 *
 * @param outer H, outer rate and outer momentum, as of DiLoCo
 * @param fragments F, from 1 to the number of layers, and no more than H
 * @param overlap tau, local steps, from 0 to less than H
 * @param mixing alpha, in [0, 1); the paper has 0.5 where there is overlap
 * @param bits of an outer gradient's value
 */
public record StreamingDiLoCo(DiLoCo outer, int fragments, int overlap, double mixing, OuterBits bits)
        implements UpdateRule {

    public StreamingDiLoCo {
        if (fragments < 1 || fragments > outer.steps()) {
            throw new IllegalArgumentException(
                    "fragments (" + fragments + ") must be from 1 to the " + outer.steps() + " steps of a round");
        }
        if (overlap < 0 || overlap >= outer.steps()) {
            throw new IllegalArgumentException("overlap (" + overlap + ") must be 0 or more and less than the "
                    + outer.steps() + " steps of a round");
        }
        if (!(mixing >= 0 && mixing < 1)) {
            throw new IllegalArgumentException("mixing (" + mixing + ") must be in [0, 1)");
        }
    }

    @Override
    public String name() {
        return "streaming-diloco";
    }

    @Override
    public WorkerListener play(TrainingContext context) {
        return new StreamingRounds(context, this);
    }

    @Override
    public boolean needsServer() {
        return false;
    }

    @Override
    public boolean compresses() {
        return false;
    }

    @Override
    public Optimizer sharedOptimizer(Optimizer optimizer) {
        return Sgd.PLAIN;
    }
}
