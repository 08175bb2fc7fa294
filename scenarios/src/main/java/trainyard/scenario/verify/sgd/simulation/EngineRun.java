package trainyard.scenario.verify.sgd.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.RandomStreams;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.problem.NoisyQuadratic;
import trainyard.training.problem.NoisyQuadratic.Bowl;
import trainyard.training.problem.Problem;
import trainyard.training.rule.Recipe;
import trainyard.training.rule.UpdateRule;
import trainyard.training.run.Limits;
import trainyard.training.run.TrainingDesign;
import trainyard.training.run.TrainingNetwork;
import trainyard.training.run.TrainingOutcome;
import trainyard.training.run.TrainingRun;
import trainyard.training.run.WorkerGroup;

/**
 * Training runs of golden rows: updates are plain, and exchange takes no time but over a network that is given.
 *
 * @param rule who reads and updates when
 * @param workers number of workers
 * @param compute how long gradients take
 * @param network how long bytes take
 */
record EngineRun(UpdateRule rule, int workers, ComputeLaw compute, TrainingNetwork network) {

    /** Longer than any run: losses on the way are not looked at. */
    private static final int MOST_WORKERS = 100_000;

    private static final double NEVER_SECONDS = 1e9;

    private static final double NEXT_TO_NOTHING = 1e-12;

    /** Exchange that takes no time. */
    EngineRun {
        if (workers > MOST_WORKERS) {
            throw new IllegalArgumentException(workers + " workers are not simulated");
        }
    }

    EngineRun(UpdateRule rule, int workers, ComputeLaw compute) {
        this(rule, workers, compute, TrainingNetwork.FREE);
    }

    /** Equal workers. */
    static EngineRun of(UpdateRule rule, int workers, Distribution seconds) {
        return new EngineRun(rule, workers, ComputeLaw.of(seconds));
    }

    /** Workers whose mean times are listed. */
    static EngineRun of(UpdateRule rule, List<Double> seconds, Distribution unit) {
        Map<Integer, Double> factors = new HashMap<>();
        for (int worker = 0; worker < seconds.size(); worker++) {
            factors.put(worker, seconds.get(worker));
        }
        return new EngineRun(rule, seconds.size(), ComputeLaw.of(unit).withSlower(factors));
    }

    /** A run in which only time and order matter. */
    TrainingOutcome untilUpdate(long updates, RandomStreams streams) {
        Problem problem = new NoisyQuadratic(List.of(Bowl.of(1)), 0, new double[] {1}, streams);
        return play(problem, NEXT_TO_NOTHING, Limits.ofUpdates(updates), NEVER_SECONDS, streams);
    }

    /** A run of a problem. */
    TrainingOutcome play(Problem problem, double learningRate, Limits limits, RandomStreams streams) {
        return play(problem, learningRate, limits, NEVER_SECONDS, streams);
    }

    /** The same with losses on the way. */
    TrainingOutcome play(
            Problem problem, double learningRate, Limits limits, double showEverySeconds, RandomStreams streams) {
        TrainingDesign design = new TrainingDesign(
                rule,
                WorkerGroup.of(workers, compute).withNetwork(network),
                Recipe.plain(1, learningRate),
                limits,
                showEverySeconds);
        return TrainingRun.play(design, problem, streams);
    }

    /**
     * A stretch of one run behind its warm-up, as the difference of the run up to both ends: the same streams make the same run.
     *
     * @param before the run up to its warm-up
     * @param after the run up to the end
     */
    record Stretch(TrainingOutcome before, TrainingOutcome after) {

        double seconds() {
            return after.seconds() - before.seconds();
        }

        double updates() {
            return after.ledger().updates() - before.ledger().updates();
        }
    }

    /** A stretch of so many updates behind a warm-up of so many. */
    Stretch stretch(long warmUp, long updates, RandomStreams streams) {
        return new Stretch(untilUpdate(warmUp, streams), untilUpdate(warmUp + updates, streams));
    }
}
