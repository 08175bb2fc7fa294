package trainyard.parallel.step.replay;

import trainyard.parallel.step.price.PassCost;

/**
 * By how much the kernels of each micro-batch take longer on the ranks of each stage that work in lockstep.
 *
 * @param most on the rank that takes longest, by stage and micro-batch; empty without jitter
 * @param mean on the mean rank
 */
public record JitterDraws(double[][] most, double[][] mean) {

    /** No jitter. */
    public static final JitterDraws NONE = new JitterDraws(new double[0][], new double[0][]);

    PassCost apply(PassCost pass, int stage, int microBatch) {
        return most.length == 0 ? pass : pass.jittered(most[stage][microBatch], mean[stage][microBatch]);
    }
}
