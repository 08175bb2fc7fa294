package trainyard.parallel.step.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import trainyard.parallel.schedule.PipelineProgram;
import trainyard.parallel.step.cost.Span;
import trainyard.parallel.step.cost.TimeState;
import trainyard.parallel.step.price.StepTiming;
import trainyard.parallel.step.price.StepTiming.ChunkTiming;
import trainyard.parallel.step.replay.ReplicaPasses.StagePasses;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;

/**
 * One step. Replicas that do the same at the same time form a class, whose passes are replayed on the event engine; each
 * pipeline stage of a class, a lane, stands for all its GPUs. All classes of a stage meet on the stage's data stream, which
 * reduces gradients. When the gradients of all stages are complete (their norm needs them all), each stage updates its
 * parameters; with a schedule that validates after the update, each when its own are, and then goes on to the next step, so
 * that the longest time that a stage is at work is the step.
 *
 * <p>Every nanosecond of a lane's compute stream is booked to one {@link TimeState}, so the states of a lane sum to the
 * step.
 */
public final class StepReplay {

    /** Classes whose bars are told; a timeline of hundreds of replicas could not be read. */
    private static final int TOLD_CLASSES = 8;

    private final List<ReplicaTiming> classes;
    private final List<ReplicaPasses> passes;
    private final StepTiming timing;
    private final boolean validatesAfterUpdate;
    private final int stages;
    private final Consumer<Span> bars;
    private final List<Bookings> lanes = new ArrayList<>();
    private final long[] gradientsReady;
    private long end;

    private StepReplay(
            StepTiming together, List<ReplicaTiming> classes, List<ReplicaPasses> passes, Consumer<Span> bars) {
        this.classes = List.copyOf(classes);
        this.passes = passes;
        this.timing = together;
        this.validatesAfterUpdate = classes.get(0).program().validatesAfterUpdate();
        this.stages = timing.stages();
        this.bars = bars;
        this.gradientsReady = new long[stages];
        for (ReplicaPasses alike : passes) {
            alike.stages().forEach(stage -> lanes.add(stage.booked().copy()));
        }
    }

    /** Replays one step of replicas that are all alike, on a fresh simulation. */
    public static StepReplay run(
            StepTiming timing, PipelineProgram program, Simulation simulation, Consumer<Span> bars) {
        return run(timing, List.of(ReplicaTiming.all(timing, program)), () -> simulation, bars);
    }

    /**
     * Replays one step.
     *
     * @param together durations of what all classes do together
     * @param classes replicas that do the same at the same time; they have their schedule in common
     * @param simulations a fresh simulation for each class
     * @param bars told every bar of the timeline, class by class
     * @throws IllegalStateException if the schedule deadlocks: a stage waits for an input that nobody will send
     */
    public static StepReplay run(
            StepTiming together, List<ReplicaTiming> classes, Supplier<Simulation> simulations, Consumer<Span> bars) {
        List<ReplicaPasses> passes = new ArrayList<>();
        for (int i = 0; i < classes.size(); i++) {
            passes.add(PassReplay.run(classes.get(i), simulations.get(), bars(classes, i, bars)));
        }
        return join(together, classes, passes, bars);
    }

    /**
     * The step of classes whose passes are known.
     *
     * @param bars told the bars that are not of passes
     */
    public static StepReplay join(
            StepTiming together, List<ReplicaTiming> classes, List<ReplicaPasses> passes, Consumer<Span> bars) {
        together.requireShort(1);
        StepReplay replay = new StepReplay(together, classes, passes, bars);
        for (int stage = 0; stage < replay.stages; stage++) {
            replay.reduce(stage);
        }
        replay.update();
        return replay;
    }

    private static StepBars bars(List<ReplicaTiming> classes, int ofClass, Consumer<Span> bars) {
        if (ofClass >= TOLD_CLASSES) {
            return StepBars.NONE;
        }
        boolean alike = classes.size() == 1;
        return new StepBars(
                bars, alike ? "" : Span.OF_REPLICAS + classes.get(ofClass).name());
    }

    /** Duration of the step. */
    public long endNanos() {
        return end;
    }

    /** Where the time of a stage went. */
    public Bookings stage(int stage) {
        return lanes.get(stage);
    }

    /** A stage of a class of replicas. */
    public Bookings stage(int ofClass, int stage) {
        return lanes.get(ofClass * stages + stage);
    }

    private void reduce(int stage) {
        List<StagePasses> ofStage =
                passes.stream().map(alike -> alike.stages().get(stage)).toList();
        long done = ofStage.stream().mapToLong(StagePasses::doneNanos).max().orElseThrow();
        long compression = SimTime.nanos(timing.compression().get(stage));
        long encoded = done + compression;
        List<ChunkTiming> chunks = timing.chunks().get(stage);
        StageReduction reduction = timing.reductionOverlaps()
                ? StageReduction.beside(chunks, ofStage)
                : StageReduction.behind(chunks, encoded);
        long ready = Math.max(encoded, reduction.free());
        for (int i = 0; i < classes.size(); i++) {
            stage(i, stage).book(TimeState.STRAGGLER_WAIT, done - ofStage.get(i).doneNanos());
            stage(i, stage).book(TimeState.COMPRESSION, compression);
            stage(i, stage).book(TimeState.DATA_COMMUNICATION, ready - encoded);
        }
        gradientsReady[stage] = ready;
        for (StageReduction.Bar bar : reduction.bars()) {
            tellData(stage, "reduce", Span.Kind.GRADIENT_REDUCTION, bar.startNanos(), bar.endNanos());
        }
    }

    /** The rest is the same for every schedule: tied embedding, norm, update, gather. */
    private void update() {
        long lastReady = 0;
        for (long ready : gradientsReady) {
            lastReady = Math.max(lastReady, ready);
        }
        long tied = SimTime.nanos(timing.tiedReduction());
        long ends = Math.max(gradientsReady[0], gradientsReady[stages - 1]) + tied;
        long allReady = Math.max(lastReady, ends);
        for (int i = 0; i < stages; i++) {
            boolean shares = tied > 0 && (i == 0 || i == stages - 1);
            long own = shares ? ends : gradientsReady[i];
            update(i, validatesAfterUpdate ? own : allReady, shares ? tied : 0);
        }
        for (int i = 0; i < stages; i++) {
            end = Math.max(end, gradientsReady[i] - begin(i));
        }
        for (int lane = 0; lane < lanes.size(); lane++) {
            // A stage that goes on alone idles before its first pass only because the step is drawn from a common
            // start.
            lanes.get(lane).book(TimeState.BUBBLE, end - gradientsReady[lane % stages]);
        }
    }

    /** Where a stage's share of the step begins: with its first pass if it went on from the last step alone. */
    private long begin(int stage) {
        return validatesAfterUpdate
                ? passes.stream()
                        .mapToLong(alike -> alike.stages().get(stage).startNanos())
                        .min()
                        .orElseThrow()
                : 0;
    }

    private void update(int stage, long start, long shared) {
        long gather = SimTime.nanos(timing.gather().get(stage));
        long transfer = SimTime.nanos(timing.hostTransfer().get(stage));
        long updated = start;
        for (ReplicaTiming alike : classes) {
            updated = Math.max(
                    updated, start + SimTime.nanos(alike.timing().optimizer().get(stage)));
        }
        for (int i = 0; i < classes.size(); i++) {
            double slowest = classes.get(i).timing().optimizer().get(stage);
            long own = SimTime.nanos(slowest * classes.get(i).ownShares().get(stage));
            Bookings lane = stage(i, stage);
            lane.book(TimeState.DATA_COMMUNICATION, shared + gather);
            lane.book(TimeState.BUBBLE, start - gradientsReady[stage] - shared);
            lane.book(TimeState.OPTIMIZER, own);
            lane.book(TimeState.HOST_TRANSFER, transfer);
            lane.book(TimeState.STRAGGLER_WAIT, updated - start - own);
            long ownEnd = start + SimTime.nanos(slowest);
            bars(classes, i, bars)
                    .tell(stage, "compute", "update", Span.Kind.OPTIMIZER, start, ownEnd, Span.Mix.UPDATE);
        }
        updated += transfer;
        tellData(stage, "gather", Span.Kind.PARAMETER_GATHER, updated, updated + gather);
        gradientsReady[stage] = updated + gather;
    }

    private void tellData(int stage, String label, Span.Kind kind, long start, long end) {
        if (end > start) {
            bars.accept(new Span(stage, "data", label, kind, start, end, Span.Mix.EXCHANGE));
        }
    }
}
