package trainyard.scenario.verify.sgd.simulation;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.verify.Replications;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.SimulatedMean;
import trainyard.scenario.verify.sgd.form.GradientTimeLaw;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Pareto;
import trainyard.sim.random.RandomStreams;
import trainyard.training.rule.Asynchronous;
import trainyard.training.rule.BackupWorkers;
import trainyard.training.rule.KAsync;
import trainyard.training.rule.KBatchAsync;
import trainyard.training.rule.KBatchSync;
import trainyard.training.rule.KSync;
import trainyard.training.rule.Synchronous;

/**
 * Seconds between two updates under the rules of Dutta et al. (arXiv 1803.01113). Those of K-sync are the K-th smallest of P times, so
 * that they stand for order statistics as well.
 */
final class IterationTimeSimulation implements GoldenSimulation {

    private static final Pattern FAMILY =
            Pattern.compile("e\\[t\\] (k-sync|k-batch-sync|k-async|k-batch-async|(?:sync with )?backup workers)\\b.*");
    private static final Pattern ORDER = Pattern.compile("(e|var)\\[x_\\(k:p\\)\\] (.*)");
    private static final String RATIO = "e[t_sync]/e[t_async]";

    /** Gradients of each worker until starts no longer matter. */
    private static final int WARM_UP = 20;

    private static final int LEAST_UPDATES = 50;

    /** Pairs of updates from which a variance is estimated. */
    private static final int MOST_PAIRS = 200_000;

    private final Replications replications;

    IterationTimeSimulation(long seed) {
        replications = new Replications(seed);
    }

    @Override
    public Optional<SimulatedMean> simulate(String quantity, RowParameters row) {
        Matcher family = FAMILY.matcher(quantity);
        if (family.matches()) {
            EngineRun run = run(family.group(1), row);
            return replications.ratio(streams -> perUpdate(run, streams));
        }
        Matcher order = ORDER.matcher(quantity);
        if (order.matches()) {
            return order(order, row);
        }
        return quantity.startsWith(RATIO) ? ratio(row) : Optional.empty();
    }

    /** Of Pareto times whose standard error is itself without one, and so says too little about a mean, nothing is simulated. */
    private Optional<SimulatedMean> order(Matcher order, RowParameters row) {
        Distribution law = GradientTimeLaw.of(order.group(2), row);
        int moments = order.group(1).equals("e") ? 4 : 8;
        if (law instanceof Pareto pareto && pareto.shape() * (row.whole("P") - row.whole("K") + 1) <= moments) {
            return Optional.empty();
        }
        EngineRun run = EngineRun.of(new KSync(row.whole("K")), row.whole("P"), law);
        return order.group(1).equals("e")
                ? replications.ratio(streams -> perUpdate(run, streams))
                : replications.mean(MOST_PAIRS, streams -> halfSquare(run.stretch(1, 1, streams)));
    }

    /** Of the difference of two updates' times, whose mean is the variance of one. */
    private static double halfSquare(EngineRun.Stretch stretch) {
        double difference = stretch.seconds() - stretch.before().seconds();
        return difference * difference / 2;
    }

    private static EngineRun run(String family, RowParameters row) {
        Distribution law = GradientTimeLaw.of(row);
        if (family.endsWith("backup workers")) {
            int backups = row.whole("b_backup");
            return EngineRun.of(new BackupWorkers(backups), row.whole("N_needed") + backups, law);
        }
        int workers = row.whole("P");
        int gradients = row.whole("K");
        return switch (family) {
            case "k-sync" -> EngineRun.of(new KSync(gradients), workers, law);
            case "k-batch-sync" -> EngineRun.of(new KBatchSync(gradients), workers, law);
            case "k-async" -> EngineRun.of(new KAsync(gradients), workers, law);
            case "k-batch-async" -> EngineRun.of(new KBatchAsync(gradients), workers, law);
            default -> throw RowSkipped.notBuilt("rule " + family);
        };
    }

    private static Replications.Observed perUpdate(EngineRun run, RandomStreams streams) {
        long warmUp = warmUp(run);
        EngineRun.Stretch stretch = run.stretch(warmUp, LEAST_UPDATES + 2 * warmUp, streams);
        return new Replications.Observed(stretch.seconds(), stretch.updates());
    }

    /** Where all start anew at each update there is nothing to warm up; one update each is the least that a run can have. */
    private static long warmUp(EngineRun run) {
        if (run.rule() instanceof KAsync rule) {
            return (long) WARM_UP * (run.workers() / rule.gradients() + 1);
        }
        if (run.rule() instanceof KBatchAsync rule) {
            return (long) WARM_UP * (run.workers() / rule.gradients() + 1);
        }
        return run.rule() instanceof Asynchronous ? (long) WARM_UP * run.workers() : 1;
    }

    private Optional<SimulatedMean> ratio(RowParameters row) {
        EngineRun sync =
                EngineRun.of(new Synchronous(Synchronous.Exchange.ALL_REDUCE), row.whole("P"), GradientTimeLaw.of(row));
        EngineRun async = EngineRun.of(new Asynchronous(), row.whole("P"), GradientTimeLaw.of(row));
        return replications.ratio(
                streams -> mean(perUpdate(sync, streams)), streams -> mean(perUpdate(async, streams)));
    }

    private static double mean(Replications.Observed observed) {
        return observed.value() / observed.over();
    }
}
