package trainyard.scenario.verify.sgd.simulation;

import java.util.List;
import java.util.Optional;
import trainyard.scenario.verify.Replications;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.SimulatedMean;
import trainyard.scenario.verify.sgd.form.SspForms;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;
import trainyard.training.rule.Asynchronous;
import trainyard.training.rule.StaleSynchronous;
import trainyard.training.rule.UpdateRule;
import trainyard.training.run.TrainingOutcome;
import trainyard.training.run.WorkerUse;

/** Gradients per second, and time held up, under stale synchronous parallel. */
final class SspSimulation implements GoldenSimulation {

    /** Clocks of each worker until starts no longer matter, times the square of how far workers can be apart. */
    private static final int WARM_UP = 8;

    private static final int STRETCH = 4;

    /** Pushes of all replications of a row. */
    private static final int MOST_PUSHES = 20_000_000;

    private static final long STEADY_CLOCKS = 2_000;
    private static final long FREE_CLOCKS = 1_000_000;

    private final long seed;

    SspSimulation(long seed) {
        this.seed = seed;
    }

    @Override
    public Optional<SimulatedMean> simulate(String quantity, RowParameters row) {
        boolean blocked = quantity.startsWith("mean fraction of time blocked per worker");
        if (!blocked
                && !quantity.contains("total clock throughput")
                && !quantity.startsWith("async total throughput")) {
            return Optional.empty();
        }
        if (SspForms.deterministic(row)) {
            return blocked ? Optional.empty() : steady(row);
        }
        EngineRun run = EngineRun.of(rule(row), SspForms.seconds(row), new Exponential(1));
        long warmUp = warmUp(row, run.workers());
        int most = (int) (MOST_PUSHES / (STRETCH * warmUp));
        return new Replications(seed).power(1, most, streams -> {
            EngineRun.Stretch stretch = run.stretch(warmUp, STRETCH * warmUp, streams);
            return blocked ? blocked(stretch) : new Replications.Observed(stretch.updates(), stretch.seconds());
        });
    }

    private static UpdateRule rule(RowParameters row) {
        return SspForms.unbounded(row) ? new Asynchronous() : new StaleSynchronous(row.whole("s"));
    }

    private static long warmUp(RowParameters row, int workers) {
        int apart = SspForms.unbounded(row) ? 1 : row.whole("s") + 1;
        return (long) WARM_UP * workers * apart * apart;
    }

    private static Replications.Observed blocked(EngineRun.Stretch stretch) {
        double waited = waited(stretch.after()) - waited(stretch.before());
        return new Replications.Observed(
                waited, stretch.seconds() * stretch.after().uses().size());
    }

    private static double waited(TrainingOutcome outcome) {
        return outcome.uses().stream().mapToDouble(WorkerUse::waitingSeconds).sum();
    }

    /**
     * Workers with times of their own: once the slowest holds up all others they go round in clocks of one of each, so that a number
     * of rounds behind the onset has no chance in it. Without a bound each goes its own way, and what is missing of a clock of each
     * at the end is less than one in a million where so many clocks are played.
     */
    private Optional<SimulatedMean> steady(RowParameters row) {
        List<Double> seconds = SspForms.seconds(row);
        EngineRun run = EngineRun.of(rule(row), seconds, new Fixed(1));
        if (SspForms.unbounded(row)) {
            TrainingOutcome outcome = run.untilUpdate(FREE_CLOCKS * seconds.size(), new RandomStreams(seed, 0));
            return certain(outcome.ledger().updates() / outcome.seconds());
        }
        long clocks = STEADY_CLOCKS * seconds.size();
        EngineRun.Stretch stretch = run.stretch(clocks, clocks, new RandomStreams(seed, 0));
        return certain(stretch.updates() / stretch.seconds());
    }

    private Optional<SimulatedMean> certain(double value) {
        return new Replications(seed).certain(value);
    }
}
