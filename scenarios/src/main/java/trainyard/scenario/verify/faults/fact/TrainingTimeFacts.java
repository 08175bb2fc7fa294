package trainyard.scenario.verify.faults.fact;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.faults.analytic.EffectiveTrainingTimeRatio;
import trainyard.faults.analytic.JobMttf;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.fact.Fact;
import trainyard.scenario.verify.fact.FactModel;

/**
 * Published shares of productive time: Meta's expected ratio by its own form, within 0.02, and the shares of FT-HSDP, simulated
 * and counted by its own convention, within one point.
 */
final class TrainingTimeFacts implements FactModel {

    static final int GPUS_PER_NODE = 8;

    private static final double RATIO_TOLERANCE = 0.02;
    private static final double POINTS = 1;
    private static final int BOUND_GPUS = 100_000;
    private static final String ABOUT = "no: its restart time is printed as 'about'";
    private static final double SECONDS_PER_MINUTE = 60;

    /** Failures per node-day of RSC-1: Kokolis et al. 2024, arXiv 2410.21680. */
    private static final double RSC_1 = 6.5e-3;

    /** Minutes between failures of 100,000 GPUs: FT-HSDP, arXiv 2602.00277. */
    private static final double HSDP_MTBF_MINUTES = 18;

    private static final double HSDP_GPUS = 98_304;
    /** Assumed: the size of half of a Llama 3 job. */
    private static final double HSDP_REPLICA_GPUS = 8_192;
    /** A replica is away for as long as a synchronous job would be. */
    private static final double HSDP_ABSENCE_MINUTES = 10;

    private static final Pattern NUMBER = Pattern.compile("([0-9.]+(?:e-?[0-9]+)?)\\s*(min|s|h)?.*");
    private static final Pattern MTBF = Pattern.compile("MTBF ([0-9.]+) min");
    private static final Pattern RECOVERY = Pattern.compile("recovery ([0-9.]+) min");

    private final long seed;

    TrainingTimeFacts(long seed) {
        this.seed = seed;
    }

    @Override
    public Optional<RowScore> score(Fact fact) {
        return switch (fact.metric()) {
            case "E[ETTR]" -> Optional.of(expected(fact));
            case "measured ETTR lower bound" -> Optional.of(measured(fact));
            case "effective_training_time" -> fact.subject().contains("HSDP") ? hsdp(fact) : Optional.empty();
            case "effective training time lower bound" ->
                fact.subject().startsWith("Llama3") ? Optional.of(llama(fact)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static RowScore expected(Fact fact) {
        double predicted = ratio(fact, number(fact, "rf"));
        double error = predicted - fact.value();
        // The rows of 100,000 GPUs say which interval suffices for a ratio: at least that much is right.
        return number(fact, "gpus") >= BOUND_GPUS
                ? fact.scored(predicted, approximate(fact, "u0").isPresent() ? ABOUT : Fact.GATED)
                        .judged(error >= -RATIO_TOLERANCE, "at least the value, less 0.02")
                : fact.scored(predicted, Fact.GATED).judged(Math.abs(error) <= RATIO_TOLERANCE, "within 0.02");
    }

    /** The bound is stated for runs of up to so many GPUs: the largest has the least ratio. */
    private static RowScore measured(Fact fact) {
        double predicted = ratio(fact, RSC_1);
        return fact.scored(predicted, Fact.GATED)
                .judged(predicted >= fact.value() - RATIO_TOLERANCE, "at least the bound, less 0.02");
    }

    private static double ratio(Fact fact, double failuresPerNodeDay) {
        int nodes = (int) Math.round(number(fact, "gpus") / GPUS_PER_NODE);
        return new EffectiveTrainingTimeRatio(
                        new JobMttf(nodes, failuresPerNodeDay).failuresPerSecond(),
                        seconds(fact, "u0"),
                        seconds(fact, "dt_cp"),
                        fact.parameters().text("queue").isPresent() ? seconds(fact, "queue") : 0,
                        0)
                .firstOrder();
    }

    private static double seconds(Fact fact, String key) {
        Matcher matcher = matched(fact, key);
        double value = Double.parseDouble(matcher.group(1));
        String unit = matcher.group(2) == null ? "min" : matcher.group(2);
        return switch (unit) {
            case "s" -> value;
            case "h" -> SECONDS_PER_MINUTE * SECONDS_PER_MINUTE * value;
            default -> SECONDS_PER_MINUTE * value;
        };
    }

    /** The number that a parameter begins with, the larger one of a range. */
    static double number(Fact fact, String key) {
        return Double.parseDouble(matched(fact, key).group(1));
    }

    private static Matcher matched(Fact fact, String key) {
        String text = fact.parameters()
                .text(key)
                .or(() -> approximate(fact, key))
                .orElseThrow(() -> RowSkipped.missing("parameter " + key));
        boolean range = text.matches("[0-9]+-[0-9]+");
        Matcher matcher = NUMBER.matcher(range ? text.substring(text.indexOf('-') + 1) : text);
        if (!matcher.matches()) {
            throw RowSkipped.unknown(RowParameters.COLUMN, key + ": expected a number, got \"" + text + "\"");
        }
        return matcher;
    }

    /** A source that gives a value as "about" has {@code key~value}. */
    private static Optional<String> approximate(Fact fact, String key) {
        Matcher matcher =
                Pattern.compile("(?:^|;)" + Pattern.quote(key) + "~([^;]+)").matcher(fact.remarks());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** "Higher than 90 %" is a bound and no figure. */
    private RowScore llama(Fact fact) {
        LlamaRun run = new LlamaRun((int) number(fact, "gpus"), number(fact, "days"));
        double predicted = 100 * run.effectiveShare(seed);
        return fact.scored(predicted, Fact.GATED)
                .judged(
                        predicted >= fact.value(),
                        "at least the bound, by a simulated life; times of a restart assumed");
    }

    private Optional<RowScore> hsdp(Fact fact) {
        Matcher recovery = RECOVERY.matcher(fact.remarks());
        if (!recovery.find()) {
            throw RowSkipped.missing("minutes of a recovery");
        }
        Matcher mtbf = MTBF.matcher(fact.remarks());
        boolean stated = mtbf.find();
        double between = stated ? Double.parseDouble(mtbf.group(1)) : HSDP_MTBF_MINUTES;
        boolean quorum = !fact.remarks().contains("sync");
        double stall = Double.parseDouble(recovery.group(1));
        StalledRun run = new StalledRun(
                (int) Math.round(HSDP_GPUS / HSDP_REPLICA_GPUS),
                quorum,
                between * SECONDS_PER_MINUTE,
                stall * SECONDS_PER_MINUTE,
                Math.max(stall, HSDP_ABSENCE_MINUTES) * SECONDS_PER_MINUTE);
        double predicted = 100 * run.effectiveShare(seed);
        String assumed = quorum ? "; replicas of 8,192 GPUs assumed" : "";
        return Optional.of(fact.scored(predicted, Fact.GATED)
                .judged(
                        Math.abs(predicted - fact.value()) <= POINTS,
                        "(MTBF - MTTR) / MTBF of a simulated life, within one point" + assumed));
    }
}
