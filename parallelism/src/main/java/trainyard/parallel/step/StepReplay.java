package trainyard.parallel.step;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import trainyard.parallel.schedule.Pass;
import trainyard.parallel.schedule.Pass.Direction;
import trainyard.parallel.schedule.PipelineSchedule;
import trainyard.parallel.step.StepTiming.ChunkTiming;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;

/**
 * Runs one step on the event engine. Each pipeline stage stands for all its GPUs, which do the same at the same time, and
 * has three streams: compute runs the passes in the order of the schedule, pipeline carries messages, data reduces
 * gradients. A pass starts when its stage is free and its input has come. When the gradients of all stages are complete
 * (their norm needs them all), each stage updates its parameters.
 *
 * <p>Every nanosecond of a stage's compute stream is booked to one {@link TimeState}, so the states of a stage sum to the
 * step.
 */
final class StepReplay {

    /** At one instant: gradients that become ready are reduced, then passes end, then stages are declared done. */
    private static final int BUCKET = 0;

    private static final int PASS = 1;
    private static final int STAGE = 2;

    private final StepTiming timing;
    private final int stages;
    private final int chunks;
    private final int microBatches;
    private final Simulation simulation;
    private final List<StageReplay> state = new ArrayList<>();
    private final Consumer<Span> bars;
    private final long[] gradientsReady;
    private final int passDone;
    private final int messageCome;
    private final int bucketReady;
    private final int gradientsDone;
    private int stagesLeft;
    private long end;

    private StepReplay(
            StepTiming timing,
            PipelineSchedule schedule,
            int microBatches,
            Simulation simulation,
            Consumer<Span> bars) {
        this.timing = timing;
        this.stages = timing.stages();
        this.chunks = timing.chunksPerStage();
        this.microBatches = microBatches;
        this.simulation = simulation;
        this.bars = bars;
        this.gradientsReady = new long[stages];
        this.stagesLeft = stages;
        for (int i = 0; i < stages; i++) {
            state.add(new StageReplay(schedule.passes(i, stages, microBatches, chunks), chunks, microBatches));
        }
        this.passDone = simulation.register(this::onPassDone);
        this.messageCome = simulation.register(this::onMessage);
        this.bucketReady = simulation.register(this::onBucketReady);
        this.gradientsDone = simulation.register(this::onGradientsDone);
    }

    /**
     * Replays one step on a fresh simulation.
     *
     * @param bars told every bar of the timeline when it starts
     * @throws IllegalStateException if the schedule deadlocks: a stage waits for an input that nobody will send
     */
    static StepReplay run(
            StepTiming timing,
            PipelineSchedule schedule,
            int microBatches,
            Simulation simulation,
            Consumer<Span> bars) {
        StepReplay replay = new StepReplay(timing, schedule, microBatches, simulation, bars);
        for (int i = 0; i < microBatches; i++) {
            replay.state.get(0).receive(new Pass(Direction.FORWARD, i, 0));
        }
        replay.startIfReady(0, 0);
        simulation.run();
        if (replay.stagesLeft > 0) {
            throw new IllegalStateException(replay.deadlock());
        }
        return replay;
    }

    long endNanos() {
        return end;
    }

    StageReplay stage(int stage) {
        return state.get(stage);
    }

    private void startIfReady(int stage, long now) {
        StageReplay s = state.get(stage);
        if (!s.ready()) {
            return;
        }
        s.start(now);
        Pass pass = s.current();
        ChunkTiming chunk = timing.chunks().get(stage).get(pass.chunk());
        PassCost cost = pass.direction() == Direction.FORWARD ? chunk.forward() : chunk.backward();
        long kernelsEnd = now + book(s, cost);
        bars.accept(span(stage, "compute", pass, now, kernelsEnd));
        if (timing.reductionOverlaps() && s.completesGradients(pass)) {
            scheduleBuckets(stage, chunk.buckets(), now, kernelsEnd);
        }
        simulation.schedule(send(stage, pass, kernelsEnd), PASS, passDone, stage);
    }

    private static long book(StageReplay s, PassCost cost) {
        long compute = SimTime.nanos(cost.compute());
        long recompute = SimTime.nanos(cost.recompute());
        long tensor = SimTime.nanos(cost.tensor());
        long slowest = SimTime.nanos(cost.slowest());
        s.book(TimeState.COMPUTE, compute);
        s.book(TimeState.RECOMPUTE, recompute);
        s.book(TimeState.TENSOR_COMMUNICATION, tensor);
        s.book(TimeState.SLOWEST_GPU, slowest);
        return compute + recompute + tensor + slowest;
    }

    /** Sends a pass's result on; returns when the stage is free again. */
    private long send(int stage, Pass pass, long kernelsEnd) {
        int target = target(stage, pass);
        if (target < 0) {
            return kernelsEnd;
        }
        if (target == stage) {
            simulation.schedule(kernelsEnd, BUCKET, messageCome, code(target, next(stage, pass)));
            return kernelsEnd;
        }
        long arrival = kernelsEnd + SimTime.nanos(timing.message());
        bars.accept(span(stage, "pipeline", pass, kernelsEnd, arrival));
        simulation.schedule(arrival, PASS, messageCome, code(target, next(stage, pass)));
        if (!timing.messagesBlock()) {
            return kernelsEnd;
        }
        state.get(stage).book(TimeState.PIPELINE_COMMUNICATION, arrival - kernelsEnd);
        return arrival;
    }

    /** Stage that takes a pass's result, -1 if none does. */
    private int target(int stage, Pass pass) {
        if (pass.direction() == Direction.FORWARD) {
            boolean lastOfAll = stage == stages - 1 && pass.chunk() == chunks - 1;
            return lastOfAll ? stage : (stage + 1) % stages;
        }
        return stage == 0 && pass.chunk() == 0 ? -1 : (stage + stages - 1) % stages;
    }

    /** The pass that a pass's result is the input of. */
    private Pass next(int stage, Pass pass) {
        if (pass.direction() == Direction.FORWARD) {
            if (stage < stages - 1) {
                return pass;
            }
            return pass.chunk() == chunks - 1
                    ? new Pass(Direction.BACKWARD, pass.microBatch(), pass.chunk())
                    : new Pass(Direction.FORWARD, pass.microBatch(), pass.chunk() + 1);
        }
        return stage > 0 ? pass : new Pass(Direction.BACKWARD, pass.microBatch(), pass.chunk() - 1);
    }

    private int code(int stage, Pass pass) {
        int direction = pass.direction().ordinal();
        return ((stage * 2 + direction) * chunks + pass.chunk()) * microBatches + pass.microBatch();
    }

    private void onMessage(long now, int code) {
        int microBatch = code % microBatches;
        int rest = code / microBatches;
        int chunk = rest % chunks;
        Direction direction = Direction.values()[rest / chunks % 2];
        int stage = rest / chunks / 2;
        state.get(stage).receive(new Pass(direction, microBatch, chunk));
        startIfReady(stage, now);
    }

    private void onPassDone(long now, int stage) {
        StageReplay s = state.get(stage);
        s.complete(now);
        if (!s.finished()) {
            startIfReady(stage, now);
            return;
        }
        if (!timing.reductionOverlaps()) {
            for (ChunkTiming chunk : timing.chunks().get(stage)) {
                chunk.buckets().forEach(seconds -> s.expectBucket(SimTime.nanos(seconds)));
                chunk.buckets().forEach(seconds -> onBucketReady(now, stage));
            }
        }
        long ready = Math.max(now, s.dataStreamFree());
        s.book(TimeState.DATA_COMMUNICATION, ready - now);
        simulation.schedule(ready, STAGE, gradientsDone, stage);
    }

    private void scheduleBuckets(int stage, List<Double> buckets, long start, long end) {
        for (int i = 0; i < buckets.size(); i++) {
            state.get(stage).expectBucket(SimTime.nanos(buckets.get(i)));
            long ready = start + Math.round((end - start) * (i + 1.0) / buckets.size());
            simulation.schedule(ready, BUCKET, bucketReady, stage);
        }
    }

    private void onBucketReady(long now, int stage) {
        StageReplay s = state.get(stage);
        long start = s.reduceBucket(now);
        if (s.dataStreamFree() > start) {
            bars.accept(new Span(stage, "data", "reduce", Span.Kind.GRADIENT_REDUCTION, start, s.dataStreamFree()));
        }
    }

    private void onGradientsDone(long now, int stage) {
        gradientsReady[stage] = now;
        stagesLeft--;
        if (stagesLeft == 0) {
            update(now);
        }
    }

    /** The rest is the same for every schedule, so it is arithmetic: tied embedding, norm, update, gather. */
    private void update(long lastReady) {
        long tied = SimTime.nanos(timing.tiedReduction());
        long ends = Math.max(gradientsReady[0], gradientsReady[stages - 1]) + tied;
        long allReady = Math.max(lastReady, ends);
        for (int i = 0; i < stages; i++) {
            long shared = i == 0 || i == stages - 1 ? tied : 0;
            StageReplay s = state.get(i);
            s.book(TimeState.DATA_COMMUNICATION, shared);
            s.book(TimeState.BUBBLE, allReady - gradientsReady[i] - shared);
            long optimizer = SimTime.nanos(timing.optimizer().get(i));
            long gather = SimTime.nanos(timing.gather().get(i));
            s.book(TimeState.OPTIMIZER, optimizer);
            s.book(TimeState.DATA_COMMUNICATION, gather);
            long updated = allReady + optimizer;
            bars.accept(new Span(i, "compute", "update", Span.Kind.OPTIMIZER, allReady, updated));
            if (gather > 0) {
                bars.accept(new Span(i, "data", "gather", Span.Kind.PARAMETER_GATHER, updated, updated + gather));
            }
            gradientsReady[i] = updated + gather;
            end = Math.max(end, gradientsReady[i]);
        }
        for (int i = 0; i < stages; i++) {
            state.get(i).book(TimeState.BUBBLE, end - gradientsReady[i]);
        }
    }

    private Span span(int stage, String stream, Pass pass, long start, long end) {
        boolean forward = pass.direction() == Direction.FORWARD;
        Span.Kind kind = forward ? Span.Kind.FORWARD : Span.Kind.BACKWARD;
        String label = (forward ? "F" : "B") + pass.microBatch() + (chunks > 1 ? "." + pass.chunk() : "");
        return new Span(stage, stream, label, stream.equals("compute") ? kind : Span.Kind.SEND, start, end);
    }

    private String deadlock() {
        StringBuilder text = new StringBuilder("the pipeline schedule deadlocks:");
        for (int i = 0; i < stages; i++) {
            if (!state.get(i).finished()) {
                Pass pass = state.get(i).current();
                text.append(" stage ")
                        .append(i)
                        .append(" waits for ")
                        .append(span(i, "compute", pass, 0, 0).label())
                        .append(';');
            }
        }
        return text.toString();
    }
}
