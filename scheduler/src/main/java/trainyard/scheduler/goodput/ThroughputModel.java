package trainyard.scheduler.goodput;

/**
 * Seconds of a training step in data parallel (Qiao et al., Pollux, OSDI 2021, section 3.2). On {@code K} GPUs of {@code N} nodes, with
 * {@code m} samples in each pass of a GPU and {@code s} passes before the one whose gradients are exchanged,
 *
 * <pre>
 * grad = alphaGrad + betaGrad m
 * sync = 0                             on one GPU
 *        alphaLocal + betaLocal (K - 2)  on one node
 *        alphaNode + betaNode (K - 2)    on several
 * step = s grad + (grad^gamma + sync^gamma)^(1 / gamma)
 * </pre>
 *
 * @param alphaGrad seconds of a pass over no sample, 0 or more
 * @param betaGrad seconds that each sample of a pass adds, above 0
 * @param alphaLocal seconds of an exchange between two GPUs of one node, 0 or more
 * @param betaLocal seconds that each further GPU adds there, 0 or more
 * @param alphaNode seconds of an exchange between two GPUs of two nodes, 0 or more
 * @param betaNode seconds that each further GPU adds there, 0 or more
 * @param gamma 1 where passes and exchanges follow each other; the larger, the more they overlap
 */
public record ThroughputModel(
        double alphaGrad,
        double betaGrad,
        double alphaLocal,
        double betaLocal,
        double alphaNode,
        double betaNode,
        double gamma) {

    public ThroughputModel {
        if (!(alphaGrad >= 0 && alphaLocal >= 0 && betaLocal >= 0 && alphaNode >= 0 && betaNode >= 0)
                || !(betaGrad > 0)) {
            throw new IllegalArgumentException("times of a step are 0 or more, and a sample takes some");
        }
        if (!(gamma >= 1)) {
            throw new IllegalArgumentException("gamma is at least 1, got " + gamma);
        }
    }

    /** Seconds of a pass over some samples. */
    public double passSeconds(int samples) {
        return alphaGrad + betaGrad * samples;
    }

    /** Seconds of an exchange that nothing hides. */
    public double syncSeconds(int gpus, int nodes) {
        if (gpus == 1) {
            return 0;
        }
        return nodes == 1 ? alphaLocal + betaLocal * (gpus - 2) : alphaNode + betaNode * (gpus - 2);
    }

    /** Seconds of a step with so many passes of each GPU, at least 1, and an exchange. */
    public double stepSeconds(int gpus, int nodes, BatchSplit split) {
        double pass = passSeconds(split.samples());
        return (split.passes() - 1) * pass + norm(pass, syncSeconds(gpus, nodes));
    }

    private double norm(double pass, double sync) {
        double large = Math.max(pass, sync);
        // Scaled, so that no power underflows.
        return large * Math.pow(1 + Math.pow(Math.min(pass, sync) / large, gamma), 1 / gamma);
    }
}
