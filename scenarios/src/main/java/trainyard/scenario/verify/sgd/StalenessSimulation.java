package trainyard.scenario.verify.sgd;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.verify.Replications;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.SimulatedMean;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.RandomStreams;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.rule.Asynchronous;
import trainyard.training.rule.KAsync;
import trainyard.training.rule.KBatchAsync;
import trainyard.training.rule.Ledger;

/** How stale gradients are, counted by the ledgers of runs. */
final class StalenessSimulation implements GoldenSimulation {

    private static final Pattern MASS = Pattern.compile("p\\(staleness(<?)=(k|j|\\d+|\\d*p)\\), (.*)");
    private static final Pattern OF_LAW = Pattern.compile("(mean|variance of) staleness( \\(versions\\))?, (.*)");

    /** Pushes of each worker until starts no longer matter. */
    private static final int WARM_UP = 20;

    /** Pushes of each worker that are counted in a replication. */
    private static final int COUNTED = 200;

    /** Pushes of all replications of a row. */
    private static final int MOST_PUSHES = 20_000_000;

    private final Replications replications;

    StalenessSimulation(long seed) {
        replications = new Replications(seed);
    }

    @Override
    public Optional<SimulatedMean> simulate(String quantity, RowParameters row) {
        if (quantity.startsWith("staleness, async deterministic equal times")) {
            return inTurn(row.whole("P"));
        }
        if (quantity.startsWith("mean staleness over all updates")) {
            return mean(unequal(row), Ledger::staleness);
        }
        if (quantity.startsWith("mean staleness of worker i")) {
            int worker = row.whole("worker");
            return mean(unequal(row), ledger -> ledger.staleness(worker));
        }
        Matcher mass = MASS.matcher(quantity);
        if (mass.matches()) {
            return mass(run(mass.group(3), row), holds(mass, row));
        }
        Matcher law = OF_LAW.matcher(quantity);
        if (!law.matches()) {
            return Optional.empty();
        }
        EngineRun run = run(law.group(3), row);
        return law.group(1).equals("mean") ? mean(run, Ledger::staleness) : variance(run);
    }

    private static EngineRun run(String family, RowParameters row) {
        int workers = row.whole("P");
        Exponential law = new Exponential(1);
        return switch (family) {
            case "k-async exp" -> EngineRun.of(new KAsync(row.whole("K")), workers, law);
            case "k-batch-async exp" -> EngineRun.of(new KBatchAsync(row.whole("K")), workers, law);
            case "async exp homogeneous" -> EngineRun.of(new Asynchronous(), workers, law);
            default -> throw new IllegalArgumentException("no runs of " + family);
        };
    }

    private static EngineRun unequal(RowParameters row) {
        return EngineRun.of(
                new Asynchronous(),
                row.numbers("rates").stream().map(rate -> 1 / rate).toList(),
                new Exponential(1));
    }

    private static LongPredicate holds(Matcher mass, RowParameters row) {
        String words = mass.group(2);
        long staleness = words.endsWith("p")
                ? row.whole("P") * (words.equals("p") ? 1L : Long.parseLong(words.substring(0, words.length() - 1)))
                : Character.isDigit(words.charAt(0)) ? Long.parseLong(words) : row.whole(words);
        return mass.group(1).isEmpty() ? value -> value == staleness : value -> value <= staleness;
    }

    private Optional<SimulatedMean> mass(EngineRun run, LongPredicate holds) {
        return replications.power(1, most(run), streams -> {
            Map<Long, Long> counts = counted(run, streams, Ledger::staleness);
            long those = counts.entrySet().stream()
                    .filter(entry -> holds.test(entry.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            return new Replications.Observed(those, moment(counts, 0));
        });
    }

    private Optional<SimulatedMean> mean(EngineRun run, Function<Ledger, NavigableMap<Long, Long>> part) {
        return replications.power(1, most(run), streams -> {
            Map<Long, Long> counts = counted(run, streams, part);
            return new Replications.Observed(moment(counts, 1), moment(counts, 0));
        });
    }

    private Optional<SimulatedMean> variance(EngineRun run) {
        return replications.mean(most(run), streams -> {
            Map<Long, Long> counts = counted(run, streams, Ledger::staleness);
            double mean = moment(counts, 1) / moment(counts, 0);
            return moment(counts, 2) / moment(counts, 0) - mean * mean;
        });
    }

    private static int most(EngineRun run) {
        return MOST_PUSHES / ((WARM_UP + COUNTED) * run.workers());
    }

    private static double moment(Map<Long, Long> counts, int power) {
        return counts.entrySet().stream()
                .mapToDouble(entry -> Math.pow(entry.getKey(), power) * entry.getValue())
                .sum();
    }

    /** Gradients behind the warm-up by their staleness. */
    private static NavigableMap<Long, Long> counted(
            EngineRun run, RandomStreams streams, Function<Ledger, NavigableMap<Long, Long>> counts) {
        long perUpdate = perUpdate(run);
        long warmUp = (long) WARM_UP * run.workers() / perUpdate + 1;
        EngineRun.Stretch stretch =
                run.stretch(warmUp, Math.max(1, (long) COUNTED * run.workers() / perUpdate), streams);
        NavigableMap<Long, Long> difference =
                new TreeMap<>(counts.apply(stretch.after().ledger()));
        counts.apply(stretch.before().ledger())
                .forEach((staleness, count) -> difference.merge(staleness, -count, Long::sum));
        return difference;
    }

    private static long perUpdate(EngineRun run) {
        if (run.rule() instanceof KAsync rule) {
            return rule.gradients();
        }
        return run.rule() instanceof KBatchAsync rule ? rule.gradients() : 1;
    }

    /** Equal workers in turn: staleness of every push behind the first ones, with no chance in it. */
    private Optional<SimulatedMean> inTurn(int workers) {
        EngineRun run = new EngineRun(new Asynchronous(), workers, ComputeLaw.fixed(1));
        NavigableMap<Long, Long> counts = counted(run, replications.one(), Ledger::staleness);
        counts.values().removeIf(count -> count == 0);
        return replications.certain(moment(counts, 1) / moment(counts, 0));
    }
}
