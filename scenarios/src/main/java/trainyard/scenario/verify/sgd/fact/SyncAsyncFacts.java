package trainyard.scenario.verify.sgd.fact;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.fact.Fact;
import trainyard.scenario.verify.fact.FactModel;
import trainyard.sim.random.ShiftedExponential;
import trainyard.training.analytic.OrderStatistics;
import trainyard.training.analytic.ParameterServerTime;

/**
 * Times of TensorFlow (M. Abadi et al., OSDI 2016, figure 8) and of J. Chen et al. 2016 (arXiv 1604.00981), each by a law that two
 * figures of the same source fix; the others are predicted.
 */
final class SyncAsyncFacts implements FactModel {

    private static final String GATE = "no: two figures of the same source fix the law";

    private static final String FIXES = "one of two figures that fix the law of the others";

    private static final int NEEDED = 50;
    private static final double STEP_SECONDS = 2.5;
    private static final int BACKUPS = 4;
    private static final double REDUCTION = 0.23;
    private static final Pattern BACKUP = Pattern.compile("\\bb=(\\d)\\b");

    private static final double SMALL_BYTES = 1e8;
    private static final double SMALL_SECONDS = 0.147;
    private static final double LARGE_BYTES = 1e9;
    private static final double LARGE_SECONDS = 1.01;
    private static final int SERVERS = 16;
    private static final Map<String, Double> DENSE = Map.of("Dense 100 MB", SMALL_BYTES, "Dense 1 GB", LARGE_BYTES);

    private static final int CHEN_WORKERS = 100;
    private static final double ALL_UNDER_TWO_SECONDS = 0.30;

    @Override
    public Optional<RowScore> score(Fact fact) {
        return switch (fact.subject()) {
            case "tf_backup" -> Optional.of(backup(fact));
            case "tf_null_step" -> Optional.of(nullStep(fact));
            case "chen_straggler" -> Optional.of(straggler(fact));
            default -> Optional.empty();
        };
    }

    /** A shifted exponential of the time of a step with no and with four backup workers. */
    private static ShiftedExponential worker() {
        ShiftedExponential unit = new ShiftedExponential(0, 1);
        double spread =
                OrderStatistics.mean(unit, NEEDED, NEEDED) - OrderStatistics.mean(unit, NEEDED, NEEDED + BACKUPS);
        double excess = REDUCTION * STEP_SECONDS / spread;
        return new ShiftedExponential(STEP_SECONDS - excess * OrderStatistics.mean(unit, NEEDED, NEEDED), excess);
    }

    private static RowScore backup(Fact fact) {
        Matcher matcher = BACKUP.matcher(fact.row().text("setting"));
        if (!matcher.find()) {
            throw RowSkipped.missing("number of backup workers");
        }
        int backups = Integer.parseInt(matcher.group(1));
        if (backups == 0 || backups == BACKUPS) {
            throw RowSkipped.input(FIXES);
        }
        if (fact.metric().contains("normalized")) {
            throw RowSkipped.input("does not fit the same source: 23 % with four backups would be 20 % in these terms");
        }
        double seconds = OrderStatistics.mean(worker(), NEEDED, NEEDED + backups);
        return fact.scored(fact.unit().equals("%") ? 100 * (1 - seconds / STEP_SECONDS) : seconds, GATE);
    }

    /** A fixed time, and bytes over the links of one worker or of all servers, whichever take longer. */
    private static RowScore nullStep(Fact fact) {
        String model = fact.parameters().required("model");
        Double bytes = DENSE.get(model);
        if (bytes == null) {
            throw RowSkipped.notBuilt("null steps with the model " + model);
        }
        int workers = fact.parameters().whole("workers");
        if (workers == 1) {
            throw RowSkipped.input(FIXES);
        }
        double rate = (LARGE_BYTES - SMALL_BYTES) / (LARGE_SECONDS - SMALL_SECONDS);
        double fixed = SMALL_SECONDS - SMALL_BYTES / rate;
        double servers = new ParameterServerTime(workers, SERVERS, bytes, rate, 0).pushSeconds();
        return fact.scored(fixed + Math.max(bytes / rate, servers), GATE);
    }

    /** With independent workers: the share of steps whose 98th of 100 is there, where the last is in three of ten. */
    private static RowScore straggler(Fact fact) {
        if (!fact.metric().startsWith("98th")) {
            throw RowSkipped.input(FIXES);
        }
        double one = Math.pow(ALL_UNDER_TWO_SECONDS, 1.0 / CHEN_WORKERS);
        double ratio = (1 - one) / one;
        double lateOne = CHEN_WORKERS * ratio;
        double lateTwo = lateOne * (CHEN_WORKERS - 1) / 2 * ratio;
        return fact.scored(100 * ALL_UNDER_TWO_SECONDS * (1 + lateOne + lateTwo), fact.gateOr(GATE));
    }
}
