package trainyard.training.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;
import trainyard.sim.random.RandomStreams;
import trainyard.training.clock.Alarms;
import trainyard.training.clock.ComputeTimes;
import trainyard.training.clock.Workers;
import trainyard.training.problem.Problem;
import trainyard.training.rule.Ledger;
import trainyard.training.rule.TrainingContext;
import trainyard.training.run.TrainingOutcome.Divergence;
import trainyard.training.run.TrainingOutcome.UsePoint;
import trainyard.training.wire.Wire;

/** Plays one run. */
public final class TrainingRun {

    /** A loss so many times the first positive one counts as diverged, also where it is still a number. */
    private static final double DIVERGED = 1e6;

    private final TrainingDesign design;
    private final Problem problem;
    private final RandomStreams streams;
    private final Simulation simulation = new Simulation();
    private final Alarms alarms = new Alarms(simulation);
    private final Workers workers;
    private final Wire wire;
    private final TrainingContext context;
    private final Ledger ledger;
    private final List<LossPoint> points = new ArrayList<>();
    private final List<UsePoint> useCurve = new ArrayList<>();
    private Optional<Divergence> divergence = Optional.empty();
    private double updateBytes;

    /** The loss of the start; where that is the least there is, the first above it that is shown. */
    private double firstLoss;

    private TrainingRun(TrainingDesign design, Problem problem, RandomStreams streams) {
        if (design.recipe().gradients().compressing().isPresent()
                && !design.rule().compresses()) {
            throw new IllegalArgumentException(
                    "what workers send under " + design.rule().name() + " is not compressed");
        }
        this.design = design;
        this.problem = problem;
        this.streams = streams;
        WorkerGroup group = design.workers();
        workers = new Workers(group.count(), alarms, new ComputeTimes(group.compute(), group.count(), streams));
        wire = group.network().wire(alarms, group.count(), workers.slowness());
        context = new TrainingContext(
                alarms,
                workers,
                wire,
                problem,
                streams,
                new TrainingContext.Settings(
                        design.rule(),
                        design.recipe(),
                        group.network().bytesPerParameter(),
                        group.network().serverSeconds()));
        ledger = context.ledger();
    }

    /**
     * Plays a run. Same design, problem and streams: same outcome.
     *
     * @param streams randomness of compute times, outages and rule; the problem has its own
     * @throws IllegalArgumentException if the rule does not fit the workers or the network
     */
    public static TrainingOutcome play(TrainingDesign design, Problem problem, RandomStreams streams) {
        return play(design, problem, streams, seconds -> {});
    }

    /**
     * The same, telling of updates.
     *
     * @param onUpdate told the virtual time of each update in seconds
     */
    public static TrainingOutcome play(
            TrainingDesign design, Problem problem, RandomStreams streams, DoubleConsumer onUpdate) {
        return new TrainingRun(design, problem, streams).play(onUpdate);
    }

    private TrainingOutcome play(DoubleConsumer onUpdate) {
        show();
        context.onStep(this::requireFinite);
        context.onUpdate(() -> {
            onUpdate.accept(alarms.seconds());
            updateBytes = wire.sentBytes();
            requireFinite();
            stopAtLimit();
        });
        workers.start(design.rule().play(context), design.workers().outages(), streams);
        alarms.after(design.showEverySeconds(), Simulation.LAST_PRIORITY, this::showAgain);
        double end = design.limits().seconds();
        if (end < SimTime.seconds(Long.MAX_VALUE)) {
            alarms.after(end, Simulation.LAST_PRIORITY, simulation::stop);
        }
        if (divergence.isEmpty()) {
            simulation.run();
        }
        if (divergence.isEmpty() && points.get(points.size() - 1).seconds() < alarms.seconds()) {
            show();
        }
        return outcome();
    }

    private void requireFinite() {
        if (!context.isFinite()) {
            diverge("a parameter is no number");
        }
    }

    private void stopAtLimit() {
        if (ledger.updates() >= design.limits().updates()
                || ledger.examples() >= design.limits().examples()) {
            simulation.stop();
        }
    }

    private void showAgain() {
        show();
        alarms.after(design.showEverySeconds(), Simulation.LAST_PRIORITY, this::showAgain);
    }

    private void show() {
        double[] parameters = context.shown();
        double loss = problem.loss(parameters);
        if (!Double.isFinite(loss)) {
            diverge("the loss is no number");
            return;
        }
        useCurve.add(new UsePoint(alarms.seconds(), WorkerUse.of(workers)));
        points.add(new LossPoint(alarms.seconds(), ledger.updates(), ledger.examples(), wire.sentBytes(), loss));
        firstLoss = firstLoss > 0 ? firstLoss : loss;
        if (loss > DIVERGED * firstLoss) {
            diverge("the loss is a million times that of the start");
        } else if (design.limits().loss().isPresent()
                && loss <= design.limits().loss().getAsDouble()) {
            simulation.stop();
        }
    }

    /** The first sign counts: what follows it at the same moment sees the same parameters. */
    private void diverge(String what) {
        if (divergence.isEmpty()) {
            divergence = Optional.of(new Divergence(ledger.updates(), alarms.seconds(), what));
        }
        simulation.stop();
    }

    private TrainingOutcome outcome() {
        List<WorkerUse> uses = IntStream.range(0, workers.count())
                .mapToObj(worker -> WorkerUse.of(workers, worker))
                .toList();
        return new TrainingOutcome(
                new LossCurve(points),
                ledger,
                alarms.seconds(),
                wire.sentBytes(),
                updateBytes,
                uses,
                useCurve,
                workers.lost(),
                divergence,
                context.shown().clone());
    }
}
