package trainyard.scenario.verify.sgd.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import trainyard.scenario.verify.Replications;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.SimulatedMean;
import trainyard.scenario.verify.sgd.form.ErrorTimeForms;
import trainyard.scenario.verify.sgd.form.QuadraticForms;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.RandomStreams;
import trainyard.training.analytic.AsyncQuadratic;
import trainyard.training.analytic.NoisyQuadraticSgd;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.problem.NoisyQuadratic.Bowl;
import trainyard.training.problem.Problem;
import trainyard.training.rule.Asynchronous;
import trainyard.training.rule.Synchronous;
import trainyard.training.run.Limits;

/**
 * SGD on quadratics with noise, each coordinate of which is a draw of its own: synchronous with as many workers as a batch has
 * samples, with a fixed delay by workers that take turns, and asynchronous with exponential times.
 */
final class QuadraticSimulation implements GoldenSimulation {

    /** Coordinates, independent but for the order of workers. */
    private static final int COORDINATES = 256;

    private static final int MOST_WORKERS = 512;

    /** Coordinates times gradients of all replications of a row. */
    private static final double MOST_STEPS = 4e9;

    private static final int MOST_REPLICATIONS = 1_000_000;

    /** How near to its limit a mean square is before it counts as settled. */
    private static final double SETTLED = 1e-4;

    private static final int MOST_UPDATES = 1 << 20;

    private final long seed;

    QuadraticSimulation(long seed) {
        this.seed = seed;
    }

    @Override
    public Optional<SimulatedMean> simulate(String quantity, RowParameters row) {
        return switch (quantity) {
            case "e[w_t^2] sync minibatch" -> meanSquare(synchronous(row), row, row.whole("T"));
            case "stationary e[w^2] sync minibatch" -> sync(row);
            case "stationary expected loss sync minibatch" -> sync(row).map(mean -> times(mean, row.number("lam") / 2));
            case "e[w_t^2] fixed delay (all history = w0)" ->
                meanSquare(inTurn(row.whole("tau") + 1), row, row.whole("T"));
            case "stationary e[w^2] fixed delay" -> settled(delayed(row.whole("tau"), QuadraticForms.of(row)));
            case "error-floor ratio delayed/undelayed at same lr and batch" ->
                ratio(delayed(row.whole("tau"), QuadraticForms.unit(row)));
            case "sync stationary e[w^2]" ->
                settled(together(row.whole("P"), ErrorTimeForms.quadratic(row, "lr_sync")));
            case "async stationary e[w^2] (delay p-1)" ->
                settled(delayed(row.whole("P") - 1, ErrorTimeForms.quadratic(row, "lr_async")));
            default -> async(quantity, row);
        };
    }

    private Optional<SimulatedMean> async(String quantity, RowParameters row) {
        return switch (quantity) {
            case "e[w_n] after n pushes, async exp workers" -> mean(asynchronous(row), row, row.whole("updates"));
            case "e[w_n^2] after n pushes, async exp workers" ->
                meanSquare(asynchronous(row), row, row.whole("updates"));
            case "stationary e[w^2], async exp workers" -> settled(async(row, QuadraticForms.of(row)));
            case "error-floor ratio async/1-worker at same lr and batch" -> ratio(async(row, QuadraticForms.unit(row)));
            default -> Optional.empty();
        };
    }

    private static SimulatedMean times(SimulatedMean mean, double factor) {
        return new SimulatedMean(factor * mean.mean(), factor * mean.standardError(), mean.seed());
    }

    private static EngineRun synchronous(RowParameters row) {
        int workers = (int) row.numberOr("batch", 1);
        return EngineRun.of(new Synchronous(Synchronous.Exchange.ALL_REDUCE), few(workers), new Exponential(1));
    }

    private static EngineRun inTurn(int workers) {
        return new EngineRun(new Asynchronous(), few(workers), ComputeLaw.fixed(1));
    }

    private static EngineRun asynchronous(RowParameters row) {
        return EngineRun.of(new Asynchronous(), few(row.whole("P")), new Exponential(1));
    }

    private static int few(int workers) {
        if (workers > MOST_WORKERS) {
            throw new IllegalArgumentException(workers + " workers take too long");
        }
        return workers;
    }

    /**
     * A run in the long run.
     *
     * @param run the run
     * @param quadratic with the noise of one worker
     * @param ratio of the mean square after so many updates to the one in the long run, by which the length of runs is chosen
     */
    private record LongRun(EngineRun run, NoisyQuadraticSgd quadratic, IntToDoubleFunction ratio) {

        /** Updates until the mean square has settled; more than the most where it does not. */
        int updates() {
            int updates = 1;
            while (updates <= MOST_UPDATES && !(isSettled(updates) && isSettled(2 * updates))) {
                updates *= 2;
            }
            return 2 * updates;
        }

        private boolean isSettled(int updates) {
            return Math.abs(ratio.applyAsDouble(updates) - 1) <= SETTLED;
        }

        /** Of the order of what it settles at. */
        double start() {
            return QuadraticSimulation.start(quadratic);
        }
    }

    private Optional<SimulatedMean> sync(RowParameters row) {
        return settled(together((int) row.numberOr("batch", 1), QuadraticForms.of(row)));
    }

    private static LongRun together(int workers, NoisyQuadraticSgd quadratic) {
        EngineRun run =
                EngineRun.of(new Synchronous(Synchronous.Exchange.ALL_REDUCE), few(workers), new Exponential(1));
        NoisyQuadraticSgd mean = quadratic.averaged(workers);
        return new LongRun(run, quadratic, updates -> mean.meanSquare(start(quadratic), updates) / mean.stationary());
    }

    private static LongRun delayed(int tau, NoisyQuadraticSgd quadratic) {
        return new LongRun(
                inTurn(tau + 1),
                quadratic,
                updates -> quadratic.meanSquare(start(quadratic), updates, tau) / quadratic.stationary(tau));
    }

    private static LongRun async(RowParameters row, NoisyQuadraticSgd quadratic) {
        AsyncQuadratic async = new AsyncQuadratic(row.whole("P"), quadratic);
        return new LongRun(
                asynchronous(row),
                quadratic,
                updates -> async.meanSquare(start(quadratic), updates) / async.stationary());
    }

    private static double start(NoisyQuadraticSgd quadratic) {
        return Math.sqrt(quadratic.learningRate() * quadratic.noiseVariance() / (2 * quadratic.curvature()));
    }

    /** The mean square once it has settled. */
    private Optional<SimulatedMean> settled(LongRun run) {
        int updates = run.updates();
        return updates > MOST_UPDATES ? Optional.empty() : meanSquare(run.run(), run.quadratic(), run.start(), updates);
    }

    /** The same over that of one worker alone. */
    private Optional<SimulatedMean> ratio(LongRun run) {
        LongRun alone = together(1, run.quadratic());
        int updates = Math.max(run.updates(), alone.updates());
        return updates > MOST_UPDATES
                ? Optional.empty()
                : new Replications(seed)
                        .power(
                                1,
                                most(COORDINATES, run.run(), 2 * updates),
                                streams -> new Replications.Observed(
                                        square(run.run(), run.quadratic(), run.start(), updates, streams),
                                        square(alone.run(), run.quadratic(), run.start(), updates, streams)));
    }

    private Optional<SimulatedMean> meanSquare(EngineRun run, RowParameters row, int updates) {
        return meanSquare(run, QuadraticForms.of(row), row.number("w0"), updates);
    }

    private Optional<SimulatedMean> meanSquare(EngineRun run, NoisyQuadraticSgd quadratic, double start, int updates) {
        return new Replications(seed)
                .mean(most(COORDINATES, run, updates), streams -> square(run, quadratic, start, updates, streams));
    }

    private static double square(
            EngineRun run, NoisyQuadraticSgd quadratic, double start, int updates, RandomStreams streams) {
        Problem problem = problem(quadratic, start, COORDINATES, streams);
        return square(run.play(problem, quadratic.learningRate(), Limits.ofUpdates(updates), streams)
                .parameters());
    }

    /** The mean does not depend on the noise, which is left out. */
    private Optional<SimulatedMean> mean(EngineRun run, RowParameters row, int updates) {
        NoisyQuadraticSgd quadratic = new NoisyQuadraticSgd(row.number("lr"), row.number("lam"), 0);
        return new Replications(seed)
                .mean(
                        most(1, run, updates),
                        streams -> run.play(
                                        problem(quadratic, row.number("w0"), 1, streams),
                                        quadratic.learningRate(),
                                        Limits.ofUpdates(updates),
                                        streams)
                                .parameters()[0]);
    }

    private static int most(int coordinates, EngineRun run, int updates) {
        double gradients = run.rule() instanceof Synchronous ? (double) updates * run.workers() : updates;
        return (int) Math.min(
                MOST_REPLICATIONS, MOST_STEPS / ((coordinates + 100.0) * (gradients + 2.0 * run.workers() + 20)));
    }

    static Problem problem(NoisyQuadraticSgd quadratic, double start, int coordinates, RandomStreams streams) {
        double[] curvature = new double[coordinates];
        double[] starts = new double[coordinates];
        Arrays.fill(curvature, quadratic.curvature());
        Arrays.fill(starts, start);
        return new trainyard.training.problem.NoisyQuadratic(
                List.of(Bowl.of(curvature)), quadratic.noiseVariance(), starts, streams);
    }

    static double square(double[] parameters) {
        return Arrays.stream(parameters).map(value -> value * value).average().orElseThrow();
    }
}
