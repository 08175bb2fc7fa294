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
 * Runs one step on the event engine. Replicas that do the same at the same time form a class; each pipeline stage of a class,
 * a lane, stands for all its GPUs. It has three streams: compute runs the passes in the order of the schedule, pipeline
 * carries messages, data, which all classes of a stage share, reduces gradients. A pass starts when its stage is free and its input has come. When the gradients of all stages are complete
 * (their norm needs them all), each stage updates its parameters; with a schedule that validates after the update, each
 * when its own are, and then goes on to the next step, so that the longest time that a stage is at work is the step.
 *
 * <p>Every nanosecond of a lane's compute stream is booked to one {@link TimeState}, so the states of a lane sum to the
 * step.
 */
final class StepReplay {

    /** At one instant: gradients that become ready are reduced, then passes end, then stages are declared done. */
    private static final int BUCKET = 0;

    private static final int PASS = 1;
    private static final int STAGE = 2;

    private static final TimeState[] STATES = TimeState.values();

    /** Classes whose bars are told; a timeline of hundreds of replicas could not be read. */
    private static final int TOLD_CLASSES = 8;

    private final List<ReplicaTiming> classes;
    private final StepTiming timing;
    private final boolean validatesAfterUpdate;
    private final ChunkRoute route;
    private final int stages;
    private final int chunks;
    private final int microBatches;
    private final Simulation simulation;
    private final List<StageReplay> lanes = new ArrayList<>();
    private final List<StageReduction> reductions = new ArrayList<>();
    private final Consumer<Span> bars;
    private final long[] gradientsReady;
    private final int passDone;
    private final int messageCome;
    private final int bucketReady;
    private final int gradientsDone;
    private int stagesLeft;
    private long end;

    private StepReplay(List<ReplicaTiming> classes, Simulation simulation, Consumer<Span> bars) {
        this.classes = List.copyOf(classes);
        ReplicaTiming first = classes.get(0);
        this.timing = first.timing();
        this.validatesAfterUpdate = first.program().validatesAfterUpdate();
        this.route = first.program().route();
        this.stages = timing.stages();
        this.chunks = timing.chunksPerStage();
        this.microBatches =
                classes.stream().mapToInt(ReplicaTiming::microBatches).max().orElseThrow();
        this.simulation = simulation;
        this.bars = bars;
        this.gradientsReady = new long[stages];
        this.stagesLeft = stages;
        for (ReplicaTiming alike : classes) {
            alike.program().stages().forEach(order -> lanes.add(new StageReplay(order, chunks, microBatches)));
        }
        for (int i = 0; i < stages; i++) {
            reductions.add(new StageReduction(classes.size()));
        }
        this.passDone = simulation.register(this::onPassDone);
        this.messageCome = simulation.register(this::onMessage);
        this.bucketReady = simulation.register(this::onBucketReady);
        this.gradientsDone = simulation.register(this::onGradientsDone);
    }

    /** Replays one step of replicas that are all alike. */
    static StepReplay run(StepTiming timing, PipelineProgram program, Simulation simulation, Consumer<Span> bars) {
        return run(List.of(ReplicaTiming.all(timing, program)), simulation, bars);
    }

    /**
     * Replays one step on a fresh simulation.
     *
     * @param classes replicas that do the same at the same time; they have their schedule in common
     * @param bars told every bar of the timeline when it starts
     * @throws IllegalStateException if the schedule deadlocks: a stage waits for an input that nobody will send
     */
    static StepReplay run(List<ReplicaTiming> classes, Simulation simulation, Consumer<Span> bars) {
        StepReplay replay = new StepReplay(classes, simulation, bars);
        replay.feed();
        simulation.run();
        if (replay.stagesLeft > 0) {
            throw new IllegalStateException(replay.deadlock());
        }
        return replay;
    }

    /** The data are there from the start, wherever the first piece of the model lies. */
    private void feed() {
        for (int lane = 0; lane < lanes.size(); lane++) {
            for (int slot = 0; slot < route.slots(); slot++) {
                if (route.previous(slot) == ChunkRoute.END && route.stage(slot) == stageOf(lane)) {
                    for (int i = 0; i < classOf(lane).microBatches(); i++) {
                        lanes.get(lane).receive(Input.ACTIVATIONS, route.chunk(slot), i);
                    }
                }
            }
            startIfReady(lane, 0);
        }
    }

    private int stageOf(int lane) {
        return lane % stages;
    }

    private ReplicaTiming classOf(int lane) {
        return classes.get(lane / stages);
    }

    /** Duration of the step. */
    long endNanos() {
        return end;
    }

    StageReplay stage(int stage) {
        return lanes.get(stage);
    }

    /** A stage of a class of replicas. */
    StageReplay stage(int ofClass, int stage) {
        return lanes.get(ofClass * stages + stage);
    }

    private void startIfReady(int lane, long now) {
        StageReplay s = lanes.get(lane);
        if (!s.ready()) {
            return;
        }
        s.start(now);
        Pass pass = s.current();
        int stage = stageOf(lane);
        ChunkTiming chunk = classOf(lane).timing().chunks().get(stage).get(pass.chunk());
        PassCost priced = cost(chunk, pass, s.completesGradients(pass));
        PassCost cost = classOf(lane).jitter().apply(priced, stage, pass.microBatch());
        long kernelsEnd = now + book(s, cost);
        tell(lane, "compute", label(pass), colour(pass.kind()), now, kernelsEnd, cost.mix());
        if (timing.reductionOverlaps() && s.completesGradients(pass)) {
            scheduleBuckets(lane, chunk.buckets(), now, kernelsEnd);
        }
        simulation.schedule(send(lane, pass, kernelsEnd), PASS, passDone, lane);
    }

    private static PassCost cost(ChunkTiming chunk, Pass pass, boolean completesGradients) {
        boolean first = pass.kind() == Pass.Kind.FORWARD && pass.microBatch() == 0;
        PassCost cost = chunk.of(pass.kind());
        cost = first ? cost.plus(chunk.first()) : cost;
        return completesGradients ? cost.plus(chunk.last()) : cost;
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

    /** Sends a pass's result on; returns when the lane is free again. */
    private long send(int lane, Pass pass, long kernelsEnd) {
        if (pass.kind() == Kind.WEIGHT) {
            return kernelsEnd;
        }
        int stage = stageOf(lane);
        int own = route.slot(stage, pass.chunk());
        boolean forward = pass.kind() == Kind.FORWARD;
        int target = forward ? route.next(own) : route.previous(own);
        if (target == ChunkRoute.END && !forward) {
            return kernelsEnd;
        }
        // The loss turns the last activations into the first gradient on the spot.
        boolean loss = target == ChunkRoute.END;
        int slot = loss ? own : target;
        int code = code(lane / stages, slot, forward && !loss ? Input.ACTIVATIONS : Input.GRADIENT, pass.microBatch());
        if (route.stage(slot) == stage) {
            simulation.schedule(kernelsEnd, BUCKET, messageCome, code);
            return kernelsEnd;
        }
        long arrival = kernelsEnd + SimTime.nanos(classOf(lane).message(stage, route.stage(slot)));
        tell(lane, "pipeline", label(pass), Span.Kind.SEND, kernelsEnd, arrival, Span.Mix.EXCHANGE);
        simulation.schedule(arrival, PASS, messageCome, code);
        if (!timing.messagesBlock()) {
            return kernelsEnd;
        }
        lanes.get(lane).book(TimeState.PIPELINE_COMMUNICATION, arrival - kernelsEnd);
        return arrival;
    }

    private int code(int ofClass, int slot, Input input, int microBatch) {
        return ((ofClass * route.slots() + slot) * 2 + input.ordinal()) * microBatches + microBatch;
    }

    private void onMessage(long now, int code) {
        int microBatch = code % microBatches;
        int rest = code / microBatches;
        int slot = rest / 2 % route.slots();
        int lane = rest / 2 / route.slots() * stages + route.stage(slot);
        lanes.get(lane).receive(rest % 2 == 0 ? Input.ACTIVATIONS : Input.GRADIENT, route.chunk(slot), microBatch);
        startIfReady(lane, now);
    }

    private void onPassDone(long now, int lane) {
        StageReplay s = lanes.get(lane);
        s.complete(now);
        if (!s.finished()) {
            startIfReady(lane, now);
            return;
        }
        int stage = stageOf(lane);
        long compression = SimTime.nanos(timing.compression().get(stage));
        long encoded = now + compression;
        StageReduction reduction = reductions.get(stage);
        if (!timing.reductionOverlaps()) {
            for (ChunkTiming chunk : classOf(lane).timing().chunks().get(stage)) {
                chunk.buckets().forEach(seconds -> reduction.expect(lane / stages, SimTime.nanos(seconds)));
                chunk.buckets().forEach(seconds -> onBucketReady(encoded, lane));
            }
        }
        if (reduction.laneFinished()) {
            long ready = Math.max(encoded, reduction.free());
            for (int i = stage; i < lanes.size(); i += stages) {
                lanes.get(i).book(TimeState.STRAGGLER_WAIT, now - lanes.get(i).doneNanos());
                lanes.get(i).book(TimeState.COMPRESSION, compression);
                lanes.get(i).book(TimeState.DATA_COMMUNICATION, ready - encoded);
            }
            simulation.schedule(ready, STAGE, gradientsDone, stage);
        }
    }

    private void scheduleBuckets(int lane, List<Double> buckets, long start, long end) {
        for (int i = 0; i < buckets.size(); i++) {
            reductions.get(stageOf(lane)).expect(lane / stages, SimTime.nanos(buckets.get(i)));
            long ready = start + Math.round((end - start) * (i + 1.0) / buckets.size());
            simulation.schedule(ready, BUCKET, bucketReady, lane);
        }
    }

    private void onBucketReady(long now, int lane) {
        int stage = stageOf(lane);
        StageReduction reduction = reductions.get(stage);
        if (reduction.ready(lane / stages, now) && reduction.lastNanos() > 0) {
            long free = reduction.free();
            bars.accept(new Span(
                    stage,
                    "data",
                    "reduce",
                    Span.Kind.GRADIENT_REDUCTION,
                    free - reduction.lastNanos(),
                    free,
                    Span.Mix.EXCHANGE));
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
            update(i, validatesAfterUpdate ? own : allReady, shares ? tied : 0);
        }
        for (int i = 0; i < stages; i++) {
            end = Math.max(end, gradientsReady[i] - begin(i));
        }
        for (int lane = 0; lane < lanes.size(); lane++) {
            // A stage that goes on alone idles before its first pass only because the step is drawn from a common
            // start.
            lanes.get(lane).book(TimeState.BUBBLE, end - gradientsReady[stageOf(lane)]);
        }
    }

    /** Where a stage's share of the step begins: with its first pass if it went on from the last step alone. */
    private long begin(int stage) {
        long begin = lanes.get(stage).startNanos();
        for (int lane = stage; lane < lanes.size(); lane += stages) {
            begin = Math.min(begin, lanes.get(lane).startNanos());
        }
        return validatesAfterUpdate ? begin : 0;
    }

    private void update(int stage, long start, long shared) {
        long gather = SimTime.nanos(timing.gather().get(stage));
        long transfer = SimTime.nanos(timing.hostTransfer().get(stage));
        long updated = start;
        for (ReplicaTiming alike : classes) {
            updated = Math.max(
                    updated, start + SimTime.nanos(alike.timing().optimizer().get(stage)));
        }
        for (int lane = stage; lane < lanes.size(); lane += stages) {
            double slowest = classOf(lane).timing().optimizer().get(stage);
            long own = SimTime.nanos(slowest * classOf(lane).ownShares().get(stage));
            StageReplay s = lanes.get(lane);
            s.book(TimeState.DATA_COMMUNICATION, shared + gather);
            s.book(TimeState.BUBBLE, start - gradientsReady[stage] - shared);
            s.book(TimeState.OPTIMIZER, own);
            s.book(TimeState.HOST_TRANSFER, transfer);
            s.book(TimeState.STRAGGLER_WAIT, updated - start - own);
            tell(
                    lane,
                    "compute",
                    "update",
                    Span.Kind.OPTIMIZER,
                    start,
                    start + SimTime.nanos(slowest),
                    Span.Mix.UPDATE);
        }
        updated += transfer;
        if (gather > 0) {
            bars.accept(new Span(
                    stage, "data", "gather", Span.Kind.PARAMETER_GATHER, updated, updated + gather, Span.Mix.EXCHANGE));
        }
        gradientsReady[stage] = updated + gather;
    }

    private void tell(int lane, String stream, String label, Span.Kind kind, long start, long end, Span.Mix mix) {
        int ofClass = lane / stages;
        if (ofClass < TOLD_CLASSES) {
            String of = classes.size() == 1
                    ? stream
                    : stream + Span.OF_REPLICAS + classOf(lane).name();
            bars.accept(new Span(stageOf(lane), of, label, kind, start, end, mix));
        }
    }

    private String label(Pass pass) {
        return pass.kind().letter() + pass.microBatch() + (chunks > 1 ? "." + pass.chunk() : "");
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
        for (int i = 0; i < lanes.size(); i++) {
            if (!lanes.get(i).finished()) {
                text.append(" stage ")
                        .append(stageOf(i))
                        .append(" waits for ")
                        .append(label(lanes.get(i).current()))
                        .append(';');
            }
        }
        return text.toString();
    }
}
