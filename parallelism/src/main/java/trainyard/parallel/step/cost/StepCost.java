package trainyard.parallel.step.cost;

import java.util.List;
import trainyard.parallel.memory.MemoryEstimate;

/**
 * What one training step costs.
 *
 * @param stepNanos duration of the step
 * @param stages where the time went, per pipeline stage; each sums to the step
 * @param memory peak memory per stage and the verdict
 * @param modelFlops FLOPs that the model needs for one step: three forward passes
 * @param hardwareFlops model FLOPs plus those of recomputed matrix products
 * @param gpus GPUs occupied
 * @param tokens tokens learned from
 * @param sequences sequences learned from
 * @param peakFlopsPerSecond dense peak rate of one GPU at the job's precision
 * @param reductionSeconds time that the reduction of gradients in buckets keeps the data stream of a GPU busy, hidden or
 *     not, mean over the stages; 0 where gradients are reduced within the passes
 * @param terms addends of the step time; they sum to it
 */
public record StepCost(
        long stepNanos,
        List<StageTime> stages,
        MemoryEstimate memory,
        double modelFlops,
        double hardwareFlops,
        int gpus,
        double tokens,
        double sequences,
        double peakFlopsPerSecond,
        double reductionSeconds,
        List<Term> terms) {

    public StepCost {
        stages = List.copyOf(stages);
        terms = List.copyOf(terms);
    }

    /** Duration of the step. */
    public double seconds() {
        return stepNanos / 1e9;
    }

    /** Tokens that the job trains on in a second. */
    public double tokensPerSecond() {
        return tokens / seconds();
    }

    /** Sequences that the job trains on in a second. */
    public double sequencesPerSecond() {
        return sequences / seconds();
    }

    /** Model FLOP/s of one GPU. */
    public double modelFlopsPerSecondPerGpu() {
        return modelFlops / seconds() / gpus;
    }

    /** Hardware FLOP/s of one GPU. */
    public double hardwareFlopsPerSecondPerGpu() {
        return hardwareFlops / seconds() / gpus;
    }

    /** Model FLOPs utilisation, in [0, 1] (Chowdhery et al. 2022, appendix B). */
    public double mfu() {
        return modelFlopsPerSecondPerGpu() / peakFlopsPerSecond;
    }

    /** Hardware FLOPs utilisation, in [0, 1]. */
    public double hfu() {
        return hardwareFlopsPerSecondPerGpu() / peakFlopsPerSecond;
    }

    /** Share of GPU time spent in a state, in [0, 1]. */
    public double share(TimeState state) {
        double total = 0;
        double in = 0;
        for (StageTime stage : stages) {
            total += (double) stage.gpus() * stage.totalNanos();
            in += (double) stage.gpus() * stage.nanos(state);
        }
        return total == 0 ? 0 : in / total;
    }
}
