package trainyard.scenario.verify.faults.simulation;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.verify.Replications;
import trainyard.scenario.verify.Replications.Observed;
import trainyard.scenario.verify.SimulatedMean;

/** Simulates the family {@code spares}: how many of its nodes a job has whose broken ones are repaired. */
final class NodePoolRows implements RowSimulation {

    private static final Pattern FULL = Pattern.compile("P_full_cold_c(inf|\\d{1,6})");
    private static final Pattern SHORTFALL = Pattern.compile("E_shortfall_cold_c(inf|\\d{1,6})");

    /** Failures of one row that are simulated at most: a minute or two of them on one core. */
    private static final double MOST_FAILURES = 4e7;

    private static final int SATURATED_LIVES = 6;

    /** The same where no job reacts to them. */
    private static final double MOST_FAILURES_ALONE = 2e7;

    private final Replications replications;

    NodePoolRows(Replications replications) {
        this.replications = replications;
    }

    @Override
    public Optional<SimulatedMean> simulate(String family, String name, Map<String, String> parameters) {
        return family.equals("spares") ? spares(name, new RowNumbers(parameters)) : Optional.empty();
    }

    private Optional<SimulatedMean> spares(String name, RowNumbers row) {
        Matcher full = FULL.matcher(name);
        Matcher shortfall = SHORTFALL.matcher(name);
        if (full.matches()) {
            ElasticNodePool pool = pool(row, true, crews(full.group(1)));
            // Where the crews cannot keep up the job never has all of its nodes, however long it is watched.
            return pool.load() < 1
                    ? replications.share(
                            pool.lives(MOST_FAILURES),
                            streams -> new Observed(pool.run(streams).fullShare(), 1))
                    : Optional.empty();
        }
        if (shortfall.matches()) {
            return shortfall(pool(row, true, crews(shortfall.group(1))));
        }
        return switch (name) {
            case "P_full_hot_unlimited_repair" -> hot(pool(row, false, Integer.MAX_VALUE));
            case "replica_goodput_quorum" -> quorum(row);
            default -> Optional.empty();
        };
    }

    private Optional<SimulatedMean> shortfall(ElasticNodePool pool) {
        if (pool.load() >= 1) {
            return replications.meanOfFew(
                    SATURATED_LIVES, streams -> pool.run(streams).shortfall());
        }
        double oftener = pool.oftener();
        return replications.power(
                1,
                pool.lives(MOST_FAILURES),
                streams -> oftener > 1
                        ? pool.rareShortfall(oftener, streams)
                        : new Observed(pool.run(streams).shortfall(), 1));
    }

    private static int crews(String text) {
        return text.equals("inf") ? Integer.MAX_VALUE : Integer.parseInt(text);
    }

    private static ElasticNodePool pool(RowNumbers row, boolean cold, int crews) {
        return new ElasticNodePool(
                row.whole("N"), row.whole("s"), cold, crews, row.value("node_mttf_h"), row.value("node_mttr_h"), 1);
    }

    /** Spares that fail like the others: it does not matter which nodes a job has, as long as enough of them work. */
    private Optional<SimulatedMean> hot(ElasticNodePool pool) {
        return replications.share(
                pool.lives(MOST_FAILURES_ALONE), streams -> new Observed(pool.enoughShare(streams), 1));
    }

    /** Replicas of one node, up for a share A of their time, that go on with at least m of n and train on as many samples. */
    private Optional<SimulatedMean> quorum(RowNumbers row) {
        double up = row.value("A");
        if (!(up > 0 && up < 1)) {
            return Optional.empty();
        }
        ElasticNodePool pool =
                new ElasticNodePool(row.whole("n"), 0, false, Integer.MAX_VALUE, up / (1 - up), 1, row.whole("m"));
        return replications.mean(pool::sampleShare);
    }
}
