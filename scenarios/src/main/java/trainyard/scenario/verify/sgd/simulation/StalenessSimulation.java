package trainyard.scenario.verify.sgd.simulation;

import java.util.List;
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

    /** Pushes of all workers that are counted in a replication at least, as 32 workers make: a few workers are known as well. */
    private static final int LEAST_COUNTED = 6_400;

    /** The same of the slowest worker, before they are counted and while they are. */
    private static final int OF_SLOWEST = 10;

    /** Pushes of all replications of a row. */
    private static final long MOST_PUSHES = 30_000_000;

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
            return mean(Watched.unequal(row.numbers("rates")), Ledger::staleness);
        }
        if (quantity.startsWith("mean staleness of worker i")) {
            int worker = row.whole("worker");
            return mean(Watched.unequal(row.numbers("rates")), ledger -> ledger.staleness(worker));
        }
        Matcher mass = MASS.matcher(quantity);
        if (mass.matches()) {
            return mass(Watched.equal(run(mass.group(3), row)), holds(mass, row));
        }
        Matcher law = OF_LAW.matcher(quantity);
        if (!law.matches()) {
            return Optional.empty();
        }
        Watched run = Watched.equal(run(law.group(3), row));
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

    private static LongPredicate holds(Matcher mass, RowParameters row) {
        String words = mass.group(2);
        long staleness = words.endsWith("p")
                ? row.whole("P") * (words.equals("p") ? 1L : Long.parseLong(words.substring(0, words.length() - 1)))
                : Character.isDigit(words.charAt(0)) ? Long.parseLong(words) : row.whole(words);
        return mass.group(1).isEmpty() ? value -> value == staleness : value -> value <= staleness;
    }

    private Optional<SimulatedMean> mass(Watched run, LongPredicate holds) {
        return replications.power(1, run.most(), streams -> {
            Map<Long, Long> counts = run.counted(streams, Ledger::staleness);
            long those = counts.entrySet().stream()
                    .filter(entry -> holds.test(entry.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            return new Replications.Observed(those, moment(counts, 0));
        });
    }

    private Optional<SimulatedMean> mean(Watched run, Function<Ledger, NavigableMap<Long, Long>> part) {
        return replications.power(1, run.most(), streams -> {
            Map<Long, Long> counts = run.counted(streams, part);
            return new Replications.Observed(moment(counts, 1), moment(counts, 0));
        });
    }

    private Optional<SimulatedMean> variance(Watched run) {
        return replications.mean(run.most(), streams -> {
            Map<Long, Long> counts = run.counted(streams, Ledger::staleness);
            double mean = moment(counts, 1) / moment(counts, 0);
            return moment(counts, 2) / moment(counts, 0) - mean * mean;
        });
    }

    private static double moment(Map<Long, Long> counts, int power) {
        return counts.entrySet().stream()
                .mapToDouble(entry -> Math.pow(entry.getKey(), power) * entry.getValue())
                .sum();
    }

    /**
     * A run and how much of it is watched.
     *
     * @param warmUp pushes of all workers until starts no longer matter
     * @param pushes of all workers that are counted
     */
    private record Watched(EngineRun run, long warmUp, long pushes) {

        static Watched equal(EngineRun run) {
            long workers = run.workers();
            return new Watched(run, WARM_UP * workers, Math.max(COUNTED * workers, LEAST_COUNTED));
        }

        /** Workers of these rates: a push of the slowest takes as long as those of all between. */
        static Watched unequal(List<Double> rates) {
            EngineRun run = EngineRun.of(
                    new Asynchronous(), rates.stream().map(rate -> 1 / rate).toList(), new Exponential(1));
            double all = rates.stream().mapToDouble(rate -> rate).sum();
            double slowest = rates.stream().mapToDouble(rate -> rate).min().orElseThrow();
            Watched equal = equal(run);
            long few = (long) Math.ceil(OF_SLOWEST * all / slowest);
            return new Watched(run, Math.max(equal.warmUp, few), Math.max(equal.pushes, few));
        }

        int most() {
            return (int) (MOST_PUSHES / (warmUp + pushes));
        }

        /** Gradients behind the warm-up by their staleness. */
        NavigableMap<Long, Long> counted(RandomStreams streams, Function<Ledger, NavigableMap<Long, Long>> counts) {
            long perUpdate = perUpdate(run);
            EngineRun.Stretch stretch = run.stretch(warmUp / perUpdate + 1, Math.max(1, pushes / perUpdate), streams);
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
    }

    /** Equal workers in turn: staleness of every push behind the first ones, with no chance in it. */
    private Optional<SimulatedMean> inTurn(int workers) {
        EngineRun run = new EngineRun(new Asynchronous(), workers, ComputeLaw.fixed(1));
        NavigableMap<Long, Long> counts = Watched.equal(run).counted(replications.one(), Ledger::staleness);
        counts.values().removeIf(count -> count == 0);
        return replications.certain(moment(counts, 1) / moment(counts, 0));
    }
}
