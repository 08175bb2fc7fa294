package trainyard.scheduler.peer.gavel;

import static trainyard.scheduler.hetero.MinTotalDuration.Choice.SELF_DUAL_CENTRE;

import java.util.Optional;
import trainyard.scheduler.hetero.EqualShares;
import trainyard.scheduler.hetero.FinishTimeFairShares;
import trainyard.scheduler.hetero.MaxMinFairness;
import trainyard.scheduler.hetero.MaxSumThroughput;
import trainyard.scheduler.hetero.MinTotalDuration;

/** Its policies by the names of its command line. */
final class GavelPolicies {

    private GavelPolicies() {}

    /**
     * A policy.
     *
     * @param fastest the type whose speeds stand for all types in policies that do not look at them
     */
    static Optional<UnitPolicy> named(String name, int seed, int fastest) {
        return Optional.ofNullable(
                switch (name) {
                    case "fifo" -> new GavelFifo(false, seed);
                    case "fifo_perf" -> new GavelFifo(true, seed);
                    case "gandiva" -> new GavelGandiva(seed);
                    case "allox" -> new GavelAllox();
                    case "gandiva_fair" -> new PlainShares(new GavelFairParts(), false, -1);
                    case "isolated" -> new PlainShares(new EqualShares(), false, -1);
                    case "max_min_fairness" -> new PlainShares(new MaxMinFairness(false), false, -1);
                    case "max_min_fairness_perf" -> new PlainShares(new MaxMinFairness(true), true, -1);
                    case "finish_time_fairness" -> new PlainShares(new FinishTimeFairShares(), false, fastest);
                    case "finish_time_fairness_perf" -> new PlainShares(new FinishTimeFairShares(), true, -1);
                    case "min_total_duration" ->
                        new PlainShares(new MinTotalDuration(SELF_DUAL_CENTRE), false, fastest);
                    case "min_total_duration_perf" -> new PlainShares(new MinTotalDuration(SELF_DUAL_CENTRE), true, -1);
                    case "max_sum_throughput_perf" -> new PlainShares(new MaxSumThroughput(), true, -1);
                    default -> null;
                });
    }
}
