package trainyard.parallel.input;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import trainyard.sim.engine.Activity;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;
import trainyard.sim.engine.Timeline;
import trainyard.sim.random.Gamma;
import trainyard.sim.random.RandomStreams;

/**
 * Steps of a job beside the path that feeds them, event by event. Where reads take a fixed time all ranks do the same at the
 * same time, and one loader stands for all. The buffers are empty at the start.
 */
public final class InputSimulation {

    /** Micro-batches that one run may load, so that it takes seconds. */
    public static final long MAX_LOADS = 4_000_000;

    private final InputPath path;
    private final InputDemand demand;
    private final int warmUp;
    private final int steps;
    private final Timeline timeline = new Timeline(new Simulation());
    private final SharedStorage storage;
    private final List<Rank> ranks = new ArrayList<>();
    private final List<StepRecord> records = new ArrayList<>();
    private final List<Double> checkpointSeconds = new ArrayList<>();
    private final long microBatchNanos;
    private int step;
    private int running;
    private long stepStart;
    private double dataBefore;
    private double checkpointBefore;
    private boolean writing;

    private InputSimulation(
            InputPath path, InputDemand demand, double hitShare, int warmUp, int steps, RandomStreams streams) {
        this.path = path;
        this.demand = demand;
        this.warmUp = warmUp;
        this.steps = steps;
        this.storage = new SharedStorage(
                timeline, path.storage().bytesPerSecond(), path.storage().rules());
        this.microBatchNanos = SimTime.nanos(demand.stepSeconds() / demand.microBatches());
        BatchCost cost = BatchCost.of(path, demand, hitShare);
        int simulated = loaders(path, demand);
        for (int rank = 0; rank < simulated; rank++) {
            ranks.add(new Rank(new Loader(
                    timeline,
                    path,
                    cost,
                    storage,
                    demand.loaders() / simulated,
                    latency(cost.reads(), rank, streams))));
        }
        path.storage().pauses().ifPresent(pauses -> new Pauses(pauses, streams).resume(0));
    }

    /** Loaders that are simulated one by one: all where their reads differ, else one. */
    private static int loaders(InputPath path, InputDemand demand) {
        return path.storage().latencyVariation() > 0 ? demand.loaders() : 1;
    }

    /** Micro-batches that a run loads. */
    public static double loads(InputPath path, InputDemand demand, int steps) {
        return (double) loaders(path, demand) * demand.microBatches() * steps;
    }

    /**
     * Runs some steps and watches those after the warm-up.
     *
     * @param hitShare share of samples that the cache has
     * @param warmUp steps that are not watched
     * @param steps steps that are
     * @param streams randomness of the storage
     * @throws IllegalArgumentException if more than {@link #MAX_LOADS} would be loaded
     */
    public static InputWindow run(
            InputPath path, InputDemand demand, double hitShare, int warmUp, int steps, RandomStreams streams) {
        if (loads(path, demand, warmUp + steps) > MAX_LOADS) {
            throw new IllegalArgumentException("more than " + MAX_LOADS + " micro-batches would be loaded");
        }
        return new InputSimulation(path, demand, hitShare, warmUp, steps, streams).run();
    }

    private InputWindow run() {
        ranks.forEach(rank -> rank.loader.start());
        startStep();
        timeline.simulation().run();
        return new InputWindow(records, checkpointSeconds);
    }

    /** The waits of the reads of a micro-batch add up; a sum of equal gamma laws is a gamma law. */
    private DoubleSupplier latency(double reads, int rank, RandomStreams streams) {
        double mean = reads * path.storage().latencySeconds();
        double variation = path.storage().latencyVariation();
        if (mean == 0 || variation == 0) {
            return () -> mean;
        }
        ContinuousSampler sampler =
                Gamma.withMean(mean, variation / Math.sqrt(reads)).sampler(streams.stream("read-latency", rank));
        return sampler::sample;
    }

    private void startStep() {
        stepStart = timeline.now();
        running = ranks.size();
        ranks.forEach(Rank::startStep);
    }

    private void rankDone(long now) {
        running--;
        if (running > 0) {
            return;
        }
        record(now);
        step++;
        if (step == warmUp + steps) {
            timeline.simulation().stop();
            return;
        }
        saveIfDue();
        startStep();
    }

    private void record(long now) {
        double data = storage.moved(StorageClass.DATA);
        double checkpoint = storage.moved(StorageClass.CHECKPOINT);
        if (step >= warmUp) {
            long nanos = now - stepStart;
            double buffered = ranks.stream()
                    .mapToInt(rank -> rank.loader.buffered())
                    .average()
                    .orElse(0);
            records.add(new StepRecord(
                    SimTime.seconds(stepStart),
                    SimTime.seconds(nanos),
                    SimTime.seconds(nanos - microBatchNanos * demand.microBatches()),
                    buffered,
                    data - dataBefore,
                    checkpoint - checkpointBefore));
        }
        dataBefore = data;
        checkpointBefore = checkpoint;
    }

    private void saveIfDue() {
        path.checkpoints()
                .filter(save -> step >= warmUp && (step - warmUp) % save.everySteps() == 0 && !writing)
                .ifPresent(save -> {
                    writing = true;
                    long start = timeline.now();
                    storage.transfer(StorageClass.CHECKPOINT, save.bytes() / save.streams(), save.streams(), now -> {
                        writing = false;
                        checkpointSeconds.add(SimTime.seconds(now - start));
                    });
                });
    }

    /** One data-parallel rank, or all where they are alike: it takes micro-batches and computes. */
    private final class Rank {
        private final Loader loader;
        private final Activity life = new Activity(timeline, 1);
        private int left;

        Rank(Loader loader) {
            this.loader = loader;
        }

        void startStep() {
            left = demand.microBatches();
            next(timeline.now());
        }

        private void next(long now) {
            if (left == 0) {
                rankDone(now);
            } else {
                left--;
                loader.take(path.copy().pinned() ? this::compute : this::copy);
            }
        }

        private void copy(long now) {
            double bytes = demand.samples() * path.data().copiedBytes();
            life.hold(bytes / path.copy().bytesPerSecond(), this::compute);
        }

        private void compute(long now) {
            life.holdNanos(microBatchNanos, this::next);
        }
    }

    /** Stops the storage now and then. */
    private final class Pauses {
        private final ContinuousSampler between;
        private final ContinuousSampler length;

        Pauses(StoragePauses pauses, RandomStreams streams) {
            between = pauses.between().sampler(streams.stream("storage-pause", 0));
            length = pauses.length().sampler(streams.stream("storage-pause", 1));
        }

        void resume(long now) {
            storage.resume();
            timeline.after(SimTime.nanos(between.sample()), 0, this::pause);
        }

        private void pause(long now) {
            storage.pause();
            timeline.after(SimTime.nanos(length.sample()), 0, this::resume);
        }
    }
}
