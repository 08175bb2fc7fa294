package trainyard.training.pipeline;

import java.util.Arrays;
import trainyard.training.clock.GradientWork;
import trainyard.training.problem.Batch;
import trainyard.training.rule.Play;
import trainyard.training.rule.TrainingContext;

/**
 * A pipeline whose stages take a backward pass whenever there is one, else a forward pass while not too many micro-batches are
 * under way (one forward, one backward). A stage that fails repeats its pass when it is back and keeps its parameters.
 */
final class PipelinePlay extends Play {
    private static final double FORWARD_SHARE = 1 / 3.0;
    private static final double[] NONE = {};

    private final Stages parts;
    private final PipelineFilling schedule;
    private final double activationBytes;

    /** What is kept of each micro-batch under way, in a ring. */
    private final MicroBatch[] microBatches;

    private final double[] sum;
    private final Lane[] lanes;

    /** Parameters that the stages read for a micro-batch, their versions, and its gradient. */
    private static final class MicroBatch {
        private final double[] parameters;
        private final long[] versions;
        private double[] gradient = NONE;

        MicroBatch(int parameters, int stages) {
            this.parameters = new double[parameters];
            versions = new long[stages];
        }
    }

    /** Counts of a stage: micro-batches whose passes it may take, has begun, and has finished. */
    private static final class Lane {
        private long forwardsThere;
        private long forwardsBegun;
        private long backwardsThere;
        private long backwardsDone;
        private boolean isForward;
        private boolean isBusy;
        private long updates;
    }

    PipelinePlay(TrainingContext context, Stages parts, PipelineFilling schedule, double activationBytes) {
        super(context);
        this.parts = parts;
        this.schedule = schedule;
        this.activationBytes = activationBytes;
        int parameters = context.problem().parameters();
        microBatches = new MicroBatch[schedule.underWay().applyAsInt(0)];
        Arrays.setAll(microBatches, i -> new MicroBatch(parameters, workers()));
        sum = new double[parameters];
        lanes = new Lane[workers()];
        Arrays.setAll(lanes, i -> new Lane());
        lanes[0].forwardsThere = Long.MAX_VALUE;
    }

    private MicroBatch microBatch(long index) {
        return microBatches[(int) (index % microBatches.length)];
    }

    @Override
    protected void begin(int i) {
        Lane lane = lanes[i];
        long underWay = lane.forwardsBegun - lane.backwardsDone;
        if (lane.backwardsThere > lane.backwardsDone) {
            start(i, false, lane.backwardsDone);
        } else if (lane.forwardsThere > lane.forwardsBegun
                && underWay < schedule.underWay().applyAsInt(i)) {
            read(i, lane.forwardsBegun);
            start(i, true, lane.forwardsBegun);
        } else {
            hold(i);
        }
    }

    private void read(int i, long index) {
        MicroBatch micro = microBatch(index);
        int from = parts.from(i);
        System.arraycopy(context.model().peek(), from, micro.parameters, from, parts.to(i) - from);
        micro.versions[i] = lanes[i].updates;
    }

    private void start(int i, boolean isForward, long index) {
        Lane lane = lanes[i];
        lane.isForward = isForward;
        lane.isBusy = true;
        double share = (isForward ? FORWARD_SHARE : 1 - FORWARD_SHARE) / workers();
        context.workers().compute(new GradientWork(i, NONE, lane.updates, new Batch(0, index, context.batch())), share);
    }

    @Override
    public void computed(GradientWork work) {
        int i = work.worker();
        Lane lane = lanes[i];
        lane.isBusy = false;
        if (lane.isForward) {
            lane.forwardsBegun++;
            forwarded(i);
        } else {
            backwarded(i, work.batch());
            lane.backwardsDone++;
        }
        if (!lane.isBusy) {
            begin(i);
        }
    }

    private void forwarded(int i) {
        if (i == workers() - 1) {
            lanes[i].backwardsThere++;
            return;
        }
        context.wire().send(i, i + 1, activationBytes, () -> {
            lanes[i + 1].forwardsThere++;
            wake(i + 1);
        });
    }

    private void backwarded(int i, Batch batch) {
        MicroBatch micro = microBatch(batch.index());
        if (i == workers() - 1) {
            micro.gradient = context.gradient(new GradientWork(i, micro.parameters, 0, batch))
                    .clone();
        }
        learn(i, micro, batch);
        if (i > 0) {
            context.wire().send(i, i - 1, activationBytes, () -> {
                lanes[i - 1].backwardsThere++;
                wake(i - 1);
            });
        }
    }

    private void learn(int i, MicroBatch micro, Batch batch) {
        Lane lane = lanes[i];
        boolean isFirst = batch.index() % schedule.microBatches() == 0;
        for (int k = parts.from(i); k < parts.to(i); k++) {
            sum[k] = (isFirst ? 0 : sum[k]) + micro.gradient[k] / schedule.microBatches();
        }
        if ((batch.index() + 1) % schedule.microBatches() == 0) {
            double rate = context.rate() * schedule.rates().factor(i, lane.updates);
            long staleness = lane.updates - micro.versions[i];
            context.updatePart(i, staleness, sum, rate, parts.from(i), parts.to(i));
            lane.updates++;
            if (i == 0) {
                context.learned((long) batch.examples() * schedule.microBatches());
                context.updated();
            }
        }
    }

    private void wake(int i) {
        if (waits(i)) {
            go(i);
        }
    }

    @Override
    public void failed(int worker) {
        super.failed(worker);
        lanes[worker].isBusy = false;
    }
}
