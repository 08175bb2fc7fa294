package trainyard.parallel.step.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import trainyard.parallel.schedule.ChunkRoute;
import trainyard.parallel.schedule.Pass;
import trainyard.parallel.schedule.Pass.Kind;
import trainyard.parallel.step.cost.Span;
import trainyard.parallel.step.cost.TimeState;
import trainyard.parallel.step.price.PassCost;
import trainyard.parallel.step.price.StepTiming;
import trainyard.parallel.step.price.StepTiming.ChunkTiming;
import trainyard.parallel.step.replay.ReplicaPasses.Completion;
import trainyard.parallel.step.replay.ReplicaPasses.StagePasses;
import trainyard.parallel.step.replay.StageReplay.Input;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;

/**
 * Runs the passes of one class of replicas on the event engine. Each pipeline stage, a lane, stands for all its GPUs; its
 * compute stream runs the passes in the order of the schedule, its pipeline stream carries messages. A pass starts when its
 * stage is free and its input has come. Nothing in it depends on other classes, which a class meets only when gradients are
 * summed.
 */
public final class PassReplay {

    /** At one instant: inputs from the same stage come, then passes end. */
    private static final int INPUT = 0;

    private static final int PASS = 1;

    private static final TimeState[] STATES = TimeState.values();

    private final ReplicaTiming replicas;
    private final StepTiming timing;
    private final ChunkRoute route;
    private final int microBatches;
    private final Simulation simulation;
    private final List<StageReplay> lanes = new ArrayList<>();
    private final List<List<Completion>> gradients = new ArrayList<>();
    private final StepBars bars;
    private final int passDone;
    private final int messageCome;

    private PassReplay(ReplicaTiming replicas, Simulation simulation, StepBars bars) {
        this.replicas = replicas;
        this.timing = replicas.timing();
        this.route = replicas.program().route();
        this.microBatches = replicas.microBatches();
        this.simulation = simulation;
        this.bars = bars;
        for (List<Pass> order : replicas.program().stages()) {
            lanes.add(new StageReplay(order, timing.chunksPerStage(), microBatches));
            gradients.add(new ArrayList<>());
        }
        this.passDone = simulation.register(this::onPassDone);
        this.messageCome = simulation.register(this::onMessage);
    }

    /**
     * Replays the passes on a fresh simulation.
     *
     * @throws trainyard.parallel.plan.PlanException if the step may be longer than can be simulated
     * @throws IllegalStateException if the schedule deadlocks: a stage waits for an input that nobody will send
     */
    public static ReplicaPasses run(ReplicaTiming replicas, Simulation simulation, StepBars bars) {
        replicas.timing().requireShort(replicas.microBatches());
        PassReplay replay = new PassReplay(replicas, simulation, bars);
        replay.feed();
        simulation.run();
        return replay.result();
    }

    /** The data are there from the start, wherever the first piece of the model lies. */
    private void feed() {
        for (int lane = 0; lane < lanes.size(); lane++) {
            for (int slot = 0; slot < route.slots(); slot++) {
                if (route.previous(slot) == ChunkRoute.END && route.stage(slot) == lane) {
                    for (int i = 0; i < microBatches; i++) {
                        lanes.get(lane).receive(Input.ACTIVATIONS, route.chunk(slot), i);
                    }
                }
            }
            startIfReady(lane, 0);
        }
    }

    private void startIfReady(int lane, long now) {
        StageReplay s = lanes.get(lane);
        if (!s.ready()) {
            return;
        }
        s.start(now);
        Pass pass = s.current();
        boolean completes = s.completesGradients(pass);
        PassCost priced = cost(timing.chunks().get(lane).get(pass.chunk()), pass, s.isFirst(pass), completes);
        PassCost cost = replicas.jitter().apply(priced, lane, pass.microBatch());
        long kernelsEnd = now + book(s, cost);
        bars.tell(lane, "compute", label(pass), colour(pass.kind()), now, kernelsEnd, cost.mix());
        if (completes) {
            gradients.get(lane).add(new Completion(pass.chunk(), now, kernelsEnd));
        }
        long sums = completes ? sums(timing.chunks().get(lane).get(pass.chunk()), pass) : 0;
        simulation.schedule(send(lane, pass, kernelsEnd - sums) + sums, PASS, passDone, lane);
    }

    private static PassCost cost(ChunkTiming chunk, Pass pass, boolean first, boolean completesGradients) {
        PassCost cost = completesGradients ? chunk.completing(pass.kind()) : chunk.of(pass.kind());
        return first ? cost.plus(chunk.first()) : cost;
    }

    /** Nanoseconds at the end of a pass that wait for sums of gradients alone; its result does not. */
    private static long sums(ChunkTiming chunk, Pass pass) {
        PassCost beyond = chunk.beyond(pass.kind());
        return Math.max(
                0,
                Arrays.stream(STATES)
                        .mapToLong(state -> SimTime.nanos(beyond.in(state)))
                        .sum());
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
        int own = route.slot(lane, pass.chunk());
        boolean forward = pass.kind() == Kind.FORWARD;
        int target = forward ? route.next(own) : route.previous(own);
        if (target == ChunkRoute.END && !forward) {
            return kernelsEnd;
        }
        // The loss turns the last activations into the first gradient on the spot.
        boolean loss = target == ChunkRoute.END;
        int slot = loss ? own : target;
        int code = code(slot, forward && !loss ? Input.ACTIVATIONS : Input.GRADIENT, pass.microBatch());
        if (route.stage(slot) == lane) {
            simulation.schedule(kernelsEnd, INPUT, messageCome, code);
            return kernelsEnd;
        }
        long arrival = kernelsEnd + SimTime.nanos(replicas.message(lane, route.stage(slot)));
        bars.tell(lane, "pipeline", label(pass), Span.Kind.SEND, kernelsEnd, arrival, Span.Mix.EXCHANGE);
        simulation.schedule(arrival, PASS, messageCome, code);
        if (!timing.messagesBlock()) {
            return kernelsEnd;
        }
        lanes.get(lane).book(TimeState.PIPELINE_COMMUNICATION, arrival - kernelsEnd);
        return arrival;
    }

    private int code(int slot, Input input, int microBatch) {
        return (slot * 2 + input.ordinal()) * microBatches + microBatch;
    }

    private void onMessage(long now, int code) {
        int microBatch = code % microBatches;
        int rest = code / microBatches;
        int slot = rest / 2;
        int lane = route.stage(slot);
        lanes.get(lane).receive(rest % 2 == 0 ? Input.ACTIVATIONS : Input.GRADIENT, route.chunk(slot), microBatch);
        startIfReady(lane, now);
    }

    private void onPassDone(long now, int lane) {
        lanes.get(lane).complete(now);
        startIfReady(lane, now);
    }

    private ReplicaPasses result() {
        if (!lanes.stream().allMatch(StageReplay::finished)) {
            throw new IllegalStateException(deadlock());
        }
        List<StagePasses> stages = new ArrayList<>();
        for (int i = 0; i < lanes.size(); i++) {
            StageReplay lane = lanes.get(i);
            stages.add(new StagePasses(
                    lane.startNanos(), lane.doneNanos(), lane.bookings(), List.copyOf(gradients.get(i))));
        }
        return new ReplicaPasses(List.copyOf(stages));
    }

    private String label(Pass pass) {
        return pass.kind().letter() + pass.microBatch() + (timing.chunksPerStage() > 1 ? "." + pass.chunk() : "");
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
                        .append(i)
                        .append(" waits for ")
                        .append(label(lanes.get(i).current()))
                        .append(';');
            }
        }
        return text.toString();
    }
}
