package trainyard.scheduler.policy.share;

import java.util.function.Supplier;
import trainyard.scheduler.hetero.EqualShares;
import trainyard.scheduler.hetero.FinishTimeFairShares;
import trainyard.scheduler.hetero.MaxMinFairness;
import trainyard.scheduler.hetero.MaxSumThroughput;
import trainyard.scheduler.hetero.MinTotalDuration;
import trainyard.scheduler.hetero.SharePolicy;

/** What shares are chosen for. */
public enum ShareKind {
    /** The least speed over what is fair. */
    MAX_MIN_FAIRNESS(
            "max-min-fairness",
            "the slowest job, over its speed at equal shares, as fast as can be",
            () -> new MaxMinFairness(true)),
    /** The same blind to speeds. */
    MAX_MIN_FAIRNESS_AGNOSTIC(
            "max-min-fairness-agnostic", "the same as if all types were as fast", () -> new MaxMinFairness(false)),
    /** Finish-time fairness. */
    FINISH_TIME_FAIRNESS(
            "finish-time-fairness",
            "the worst time over that at equal shares as short as can be",
            FinishTimeFairShares::new),
    /** The makespan. */
    MIN_TOTAL_DURATION("min-total-duration", "all jobs that are there done as soon as can be", MinTotalDuration::new),
    /** The sum of speeds. */
    MAX_SUM_THROUGHPUT("max-sum-throughput", "the sum of all speeds as large as can be", MaxSumThroughput::new),
    /** Equal parts. */
    EQUAL("equal-shares", "the same part of each type for all", EqualShares::new);

    private final String word;
    private final String sentence;
    private final Supplier<SharePolicy> maker;

    ShareKind(String word, String sentence, Supplier<SharePolicy> maker) {
        this.word = word;
        this.sentence = sentence;
        this.maker = maker;
    }

    /** The name in scenarios. */
    public String word() {
        return word;
    }

    /** What it does, for references. */
    public String sentence() {
        return sentence;
    }

    /** Whether it chooses shares for pairs of jobs, too, as in Gavel. */
    public boolean packs() {
        return this == MAX_MIN_FAIRNESS || this == FINISH_TIME_FAIRNESS || this == MIN_TOTAL_DURATION;
    }

    /** A new one for one run. */
    SharePolicy make() {
        return maker.get();
    }
}
