package trainyard.training.network;

/**
 * Cross entropy of softmax, in nats. The exponential is {@link StrictMath}'s, so the last bit is the same on every machine. Not a
 * number in, not a number out.
 */
final class SoftmaxLoss {
    private SoftmaxLoss() {}

    /** Turns logits into probabilities and returns {@code -ln p} of the label. */
    static double probabilities(double[] logits, int label) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            greatest = Math.max(greatest, logit);
        }
        double own = logits[label] - greatest;
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            logits[i] = StrictMath.exp(logits[i] - greatest);
            sum += logits[i];
        }
        double scale = 1 / sum;
        for (int i = 0; i < logits.length; i++) {
            logits[i] *= scale;
        }
        return StrictMath.log(sum) - own;
    }

    /** The class of the greatest logit, the first of equal ones; -1 where none is a number. */
    static int greatest(double[] logits) {
        int best = -1;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < logits.length; i++) {
            if (logits[i] > greatest) {
                greatest = logits[i];
                best = i;
            }
        }
        return best;
    }
}
