package trainyard.faults.coordination.coordinator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import trainyard.faults.coordination.StateLog;
import trainyard.faults.coordination.coordinator.CoordinatorOutcome.End;
import trainyard.faults.coordination.waiting.Deadlock;
import trainyard.faults.coordination.waiting.WaitForGraph.Wait;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;
import trainyard.sim.engine.Timeline;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.RandomStreams;

/** One replication of a {@link Coordinator}. */
final class CoordinatorRun {

    private static final String IDLE = "idle";
    private static final String TRAINING = "training";
    private static final String BARRIER = "in the barrier";
    private static final String CHECKPOINT = "checkpoint";
    private static final String FAILED = "failed";
    private static final String RECOVERING = "recovering";

    /** Deaths of a run, each of which can throw all workers back; far above what takes seconds to play. */
    private static final int MOST_DEATHS = 100_000;

    /** A wait that never ends is shown for this part of the time before it. */
    private static final long SHOWN_WAIT = 4;

    /** What a worker is doing. */
    private enum State {
        TRAINING,
        BARRIER,
        CHECKPOINT,
        FAILED,
        RECOVERING
    }

    private final Coordinator design;
    private final Timeline timeline = new Timeline(new Simulation());
    private final StateLog log;
    private final State[] states;
    private final long[] tickets;
    private final long[] held;
    private final List<DoubleSupplier> stepFactors = new ArrayList<>();
    private final List<ContinuousSampler> lifetimes = new ArrayList<>();
    private final Set<Defect> seen = EnumSet.noneOf(Defect.class);
    private final List<Wait> hopeless = new ArrayList<>();
    private int arrived;
    private int emptyPlaces;
    private long counted;
    private long barriers;
    private long lost;
    private long apart;
    private int deaths;
    private boolean hasCheckpoint;
    private long checkpointHeld;
    private long checkpointCounted;
    private long deadlockNanos = -1;
    private Optional<End> end = Optional.empty();

    CoordinatorRun(Coordinator design, RandomStreams streams) {
        this.design = design;
        log = new StateLog(design.workers());
        states = new State[design.workers()];
        tickets = new long[design.workers()];
        held = new long[design.workers()];
        for (int worker = 0; worker < design.workers(); worker++) {
            stepFactors.add(factor(streams, worker));
            int index = worker;
            design.mtbfSeconds()
                    .ifPresent(mtbf ->
                            lifetimes.add(new Exponential(mtbf).sampler(streams.stream("coordinator/death", index))));
        }
    }

    private DoubleSupplier factor(RandomStreams streams, int worker) {
        if (design.spread() == 0) {
            return () -> 1;
        }
        return new LogNormal(1, design.spread()).sampler(streams.stream("coordinator/step", worker))::sample;
    }

    CoordinatorOutcome run() {
        for (Coordinator.Death death : design.failures()) {
            timeline.at(SimTime.nanos(death.seconds()), 0, now -> die(death.worker()));
        }
        for (int worker = 0; worker < design.workers(); worker++) {
            log.enter(0, worker, IDLE);
            train(worker);
            awaitDeath(worker);
        }
        timeline.simulation().run();
        End how = end.orElse(End.DEADLOCK);
        if (how == End.DEADLOCK) {
            seen.add(Defect.SILENT_BARRIER);
        }
        if (counted > barriers) {
            seen.add(Defect.EVERY_WORKER_COUNTS);
        }
        long endNanos = how == End.DEADLOCK ? deadlockNanos : timeline.now();
        return new CoordinatorOutcome(
                endNanos,
                how,
                how == End.DEADLOCK ? Optional.of(deadlock()) : Optional.empty(),
                counted,
                Arrays.stream(held).min().orElse(0),
                lost,
                apart,
                deaths,
                seen,
                log.until(how == End.DEADLOCK ? endNanos + endNanos / SHOWN_WAIT : endNanos));
    }

    private Deadlock deadlock() {
        List<String> waiting = IntStream.range(0, design.workers())
                .filter(worker -> states[worker] == State.BARRIER)
                .mapToObj(CoordinatorRun::name)
                .toList();
        return new Deadlock(deadlockNanos, List.of(), hopeless, waiting, hopeless);
    }

    private static String name(int worker) {
        return "worker-" + worker;
    }

    private boolean isOver() {
        return end.isPresent() || deadlockNanos >= 0;
    }

    private void enter(int worker, State state, String label) {
        states[worker] = state;
        log.enter(timeline.now(), worker, label);
    }

    private void train(int worker) {
        enter(worker, State.TRAINING, TRAINING);
        double seconds = design.stepSeconds() * stepFactors.get(worker).getAsDouble();
        tickets[worker] = timeline.after(SimTime.nanos(seconds), 0, now -> arrive(worker));
    }

    /** Deaths of a worker go on whatever it does, so that designs meet the same ones. */
    private void awaitDeath(int worker) {
        if (!lifetimes.isEmpty()) {
            timeline.after(SimTime.nanos(lifetimes.get(worker).sample()), 0, now -> {
                if (!isOver()) {
                    die(worker);
                    awaitDeath(worker);
                }
            });
        }
    }

    private void arrive(int worker) {
        held[worker]++;
        enter(worker, State.BARRIER, BARRIER);
        arrived++;
        if (emptyPlaces > 0) {
            noteDeadlock();
        } else if (arrived == design.workers()) {
            release();
        }
    }

    private void release() {
        apart = Math.max(
                apart,
                Arrays.stream(held).max().orElse(0) - Arrays.stream(held).min().orElse(0));
        arrived = 0;
        barriers++;
        long before = counted;
        counted += design.has(Defect.EVERY_WORKER_COUNTS) ? design.workers() : 1;
        if (counted >= design.steps()) {
            finish(End.FINISHED);
        } else if (before / design.checkpointEvery() < counted / design.checkpointEvery()) {
            checkpoint();
        } else {
            trainAll();
        }
    }

    private void trainAll() {
        for (int worker = 0; worker < design.workers(); worker++) {
            train(worker);
        }
    }

    /** All stand still while it is written; a death meanwhile leaves it unfinished. */
    private void checkpoint() {
        for (int worker = 0; worker < design.workers(); worker++) {
            enter(worker, State.CHECKPOINT, CHECKPOINT);
        }
        tickets[0] = timeline.after(SimTime.nanos(design.checkpointSeconds()), 0, now -> {
            hasCheckpoint = true;
            checkpointHeld = Arrays.stream(held).min().orElse(0);
            checkpointCounted = counted;
            trainAll();
        });
    }

    private void die(int worker) {
        if (isOver() || states[worker] == State.FAILED || states[worker] == State.RECOVERING) {
            return;
        }
        if (++deaths > MOST_DEATHS) {
            throw new EndlessTrainingException("workers died " + MOST_DEATHS + " times, and steps are left");
        }
        if (states[worker] == State.CHECKPOINT) {
            timeline.cancel(tickets[0]);
            stopWriting(worker);
        }
        if (states[worker] == State.BARRIER) {
            arrived--;
            held[worker]--;
        }
        timeline.cancel(tickets[worker]);
        enter(worker, State.FAILED, FAILED);
        tickets[worker] = timeline.after(SimTime.nanos(design.detectSeconds()), 0, now -> recover(worker));
    }

    /** The others go on with the next step, and the checkpoint is not there. */
    private void stopWriting(int dies) {
        for (int other = 0; other < design.workers(); other++) {
            if (other != dies && states[other] == State.CHECKPOINT) {
                train(other);
            }
        }
    }

    private void recover(int worker) {
        if (isOver() || states[worker] != State.FAILED) {
            return;
        }
        if (!hasCheckpoint && design.has(Defect.NEWEST_OF_NONE)) {
            seen.add(Defect.NEWEST_OF_NONE);
            finish(End.COORDINATOR_DIED);
            return;
        }
        boolean silent = design.has(Defect.SILENT_BARRIER);
        if (silent || design.has(Defect.LONE_ROLLBACK)) {
            restartAlone(worker, silent);
        } else {
            restartAll();
        }
    }

    /** The worker comes back; with a silent barrier its place in it stays empty, so nobody ever leaves it. */
    private void restartAlone(int worker, boolean silent) {
        if (silent) {
            emptyPlaces++;
            hopeless.add(new Wait("the barrier", name(worker) + " before its death", "a place that stays empty"));
        }
        lost += held[worker] - checkpointHeld;
        held[worker] = checkpointHeld;
        if (design.has(Defect.LONE_ROLLBACK) && barriers > checkpointHeld) {
            seen.add(Defect.LONE_ROLLBACK);
            apart = Math.max(apart, barriers - checkpointHeld);
        }
        enter(worker, State.RECOVERING, RECOVERING);
        timeline.after(SimTime.nanos(design.restartSeconds()), 0, now -> {
            if (!isOver()) {
                train(worker);
            }
        });
        noteDeadlock();
    }

    private void restartAll() {
        arrived = 0;
        lost += barriers - checkpointHeld;
        barriers = checkpointHeld;
        counted = checkpointCounted;
        for (int worker = 0; worker < design.workers(); worker++) {
            timeline.cancel(tickets[worker]);
            held[worker] = checkpointHeld;
            enter(worker, State.RECOVERING, RECOVERING);
        }
        timeline.after(SimTime.nanos(design.restartSeconds()), 0, now -> {
            if (!isOver()) {
                trainAll();
            }
        });
    }

    /** With an empty place, nothing happens any more once all workers have come to the barrier. */
    private void noteDeadlock() {
        boolean all = Arrays.stream(states).allMatch(state -> state == State.BARRIER);
        if (emptyPlaces > 0 && all) {
            deadlockNanos = timeline.now();
        }
    }

    private void finish(End how) {
        end = Optional.of(how);
        timeline.simulation().stop();
    }
}
