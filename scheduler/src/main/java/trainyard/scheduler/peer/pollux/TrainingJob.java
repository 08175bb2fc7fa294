package trainyard.scheduler.peer.pollux;

import java.util.Arrays;

/** A job while it is trained, step of the simulator by step. */
final class TrainingJob {

    private static final long RESCALE_SECONDS = 30;
    private static final double ROUNDING = 1e-8;
    private static final long NEVER = -1;
    private static final long MOST_SECONDS = 1_000_000_000;

    private final PolluxJob job;
    private final Application application;
    private final BatchChoice batches;
    private long now;
    private long rescaleSeconds;
    private int[] placement = {};
    private Batch batch = new Batch(0, 0);
    private double progress;
    private int epoch;
    private long completion = NEVER;
    private int restarts = -1;

    /** How large a batch a job takes on its GPUs. */
    interface BatchChoice {

        /** The batch on a placement. */
        Batch choose(int[] placement);

        /** Tells what a step took and what the gradients were. */
        default void observe(int[] placement, Batch batch, StepTime time, Application.Gradient gradient) {}
    }

    /**
     * A batch on each GPU.
     *
     * @param atomic size of one pass
     * @param accumulations passes without an exchange before the one with it
     */
    record Batch(int atomic, int accumulations) {

        int passes() {
            return accumulations + 1;
        }
    }

    TrainingJob(PolluxJob job, Application application, BatchChoice batches) {
        this.job = job;
        this.application = application;
        this.batches = batches;
    }

    /** The batch of a job that has a given size over all GPUs. */
    static Batch fixed(Application application, int total, int replicas) {
        int local = (int) Math.ceil(total / (double) replicas - ROUNDING);
        int accumulations = (int) Math.ceil(local / (double) application.mostLocalBatch() - ROUNDING) - 1;
        if (replicas == 1 && total > application.initialBatch()) {
            accumulations = Math.max(1, accumulations);
        }
        return capped(application, local, accumulations, replicas);
    }

    private static Batch capped(Application application, int local, int accumulations, int replicas) {
        int atomic = (int) Math.ceil(local / (double) (accumulations + 1) - ROUNDING);
        return new Batch(Math.min(atomic, application.mostBatch() / (replicas * (accumulations + 1))), accumulations);
    }

    /** Time that it trains alone, on as few nodes as hold its replicas. */
    static long runSeconds(PolluxJob job, Application application, int gpusPerNode) {
        PolluxJob atOnce = new PolluxJob(job.name(), 0, job.application(), job.replicas(), job.batch());
        Batch batch = fixed(application, job.batch(), job.replicas());
        int total = job.replicas() * batch.atomic() * batch.passes();
        if (total < application.initialBatch() || total > application.mostBatch()) {
            throw new IllegalArgumentException("of " + application.name() + " batch sizes from "
                    + application.initialBatch() + " to " + application.mostBatch() + " were measured, "
                    + job.replicas()
                    + " replicas with a batch of " + job.batch() + " take " + total);
        }
        TrainingJob alone = new TrainingJob(atOnce, application, placement -> batch);
        alone.reallocate(fewestNodes(job.replicas(), gpusPerNode));
        alone.step(MOST_SECONDS, 0);
        if (!alone.isDone()) {
            throw new IllegalArgumentException("job " + job.name() + " takes more than " + MOST_SECONDS + " s");
        }
        return alone.completionSeconds() - RESCALE_SECONDS;
    }

    private static int[] fewestNodes(int replicas, int gpusPerNode) {
        int[] onNodes = new int[(replicas + gpusPerNode - 1) / gpusPerNode];
        Arrays.fill(onNodes, gpusPerNode);
        onNodes[onNodes.length - 1] = replicas - (onNodes.length - 1) * gpusPerNode;
        return onNodes;
    }

    PolluxJob job() {
        return job;
    }

    Application application() {
        return application;
    }

    int epoch() {
        return epoch;
    }

    boolean isDone() {
        return completion != NEVER;
    }

    long completionSeconds() {
        return completion - job.submitSeconds();
    }

    int restarts() {
        return Math.max(0, restarts);
    }

    /**
     * Lets time pass.
     *
     * @param interference share of its speed that it loses to others on its nodes
     */
    void step(long seconds, double interference) {
        if (placement.length == 0) {
            now += seconds;
            return;
        }
        int replicas = Arrays.stream(placement).sum();
        long delay = Math.min(rescaleSeconds, seconds);
        now += delay;
        rescaleSeconds -= delay;
        long left = seconds - delay;
        while (left > 0 && !isDone()) {
            left -= train(left, replicas, interference);
        }
        now += left;
    }

    /** Trains until the time is over or an epoch ends; returns the seconds that this took. */
    private long train(long left, int replicas, double interference) {
        int total = replicas * batch.atomic() * batch.passes();
        StepTime time = application.times().at(placement, batch.atomic());
        Application.Gradient gradient = application.gradient(total, epoch);
        batches.observe(placement, batch, time, gradient);
        double gain = gradient.gain((double) total / application.initialBatch());
        double seconds = time.step() + time.accumulation() * batch.accumulations();
        double goodput = gain / seconds * (1 - interference);
        double next = application.progressAt(epoch + 1);
        long taken = left;
        if (progress + goodput * left < next) {
            progress += goodput * left;
        } else {
            epoch++;
            taken = (long) Math.rint((next - progress) / goodput);
            completion = epoch >= application.epochs() ? now + taken : NEVER;
            progress = next;
        }
        now += taken;
        batch = batches.choose(placement);
        return taken;
    }

    /**
     * Moves it; any change costs a restart.
     *
     * @param onNodes replicas on each node; empty to stop
     */
    void reallocate(int[] onNodes) {
        placement = onNodes.clone();
        if (placement.length > 0) {
            batch = batches.choose(placement);
            rescaleSeconds = RESCALE_SECONDS;
            restarts++;
        } else {
            batch = new Batch(0, batch.accumulations());
        }
    }
}
