package trainyard.parallel.step.analytic;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import trainyard.parallel.step.cost.TimeState;
import trainyard.parallel.step.price.PassCost;
import trainyard.parallel.step.price.StepTiming;
import trainyard.parallel.step.price.StepTiming.ChunkTiming;

/**
 * Duration and states of a step from its pipeline times, in closed form. Gradient buckets of r seconds each that become
 * ready evenly over the last backward pass of a chunk, from s to e, keep the data stream busy until
 *
 * <pre>  max( max(free, s + (e - s) / n) + n r,  e + r ) </pre>
 *
 * since the queue is longest either behind the first bucket or at the last. Then come the sum of the tied embedding, the
 * update when all gradients are there, and the gathering of parameters, as in the replay.
 */
public final class AnalyticStep {

    private final StepTiming timing;
    private final PipelineTimes pipeline;
    private final double[] gradientsReady;
    private final double allReady;
    private final double seconds;

    /**
     * @param timing durations of the step
     * @param pipeline what its passes take together
     */
    public AnalyticStep(StepTiming timing, PipelineTimes pipeline) {
        this.timing = timing;
        this.pipeline = pipeline;
        this.gradientsReady = new double[timing.stages()];
        double last = 0;
        for (int stage = 0; stage < timing.stages(); stage++) {
            gradientsReady[stage] = Math.max(encoded(stage), reduced(stage));
            last = Math.max(last, gradientsReady[stage]);
        }
        double ends = Math.max(gradientsReady[0], gradientsReady[timing.stages() - 1]);
        this.allReady = Math.max(last, ends + timing.tiedReduction());
        double end = 0;
        for (int stage = 0; stage < timing.stages(); stage++) {
            end = Math.max(end, allReady + afterGradients(stage));
        }
        this.seconds = end;
    }

    /** Duration of the step. */
    public double seconds() {
        return seconds;
    }

    private double afterGradients(int stage) {
        return timing.optimizer().get(stage)
                + timing.hostTransfer().get(stage)
                + timing.gather().get(stage);
    }

    /** When a stage has computed and compressed its gradients. */
    private double encoded(int stage) {
        return pipeline.done()[stage] + timing.compression().get(stage);
    }

    /** When the last bucket of a stage is reduced. */
    private double reduced(int stage) {
        List<ChunkTiming> chunks = timing.chunks().get(stage);
        double free = timing.reductionOverlaps() ? 0 : encoded(stage);
        for (int chunk = chunks.size() - 1; chunk >= 0; chunk--) {
            List<Double> buckets = chunks.get(chunk).buckets();
            if (buckets.isEmpty()) {
                continue;
            }
            double each = buckets.get(0);
            int count = buckets.size();
            if (!timing.reductionOverlaps()) {
                free += count * each;
                continue;
            }
            int slot = stage * chunks.size() + chunk;
            double start = pipeline.gradientStart()[slot];
            double end = pipeline.gradientEnd()[slot];
            double first = start + (end - start) / count;
            free = Math.max(Math.max(free, first) + count * each, end + each);
        }
        return free;
    }

    /** Nanoseconds of the whole step. */
    public long nanos() {
        return Math.round(seconds * 1e9);
    }

    /**
     * Nanoseconds of each state of a stage; what no pass, exchange or update accounts for is the bubble, so they sum to
     * the step.
     *
     * @param microBatches passes of each chunk in each direction
     */
    public Map<TimeState, Long> booked(int stage, int microBatches) {
        PassCost work = PassCost.ZERO;
        for (ChunkTiming chunk : timing.chunks().get(stage)) {
            work = work.plus(chunk.forward()).plus(chunk.backward());
        }
        boolean shared = stage == 0 || stage == timing.stages() - 1;
        PassCost once = timing.once(stage);
        double data = microBatches * work.transfers().data()
                + once.transfers().data()
                + Math.max(0, gradientsReady[stage] - encoded(stage))
                + (shared ? timing.tiedReduction() : 0)
                + timing.gather().get(stage);
        Map<TimeState, Long> booked = new EnumMap<>(TimeState.class);
        for (TimeState state : TimeState.values()) {
            booked.put(state, nanos(microBatches * work.in(state) + once.in(state)));
        }
        booked.put(TimeState.PIPELINE_COMMUNICATION, nanos(microBatches * timing.blockedSeconds(stage)));
        booked.put(TimeState.DATA_COMMUNICATION, nanos(data));
        booked.put(TimeState.COMPRESSION, nanos(timing.compression().get(stage)));
        booked.put(TimeState.OPTIMIZER, nanos(timing.optimizer().get(stage)));
        double host = microBatches * work.transfers().host()
                + once.transfers().host()
                + timing.hostTransfer().get(stage);
        booked.put(TimeState.HOST_TRANSFER, nanos(host));
        List<Long> parts = new ArrayList<>(booked.values());
        booked.put(
                TimeState.BUBBLE,
                nanos() - parts.stream().mapToLong(Long::longValue).sum());
        return booked;
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
