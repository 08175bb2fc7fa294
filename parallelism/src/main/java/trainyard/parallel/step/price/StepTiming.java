package trainyard.parallel.step.price;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.schedule.Pass;
import trainyard.parallel.schedule.PassEstimates;

/**
 * Durations in seconds that the replay of one step needs.
 *
 * @param chunks costs of each chunk, indexed by stage, then chunk
 * @param messages between stages
 * @param messagesBlock whether sending holds up the sender's compute
 * @param reductionOverlaps whether gradient buckets are reduced beside the backward pass
 * @param optimizer parameter update of each stage
 * @param gather gathering the updated parameters of each stage (ZeRO-1); 0 where every rank updates all
 * @param tiedReduction summing the tied embedding's gradient over first and last stage; 0 where not tied
 * @param compression encoding and decoding each stage's gradients after its last pass; 0 where they travel whole
 * @param hostTransfer waiting in each stage's update for what lies on the host; 0 where nothing does
 */
public record StepTiming(
        List<List<ChunkTiming>> chunks,
        StageMessages messages,
        boolean messagesBlock,
        boolean reductionOverlaps,
        List<Double> optimizer,
        List<Double> gather,
        double tiedReduction,
        List<Double> compression,
        List<Double> hostTransfer) {

    private static final double SECONDS_PER_YEAR = 365.25 * 24 * 3600;

    /** The engine counts 292 years of nanoseconds; jitter may make a pass a few times as long as it is on the mean. */
    private static final double MOST_SECONDS = 10 * SECONDS_PER_YEAR;

    /** Nothing lies on the host and gradients travel whole. */
    public StepTiming(
            List<List<ChunkTiming>> chunks,
            StageMessages messages,
            boolean messagesBlock,
            boolean reductionOverlaps,
            List<Double> optimizer,
            List<Double> gather,
            double tiedReduction) {
        this(
                chunks,
                messages,
                messagesBlock,
                reductionOverlaps,
                optimizer,
                gather,
                tiedReduction,
                Collections.nCopies(chunks.size(), 0.0),
                Collections.nCopies(chunks.size(), 0.0));
    }

    /**
     * One model chunk of one stage.
     *
     * @param forward forward pass of one micro-batch
     * @param backward whole backward pass of one micro-batch
     * @param inputBackward the part of it that yields the gradient of the chunk's input, where it runs alone
     * @param weight the part of it that yields the gradients of the weights, where it runs alone
     * @param buckets reduction time of each gradient bucket, in the order in which they become ready
     * @param first what the first forward pass waits for weights beyond the others, which find them gathered
     * @param last what a backward pass that completes the gradients waits for their reduction beyond the others
     * @param lastWeight the same of a pass that yields gradients of the weights alone
     */
    public record ChunkTiming(
            PassCost forward,
            PassCost backward,
            PassCost inputBackward,
            PassCost weight,
            List<Double> buckets,
            PassCost first,
            PassCost last,
            PassCost lastWeight) {

        /** Passes that are alike for all micro-batches. */
        public ChunkTiming(
                PassCost forward, PassCost backward, PassCost inputBackward, PassCost weight, List<Double> buckets) {
            this(forward, backward, inputBackward, weight, buckets, PassCost.ZERO, PassCost.ZERO, PassCost.ZERO);
        }

        /** The chunk on ranks that wait for each other within each pass; see {@link PassCost#lockstep}. */
        public static ChunkTiming lockstep(List<ChunkTiming> ranks, List<Double> weights) {
            Function<Function<ChunkTiming, PassCost>, PassCost> slowest =
                    pass -> PassCost.lockstep(ranks.stream().map(pass).toList(), weights);
            PassCost forward = slowest.apply(ChunkTiming::forward);
            PassCost backward = slowest.apply(ChunkTiming::backward);
            PassCost weight = slowest.apply(ChunkTiming::weight);
            return new ChunkTiming(
                    forward,
                    backward,
                    slowest.apply(ChunkTiming::inputBackward),
                    weight,
                    ranks.get(0).buckets,
                    slowest.apply(chunk -> chunk.forward.plus(chunk.first)).minus(forward),
                    slowest.apply(chunk -> chunk.completing(Pass.Kind.BACKWARD)).minus(backward),
                    slowest.apply(chunk -> chunk.completing(Pass.Kind.WEIGHT)).minus(weight));
        }

        /** The same passes, their gradients reduced in other buckets. */
        public ChunkTiming reducedBy(List<Double> other) {
            return new ChunkTiming(forward, backward, inputBackward, weight, other, first, last, lastWeight);
        }

        /** Passes of a micro-batch, whichever way its backward pass is cut. */
        private double seconds() {
            double cut = inputBackward.seconds() + weight.seconds();
            return forward.seconds() + Math.max(backward.seconds(), cut);
        }

        /** A pass of a kind that completes the gradients of the chunk's weights. */
        public PassCost completing(Pass.Kind kind) {
            return of(kind).plus(beyond(kind));
        }

        /** What such a pass waits for the sums of its gradients beyond the others, after its result has left. */
        public PassCost beyond(Pass.Kind kind) {
            return kind == Pass.Kind.WEIGHT ? lastWeight : last;
        }

        /** A pass of a kind. */
        public PassCost of(Pass.Kind kind) {
            return switch (kind) {
                case FORWARD -> forward;
                case BACKWARD -> backward;
                case INPUT_BACKWARD -> inputBackward;
                case WEIGHT -> weight;
            };
        }
    }

    /** Means over all chunks, from which a schedule may be made. */
    public PassEstimates estimates(double keptForWeight) {
        return new PassEstimates(
                mean(ChunkTiming::forward),
                mean(ChunkTiming::inputBackward),
                mean(ChunkTiming::weight),
                messages.mean(stages()),
                keptForWeight);
    }

    private double mean(Function<ChunkTiming, PassCost> pass) {
        return chunks.stream()
                .flatMap(List::stream)
                .mapToDouble(chunk -> pass.apply(chunk).seconds())
                .average()
                .orElse(0);
    }

    /**
     * Bounds the step by all that any stage does, one after the other.
     *
     * @throws PlanException if the clock of the simulation may not reach so far
     */
    public void requireShort(int microBatches) {
        double passes = 2.0 * messages.most() * stages() * chunksPerStage();
        double once = tiedReduction;
        for (int stage = 0; stage < stages(); stage++) {
            once += optimizer.get(stage) + gather.get(stage) + compression.get(stage) + hostTransfer.get(stage);
            once += once(stage).seconds();
            for (ChunkTiming chunk : chunks.get(stage)) {
                once += chunk.buckets().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
                passes += chunk.seconds();
            }
        }
        double seconds = once + microBatches * passes;
        if (!(seconds < MOST_SECONDS)) {
            throw new PlanException(
                    "micro",
                    String.format(
                            Locale.ROOT,
                            "a step may take %.3g years, more than the %.0f that can be simulated; state rates and latencies"
                                    + " that give shorter passes and messages",
                            seconds / SECONDS_PER_YEAR,
                            MOST_SECONDS / SECONDS_PER_YEAR));
        }
    }

    /** Pipeline stages. */
    public int stages() {
        return chunks.size();
    }

    /** Chunks of layers that each stage holds. */
    public int chunksPerStage() {
        return chunks.get(0).size();
    }

    /** Seconds of reducing the gradients of a stage, hidden or not; mean over the stages. */
    public double reductionSeconds() {
        return chunks.stream()
                .mapToDouble(ofStage -> ofStage.stream()
                        .flatMap(chunk -> chunk.buckets().stream())
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .average()
                .orElse(0);
    }

    /** Waiting of a stage's first and last passes beyond the others' where backward passes are whole. */
    public PassCost once(int stage) {
        return PassCost.sum(chunks.get(stage).stream()
                .map(chunk -> chunk.first().plus(chunk.last()))
                .toList());
    }

    /**
     * Seconds per micro-batch that messages hold up a stage's compute; all but the last forward and the first backward
     * pass of all have a receiver.
     */
    public double blockedSeconds(int stage) {
        if (!messagesBlock || stages() == 1) {
            return 0;
        }
        int last = stages() - 1;
        int forward = chunksPerStage() - (stage == last ? 1 : 0);
        int backward = chunksPerStage() - (stage == 0 ? 1 : 0);
        return forward * messages.seconds(stage, stage == last ? 0 : stage + 1)
                + backward * messages.seconds(stage, stage == 0 ? last : stage - 1);
    }
}
