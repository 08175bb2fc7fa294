package trainyard.scenario.workload.sgd;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.commons.math3.util.ResizableDoubleArray;
import trainyard.parallel.step.cost.Span;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.Workload;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.metric.Metric;
import trainyard.sim.random.RandomStreams;
import trainyard.training.clock.CoreSpeeds;
import trainyard.training.problem.Problem;
import trainyard.training.recording.RecordedRun;
import trainyard.training.run.TrainingDesign;
import trainyard.training.run.TrainingOutcome;
import trainyard.training.run.TrainingRun;

/**
 * One run of training.
 *
 * @param design what is the same in every replication
 * @param streams randomness of the replication
 */
record SgdWorkload(SgdDesign design, RandomStreams streams) implements Workload {

    @Override
    public Outcome run() {
        return play().outcome();
    }

    @Override
    public Outcome run(Set<Metric> samples) {
        SgdRun run = play();
        return run.outcome().with(run.samples(samples));
    }

    @Override
    public Watched watch(Set<Metric> samples) {
        SgdRun run = play();
        return new Watched(run.outcome().with(run.samples(samples)), run.details());
    }

    /** What it is made of was checked when it was bound; a recording is read. */
    @Override
    public Outcome preview() {
        design.recording();
        design.cores(streams.replication());
        return new Outcome(Map.of(), Map.of(), Optional.empty(), Optional.empty());
    }

    @Override
    public Details details() {
        return play().details();
    }

    private SgdRun play() {
        return design.recording()
                .map(runs -> told(runs.get(runs.size() == 1 ? 0 : streams.replication())))
                .orElseGet(() -> simulated(design.cores(streams.replication())));
    }

    /** A run that took place; its rate is the one that the scenario states, and nobody knows its parameters. */
    private SgdRun told(RecordedRun recorded) {
        Problem problem = design.problem(streams);
        return new SgdRun(
                design,
                design.tuned(streams),
                design.curvature(streams),
                Optional.empty(),
                problem.epoch(),
                OptionalDouble.empty(),
                recorded.outcome(),
                recorded.updateSeconds());
    }

    /** The run on cores that were so fast; empty: as fast as the design says. */
    private SgdRun simulated(Optional<CoreSpeeds> cores) {
        TrainingDesign tuned = design.tuned(streams);
        return simulated(cores.map(tuned::withCores).orElse(tuned));
    }

    /**
     * The mean time of an update where the run ends with its examples, in seconds; empty where there is none.
     *
     * @param cores how fast the cores are; empty: as fast as the design says
     */
    Optional<Double> secondsPerUpdate(Optional<CoreSpeeds> cores) {
        TrainingDesign tuned = design.tuned(streams);
        TrainingDesign whole = tuned.withLimits(tuned.limits().upTo(Double.MAX_VALUE));
        return simulated(cores.map(whole::withCores).orElse(whole)).outcome().value(SgdMetrics.UPDATE_TIME);
    }

    private SgdRun simulated(TrainingDesign tuned) {
        Problem problem = design.problem(streams);
        ResizableDoubleArray updates = new ResizableDoubleArray();
        TrainingOutcome seen = TrainingRun.play(tuned, problem, streams, updates::addElement);
        return new SgdRun(
                design,
                tuned,
                design.curvature(streams),
                design.search(streams),
                problem.epoch(),
                problem.accuracy(seen.parameters()),
                seen,
                updates.getElements());
    }

    @Override
    public Optional<String> beforehand() {
        if (!SgdForms.hasRateLimit(design.design())) {
            return Optional.empty();
        }
        OptionalDouble curvature = design.curvature(streams);
        return curvature.isPresent()
                ? SgdForms.rateLimits(design.design(), curvature.getAsDouble())
                : Optional.of("the loss has a kink at the start, so which learning rates are stable is not known");
    }

    @Override
    public List<Span> timeline() {
        return List.of();
    }
}
