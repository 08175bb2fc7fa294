package trainyard.scenario.verify.sgd.fact;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.fact.Fact;
import trainyard.scenario.verify.fact.FactModel;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.random.ShiftedExponential;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.problem.NoisyQuadratic;
import trainyard.training.problem.NoisyQuadratic.Bowl;
import trainyard.training.rule.Asynchronous;
import trainyard.training.rule.Recipe;
import trainyard.training.run.Limits;
import trainyard.training.run.TrainingDesign;
import trainyard.training.run.TrainingRun;
import trainyard.training.run.WorkerGroup;

/**
 * Staleness of workers of one machine, from logs of X. Wu et al. 2022 (Delay-adaptive step-sizes, ICML; github.com/xuyangwu/Delay-data),
 * by one law of compute times for each of the two algorithms: a shifted exponential, of which only the coefficient of variation
 * matters.
 *
 * <p>Asynchronous block-coordinate descent (async_bcd) runs in the engine of scenarios under the rule {@code async}. The mean follows
 * from counting, for any law. The coefficient of variation is that which gives the 99th percentile in the middle of the logs, 12; the
 * variance is then predicted. Logs of the algorithm differ from each other threefold in variance, so a single log is shown and their
 * mean is held.
 *
 * <p>The aggregated gradients (piag) go through a master, {@link AggregatedDelays}. While it steps, further gradients come and
 * share the next iteration, which makes delays shorter the longer a step takes. That is a fixed time and one for each parameter of the
 * data set, both as shares of the mean compute time and, with the coefficient of variation, calibrated on the rows of mean delays.
 */
final class MeasuredStaleness implements FactModel {

    static final double BLOCK_VARIATION = 0.16;
    static final double AGGREGATED_VARIATION = 0.30;
    static final double MASTER_SHARE = 0.077;
    static final double MASTER_SHARE_PER_PARAMETER = 6.0e-6;

    private static final String VARIANCE = "async_bcd variance of delay";
    private static final double MEAN_TOLERANCE_PERCENT = 1;
    private static final double VARIANCE_TOLERANCE_PERCENT = 30;
    private static final double AGGREGATED_TOLERANCE_PERCENT = 10;
    private static final long UPDATES = 200_000;
    private static final double NEXT_TO_NOTHING = 1e-9;
    private static final Pattern WORKERS = Pattern.compile("(\\d{1,4}) workers");
    private static final String CALIBRATED = "no: calibrated on means of the same logs";

    private final long seed;
    private final ConcurrentMap<Integer, Staleness> played = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, AggregatedDelays> aggregated = new ConcurrentHashMap<>();

    MeasuredStaleness(long seed) {
        this.seed = seed;
    }

    /** What the engine has counted. */
    record Staleness(double mean, double variance, double p99) {

        static Staleness of(NavigableMap<Long, Long> counts) {
            double gradients =
                    counts.values().stream().mapToLong(Long::longValue).sum();
            double mean = 0;
            double square = 0;
            double below = 0;
            double p99 = 0;
            for (var entry : counts.entrySet()) {
                double share = entry.getValue() / gradients;
                mean += entry.getKey() * share;
                square += entry.getKey() * entry.getKey() * share;
                below += share;
                p99 = below - share < 0.99 ? entry.getKey() : p99;
            }
            return new Staleness(mean, square - mean * mean, p99);
        }
    }

    @Override
    public Optional<RowScore> score(Fact fact) {
        return switch (fact.subject()) {
            case "async_bcd" -> Optional.of(block(fact));
            case "piag" -> Optional.of(aggregated(fact));
            default -> Optional.empty();
        };
    }

    private RowScore block(Fact fact) {
        Staleness staleness = played.computeIfAbsent(workers(fact), this::play);
        return switch (fact.metric()) {
            case "mean delay" -> held(fact, staleness.mean(), MEAN_TOLERANCE_PERCENT, Fact.GATED);
            case "variance of delay" ->
                held(
                                fact,
                                staleness.variance(),
                                VARIANCE_TOLERANCE_PERCENT,
                                "no: one law for logs that differ threefold; their mean is held")
                        .inBand(VARIANCE);
            case "p99 delay" -> fact.scored(staleness.p99(), "no: the law was calibrated on these");
            default -> throw RowSkipped.missing("length of the log, on which " + fact.metric() + " depends");
        };
    }

    private Staleness play(int workers) {
        TrainingDesign design = new TrainingDesign(
                new Asynchronous(),
                WorkerGroup.of(workers, ComputeLaw.of(law(BLOCK_VARIATION))),
                Recipe.plain(1, NEXT_TO_NOTHING),
                Limits.ofUpdates(UPDATES),
                UPDATES);
        NoisyQuadratic problem =
                new NoisyQuadratic(List.of(Bowl.of(1)), 0, new double[] {1}, new RandomStreams(seed, 1));
        return Staleness.of(TrainingRun.play(design, problem, new RandomStreams(seed, 0))
                .ledger()
                .staleness());
    }

    private RowScore aggregated(Fact fact) {
        int parameters = parameters(fact.parameters().required("log"));
        AggregatedDelays delays = aggregated.computeIfAbsent(
                workers(fact) + "/" + parameters,
                key -> AggregatedDelays.play(
                        workers(fact),
                        law(AGGREGATED_VARIATION),
                        MASTER_SHARE + MASTER_SHARE_PER_PARAMETER * parameters,
                        new RandomStreams(seed, 0)));
        return switch (fact.metric()) {
            case "mean delay over workers and iterations" ->
                held(fact, delays.mean(), AGGREGATED_TOLERANCE_PERCENT, CALIBRATED);
            case "mean of max_i delay" -> held(fact, delays.meanOfLargest(), AGGREGATED_TOLERANCE_PERCENT, CALIBRATED);
            case "p99 of max_i delay" -> fact.scored(delays.p99OfLargest(), CALIBRATED);
            default -> throw RowSkipped.missing("length of the log, on which " + fact.metric() + " depends");
        };
    }

    private static RowScore held(Fact fact, double predicted, double percent, String gate) {
        RowScore score = fact.scored(predicted, gate);
        return score.judged(
                Math.abs(score.errorPercent().orElse(0)) <= percent, "held to " + Math.round(percent) + " %");
    }

    /** Time in units of its mean. */
    private static Distribution law(double variation) {
        return new ShiftedExponential(1 - variation, variation);
    }

    private static int workers(Fact fact) {
        Matcher matcher = WORKERS.matcher(fact.row().text("setting"));
        if (!matcher.find()) {
            throw RowSkipped.missing("number of workers");
        }
        return Integer.parseInt(matcher.group(1));
    }

    /** Features of the data set whose name a log ends with; one parameter each. */
    private static int parameters(String log) {
        return switch (log.substring(log.lastIndexOf('_') + 1)) {
            case "MNIST" -> 28 * 28;
            case "CIFAR100", "CIFAR10" -> 3 * 32 * 32;
            case "RCV1" -> 47_236;
            default -> throw RowSkipped.missing("number of parameters of the data set of " + log);
        };
    }

    /** Whether the law of async_bcd has the mean variance of the logs; nothing where no log was compared. */
    static Optional<RowScore> overall(List<RowScore> scores) {
        List<RowScore> logs = scores.stream()
                .filter(score -> score.compared() && score.band().equals(VARIANCE))
                .toList();
        if (logs.isEmpty()) {
            return Optional.empty();
        }
        double measured = logs.stream()
                .mapToDouble(log -> log.published().orElseThrow())
                .average()
                .orElseThrow();
        double predicted = logs.get(0).predicted().orElseThrow();
        return Optional.of(RowScore.overall(
                "async_bcd-variance",
                "mean variance of delay over logs, off by",
                100 * Math.abs(predicted / measured - 1),
                VARIANCE_TOLERANCE_PERCENT,
                "%"));
    }
}
