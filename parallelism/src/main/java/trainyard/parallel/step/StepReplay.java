package trainyard.parallel.step;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import trainyard.parallel.schedule.ChunkRoute;
import trainyard.parallel.schedule.Pass;
import trainyard.parallel.schedule.Pass.Kind;
import trainyard.parallel.schedule.PipelineProgram;
import trainyard.parallel.step.StageReplay.Input;
import trainyard.parallel.step.StepTiming.ChunkTiming;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;

/**
 * Runs one step on the event engine. Each pipeline stage stands for all its GPUs, which do the same at the same time, and
 * has three streams: compute runs the passes in the order of the schedule, pipeline carries messages, data reduces
 * gradients. A pass starts when its stage is free and its input has come. When the gradients of all stages are complete
 * (their norm needs them all), each stage updates its parameters; with a schedule that validates after the update, each
 * when its own are, and then goes on to the next step, so that the longest time that a stage is at work is the step.
 *
 * <p>Every nanosecond of a stage's compute stream is booked to one {@link TimeState}, so the states of a stage sum to the
 * step.
 */
final class StepReplay {

    /** At one instant: gradients that become ready are reduced, then passes end, then stages are declared done. */
    private static final int BUCKET = 0;

    private static final int PASS = 1;
    private static final int STAGE = 2;

    private static final TimeState[] STATES = TimeState.values();

    private final StepTiming timing;
    private final PipelineProgram program;
    private final ChunkRoute route;
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

    private StepReplay(StepTiming timing, PipelineProgram program, Simulation simulation, Consumer<Span> bars) {
        this.timing = timing;
        this.program = program;
        this.route = program.route();
        this.stages = timing.stages();
        this.chunks = timing.chunksPerStage();
        this.microBatches = program.shape().microBatches();
        this.simulation = simulation;
        this.bars = bars;
        this.gradientsReady = new long[stages];
        this.stagesLeft = stages;
        for (int i = 0; i < stages; i++) {
            state.add(new StageReplay(program.stages().get(i), chunks, microBatches));
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
    static StepReplay run(StepTiming timing, PipelineProgram program, Simulation simulation, Consumer<Span> bars) {
        StepReplay replay = new StepReplay(timing, program, simulation, bars);
        replay.feed();
        simulation.run();
        if (replay.stagesLeft > 0) {
            throw new IllegalStateException(replay.deadlock());
        }
        return replay;
    }

    /** The data are there from the start, wherever the first piece of the model lies. */
    private void feed() {
        for (int slot = 0; slot < route.slots(); slot++) {
            if (route.previous(slot) == ChunkRoute.END) {
                for (int i = 0; i < microBatches; i++) {
                    state.get(route.stage(slot)).receive(Input.ACTIVATIONS, route.chunk(slot), i);
                }
            }
        }
        for (int i = 0; i < stages; i++) {
            startIfReady(i, 0);
        }
    }

    /** Duration of the step. */
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
        PassCost cost = cost(chunk, pass, s.completesGradients(pass));
        long kernelsEnd = now + book(s, cost);
        bars.accept(span(stage, "compute", pass, now, kernelsEnd));
        if (timing.reductionOverlaps() && s.completesGradients(pass)) {
            scheduleBuckets(stage, chunk.buckets(), now, kernelsEnd);
        }
        simulation.schedule(send(stage, pass, kernelsEnd), PASS, passDone, stage);
    }

    private static PassCost cost(ChunkTiming chunk, Pass pass, boolean completesGradients) {
        boolean first = pass.kind() == Pass.Kind.FORWARD && pass.microBatch() == 0;
        double once = (first ? chunk.firstGather() : 0) + (completesGradients ? chunk.lastReduction() : 0);
        return chunk.of(pass.kind()).plus(PassCost.data(once));
    }

    private static long book(StageReplay s, PassCost cost) {
        long sum = 0;
        for (TimeState state : STATES) {
            long nanos = SimTime.nanos(cost.in(state));
            s.book(state, nanos);
            sum += nanos;
        }
        return sum;
    }

    /** Sends a pass's result on; returns when the stage is free again. */
    private long send(int stage, Pass pass, long kernelsEnd) {
        if (pass.kind() == Kind.WEIGHT) {
            return kernelsEnd;
        }
        int own = route.slot(stage, pass.chunk());
        boolean forward = pass.kind() == Kind.FORWARD;
        int target = forward ? route.next(own) : route.previous(own);
        if (target == ChunkRoute.END && !forward) {
            return kernelsEnd;
        }
        // The loss turns the last activations into the first gradient on the spot.
        boolean loss = target == ChunkRoute.END;
        int slot = loss ? own : target;
        int code = code(slot, forward && !loss ? Input.ACTIVATIONS : Input.GRADIENT, pass.microBatch());
        if (route.stage(slot) == stage) {
            simulation.schedule(kernelsEnd, BUCKET, messageCome, code);
            return kernelsEnd;
        }
        long arrival = kernelsEnd + SimTime.nanos(timing.message());
        bars.accept(span(stage, "pipeline", pass, kernelsEnd, arrival));
        simulation.schedule(arrival, PASS, messageCome, code);
        if (!timing.messagesBlock()) {
            return kernelsEnd;
        }
        state.get(stage).book(TimeState.PIPELINE_COMMUNICATION, arrival - kernelsEnd);
        return arrival;
    }

    private int code(int slot, Input input, int microBatch) {
        return (slot * 2 + input.ordinal()) * microBatches + microBatch;
    }

    private void onMessage(long now, int code) {
        int microBatch = code % microBatches;
        int rest = code / microBatches;
        int slot = rest / 2;
        int stage = route.stage(slot);
        state.get(stage).receive(rest % 2 == 0 ? Input.ACTIVATIONS : Input.GRADIENT, route.chunk(slot), microBatch);
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
            boolean shares = tied > 0 && (i == 0 || i == stages - 1);
            long own = shares ? ends : gradientsReady[i];
            update(i, program.validatesAfterUpdate() ? own : allReady, shares ? tied : 0);
        }
        for (int i = 0; i < stages; i++) {
            end = Math.max(end, gradientsReady[i] - begin(i));
        }
        for (int i = 0; i < stages; i++) {
            // A stage that goes on alone idles before its first pass only because the step is drawn from a common
            // start.
            state.get(i).book(TimeState.BUBBLE, end - gradientsReady[i]);
        }
    }

    /** Where a stage's share of the step begins: with its first pass if it went on from the last step alone. */
    private long begin(int stage) {
        return program.validatesAfterUpdate() ? state.get(stage).startNanos() : 0;
    }

    private void update(int stage, long start, long shared) {
        StageReplay s = state.get(stage);
        s.book(TimeState.DATA_COMMUNICATION, shared);
        s.book(TimeState.BUBBLE, start - gradientsReady[stage] - shared);
        long optimizer = SimTime.nanos(timing.optimizer().get(stage));
        long gather = SimTime.nanos(timing.gather().get(stage));
        s.book(TimeState.OPTIMIZER, optimizer);
        s.book(TimeState.DATA_COMMUNICATION, gather);
        long updated = start + optimizer;
        bars.accept(new Span(stage, "compute", "update", Span.Kind.OPTIMIZER, start, updated));
        if (gather > 0) {
            bars.accept(new Span(stage, "data", "gather", Span.Kind.PARAMETER_GATHER, updated, updated + gather));
        }
        gradientsReady[stage] = updated + gather;
    }

    private Span span(int stage, String stream, Pass pass, long start, long end) {
        String label = pass.kind().letter() + pass.microBatch() + (chunks > 1 ? "." + pass.chunk() : "");
        Span.Kind kind = stream.equals("compute") ? colour(pass.kind()) : Span.Kind.SEND;
        return new Span(stage, stream, label, kind, start, end);
    }

    private static Span.Kind colour(Kind kind) {
        return switch (kind) {
            case FORWARD -> Span.Kind.FORWARD;
            case BACKWARD -> Span.Kind.BACKWARD;
            case INPUT_BACKWARD -> Span.Kind.INPUT_BACKWARD;
            case WEIGHT -> Span.Kind.WEIGHT_GRADIENT;
        };
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
