package trainyard.scenario.verify.sgd.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.scenario.verify.Replications;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.SimulatedMean;
import trainyard.scenario.verify.sgd.form.QuadraticForms;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.RandomStreams;
import trainyard.training.analytic.LocalSgdFixedPoint;
import trainyard.training.analytic.NoisyQuadraticSgd;
import trainyard.training.problem.NoisyQuadratic.Bowl;
import trainyard.training.replica.LocalSgd;
import trainyard.training.rule.Synchronous;
import trainyard.training.run.Limits;

/** Local SGD on quadratics: alike with noise, and unlike without, where chance has no part. */
final class LocalSgdSimulation implements GoldenSimulation {

    private static final int COORDINATES = 256;

    /** Coordinates times gradients of all replications of a row. */
    private static final double MOST_STEPS = 1.5e9;

    private static final int MOST_REPLICATIONS = 1_000_000;

    /** What is left of the distance to the fixed point when it counts as reached. */
    private static final double REACHED = 1e-14;

    private static final int MOST_ROUNDS = 100_000;

    /** Without noise only times are drawn, which do not matter. */
    private static final RandomStreams NO_CHANCE = new RandomStreams(1, 0);

    private final Replications replications;

    LocalSgdSimulation(long seed) {
        replications = new Replications(seed);
    }

    @Override
    public Optional<SimulatedMean> simulate(String quantity, RowParameters row) {
        if (quantity.startsWith("e[wbar^2] after r rounds")) {
            return meanSquare(row);
        }
        if (quantity.startsWith("mean squared deviation of workers from their average")) {
            return deviation(row);
        }
        if (quantity.startsWith("fixed point of noiseless local sgd")) {
            return replications.certain(settled(row));
        }
        if (quantity.startsWith("bias of that fixed point")) {
            return replications.certain(settled(row) - bowls(row, 0).minimiser()[0]);
        }
        return quantity.equals("contraction factor per round")
                ? replications.certain(afterRounds(row, 1, settled(row) + 1) - settled(row))
                : Optional.empty();
    }

    private static EngineRun run(RowParameters row, int workers) {
        return EngineRun.of(new LocalSgd(row.whole("H")), workers, new Exponential(1));
    }

    private Optional<SimulatedMean> meanSquare(RowParameters row) {
        NoisyQuadraticSgd quadratic = QuadraticForms.of(row);
        int workers = row.whole("P");
        int rounds = row.whole("rounds");
        int most = most((double) workers * rounds * row.whole("H"));
        return replications.mean(
                most,
                streams -> QuadraticSimulation.square(run(row, workers)
                        .play(
                                QuadraticSimulation.problem(quadratic, row.number("w0"), COORDINATES, streams),
                                quadratic.learningRate(),
                                Limits.ofUpdates(rounds),
                                streams)
                        .parameters()));
    }

    /**
     * Between two averages a worker is alone. So coordinates of one worker's run stand for workers, whose noise is apart as that of
     * coordinates is.
     */
    private Optional<SimulatedMean> deviation(RowParameters row) {
        NoisyQuadraticSgd quadratic = QuadraticForms.of(row);
        int workers = row.whole("P");
        int steps = row.whole("H");
        EngineRun alone = EngineRun.of(new Synchronous(Synchronous.Exchange.ALL_REDUCE), 1, new Exponential(1));
        return replications.mean(
                most((double) workers * steps),
                streams -> apart(
                        workers,
                        alone.play(
                                        QuadraticSimulation.problem(
                                                quadratic, row.number("w0"), workers * COORDINATES, streams),
                                        quadratic.learningRate(),
                                        Limits.ofUpdates(steps),
                                        streams)
                                .parameters()));
    }

    private static double apart(int workers, double[] parameters) {
        double sum = 0;
        for (int from = 0; from < parameters.length; from += workers) {
            double mean = 0;
            double square = 0;
            for (int worker = 0; worker < workers; worker++) {
                double value = parameters[from + worker];
                mean += value / workers;
                square += value * value / workers;
            }
            sum += square - mean * mean;
        }
        return sum / (parameters.length / workers);
    }

    private static int most(double gradients) {
        return (int) Math.min(MOST_REPLICATIONS, MOST_STEPS / ((COORDINATES + 100.0) * (gradients + 20)));
    }

    private static double settled(RowParameters row) {
        double kept = Math.abs(form(row).contraction());
        double rounds = kept == 0 ? 1 : Math.ceil(Math.log(REACHED) / Math.log(kept));
        if (!(kept < 1) || rounds > MOST_ROUNDS) {
            throw new IllegalArgumentException("it does not settle");
        }
        return afterRounds(row, (int) rounds, 0);
    }

    private static double afterRounds(RowParameters row, int rounds, double start) {
        return run(row, row.numbers("lams").size())
                .play(bowls(row, start), row.number("lr"), Limits.ofUpdates(rounds), NO_CHANCE)
                .parameters()[0];
    }

    private static LocalSgdFixedPoint form(RowParameters row) {
        return new LocalSgdFixedPoint(row.numbers("lams"), row.numbers("optima"), row.number("lr"), row.whole("H"));
    }

    private static trainyard.training.problem.NoisyQuadratic bowls(RowParameters row, double start) {
        List<Double> curvatures = row.numbers("lams");
        List<Double> optima = row.numbers("optima");
        List<Bowl> bowls = new ArrayList<>();
        for (int worker = 0; worker < curvatures.size(); worker++) {
            bowls.add(new Bowl(List.of(curvatures.get(worker)), List.of(optima.get(worker))));
        }
        return new trainyard.training.problem.NoisyQuadratic(bowls, 0, new double[] {start}, NO_CHANCE);
    }
}
