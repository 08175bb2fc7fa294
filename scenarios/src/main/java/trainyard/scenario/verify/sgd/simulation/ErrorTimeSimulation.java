package trainyard.scenario.verify.sgd.simulation;

import java.util.Optional;
import trainyard.scenario.verify.Replications;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.SimulatedMean;
import trainyard.scenario.verify.sgd.form.QuadraticForms;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.stats.Tally;
import trainyard.training.analytic.NoisyQuadraticSgd;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.problem.Problem;
import trainyard.training.rule.Asynchronous;
import trainyard.training.rule.Synchronous;
import trainyard.training.run.Limits;
import trainyard.training.run.LossPoint;
import trainyard.training.run.TrainingOutcome;

/** Error on a quadratic against seconds. */
final class ErrorTimeSimulation implements GoldenSimulation {

    private static final int COORDINATES = 128;

    /** Coordinates times gradients of all replications of a row. */
    private static final double MOST_STEPS = 1.5e9;

    private static final int MOST_REPLICATIONS = 1_000_000;

    /** Coordinates whose mean square is all but its expectation. */
    private static final int MANY = 50_000;

    private static final int GROUPS = 8;
    private static final double MOST_STANDARD_ERROR = 0.01;

    private final long seed;

    ErrorTimeSimulation(long seed) {
        this.seed = seed;
    }

    @Override
    public Optional<SimulatedMean> simulate(String quantity, RowParameters row) {
        if (quantity.equals("e[w^2] at wall-clock t, async exp workers")) {
            return at(row);
        }
        if (quantity.startsWith("sync time to target")) {
            EngineRun run = EngineRun.of(
                    new Synchronous(Synchronous.Exchange.ALL_REDUCE),
                    row.whole("P"),
                    new Fixed(row.number("step_time_s")));
            return to(run, row, "lr_sync", row.number("step_time_s"));
        }
        if (quantity.startsWith("async time to")) {
            double seconds = row.number("step_time_s");
            EngineRun run = new EngineRun(new Asynchronous(), row.whole("P"), ComputeLaw.fixed(seconds));
            return to(run, row, "lr_async", seconds / row.whole("P"));
        }
        return Optional.empty();
    }

    private Optional<SimulatedMean> at(RowParameters row) {
        NoisyQuadraticSgd quadratic = QuadraticForms.of(row);
        double rate = row.number("rate_per_s");
        double seconds = row.number("T_s");
        EngineRun run = EngineRun.of(new Asynchronous(), row.whole("P"), new Exponential(1 / rate));
        double steps = (COORDINATES + 100.0) * (run.workers() * (rate * seconds + 2) + 20);
        return new Replications(seed)
                .mean(
                        (int) Math.min(MOST_REPLICATIONS, MOST_STEPS / steps),
                        streams -> QuadraticSimulation.square(run.play(
                                        QuadraticSimulation.problem(quadratic, row.number("w0"), COORDINATES, streams),
                                        quadratic.learningRate(),
                                        Limits.ofSeconds(seconds),
                                        streams)
                                .parameters()));
    }

    /**
     * When the mean square of many coordinates first is at the target, looked at behind every update; absent where chance decides
     * between two of them and so the standard error stays above 1 %.
     */
    private Optional<SimulatedMean> to(EngineRun run, RowParameters row, String learningRate, double updateSeconds) {
        NoisyQuadraticSgd quadratic = new NoisyQuadraticSgd(
                row.number(learningRate), row.number("lam"), row.number("sigma2_per_worker_batch"));
        double target = quadratic.loss(MANY * row.number("target_Ew2"));
        Tally seconds = new Tally();
        for (int group = 0; group < GROUPS; group++) {
            RandomStreams streams = new RandomStreams(seed, group);
            Problem problem = QuadraticSimulation.problem(quadratic, row.number("w0"), MANY, streams);
            Limits limits = Limits.ofUpdates(Long.MAX_VALUE).until(target);
            TrainingOutcome outcome = run.play(problem, quadratic.learningRate(), limits, updateSeconds, streams);
            seconds.add(outcome.curve().points().stream()
                    .filter(point -> point.loss() <= target)
                    .mapToDouble(LossPoint::seconds)
                    .findFirst()
                    .orElseThrow());
        }
        double error = Math.sqrt(seconds.variance() / GROUPS);
        return error > MOST_STANDARD_ERROR * seconds.mean()
                ? Optional.empty()
                : Optional.of(new SimulatedMean(seconds.mean(), error, seed));
    }
}
