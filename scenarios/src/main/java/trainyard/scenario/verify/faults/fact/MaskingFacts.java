package trainyard.scenario.verify.faults.fact;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.fact.Fact;
import trainyard.scenario.verify.fact.FactModel;

/**
 * Time to train and availability of SPARe and of plain replication, simulated: within 4 % from what a row states. What rows do
 * not state is taken from third-party notes on section 5 of the paper (arXiv 2603.00357), which are not checked against its
 * text: 64 s of computation for a shard, an exchange of 2 s for 200 groups and 10 s for 1,000, the checkpoint interval of
 * best availability.
 */
final class MaskingFacts implements FactModel {

    private static final double TOLERANCE = 0.04;
    private static final double SHARD_SECONDS = 64;
    private static final double EXCHANGE_SECONDS_PER_GROUP = 0.01;
    private static final int GROUPS = 200;
    private static final double SECONDS_PER_MINUTE = 60;
    private static final double SHAPE = 0.78;
    private static final double MTBF_SECONDS = 5 * SECONDS_PER_MINUTE;
    private static final double RESTART_SECONDS = 60 * SECONDS_PER_MINUTE;
    private static final double SAVE_SECONDS = 60;
    private static final long STEPS = 10_000;

    private static final String FROM_NOTES =
            "no: what the paper's simulator does about a lost group is known from notes only";

    /** Best for replication in the paper. */
    private static final int REPLICATION = 3;

    private static final Pattern QUANTITY = Pattern.compile("([0-9.]+)\\s*(min|s|h)?(?:\\s.*)?");
    private static final Pattern WEIBULL = Pattern.compile("Weibull k=([0-9.]+)");
    private static final Pattern STEPS_TEXT = Pattern.compile("([0-9]+) steps");

    private final long seed;
    private final Map<MaskedRun, MaskedRun.Outcome> known = new ConcurrentHashMap<>();

    MaskingFacts(long seed) {
        this.seed = seed;
    }

    @Override
    public Optional<RowScore> score(Fact fact) {
        boolean time = fact.metric().equals("TTT/T0");
        if (!fact.subject().startsWith("SPARe") || !time && !fact.metric().equals("availability")) {
            return Optional.empty();
        }
        MaskedRun.Outcome outcome = known.computeIfAbsent(run(fact), run -> run.mean(seed));
        double percent = fact.unit().equals("%") ? 100 : 1;
        return Optional.of(
                fact.within(time ? outcome.timeRatio() : percent * outcome.availability(), TOLERANCE, gate(fact)));
    }

    /** The target is set for a rerun by others. */
    private static String gate(Fact fact) {
        return fact.row().text("source").contains("rerun") ? Fact.GATED : FROM_NOTES;
    }

    private static MaskedRun run(Fact fact) {
        RowParameters row = fact.parameters();
        boolean replicated = fact.subject().contains("Rep");
        int groups = row.text("N").map(text -> (int) number(text)).orElse(GROUPS);
        int redundancy = row.text("r")
                .map(text -> (int) number(text))
                .or(() -> replicated ? Optional.of(REPLICATION) : Optional.empty())
                .orElseThrow(() -> RowSkipped.missing("parameter r"));
        return new MaskedRun(
                groups,
                redundancy,
                replicated,
                row.text("MTBF").map(MaskingFacts::seconds).orElse(MTBF_SECONDS),
                found(WEIBULL, fact.remarks()).orElse(SHAPE),
                row.text("Ts").map(MaskingFacts::seconds).orElse(SAVE_SECONDS),
                row.text("Tr").map(MaskingFacts::seconds).orElse(RESTART_SECONDS),
                SHARD_SECONDS,
                EXCHANGE_SECONDS_PER_GROUP * groups,
                found(STEPS_TEXT, fact.remarks()).map(Double::longValue).orElse(STEPS),
                row.text("ckpt").map(text -> (int) number(text)).orElse(0));
    }

    private static Optional<Double> found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(Double.parseDouble(matcher.group(1))) : Optional.empty();
    }

    private static double number(String text) {
        return Double.parseDouble(matched(text).group(1));
    }

    private static double seconds(String text) {
        Matcher matcher = matched(text);
        double value = Double.parseDouble(matcher.group(1));
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        return switch (unit) {
            case "min" -> SECONDS_PER_MINUTE * value;
            case "h" -> SECONDS_PER_MINUTE * SECONDS_PER_MINUTE * value;
            default -> value;
        };
    }

    private static Matcher matched(String text) {
        Matcher matcher = QUANTITY.matcher(text);
        if (!matcher.matches()) {
            throw RowSkipped.unknown(RowParameters.COLUMN, "expected a number, got \"" + text + "\"");
        }
        return matcher;
    }
}
