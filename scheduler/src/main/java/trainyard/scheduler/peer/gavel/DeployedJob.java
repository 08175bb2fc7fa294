package trainyard.scheduler.peer.gavel;

import java.util.Arrays;

/** A job on a real cluster: how far it is, and the lease under which it trains. */
final class DeployedJob {

    private static final double ALMOST_NO_STEP = 1e-6;
    private static final int[] NOWHERE = {};

    final int index;
    final Unit unit;
    final BatchSize batch;
    final double submittedSeconds;

    boolean gone;
    boolean training;
    /** Whether it stopped before the end of the round. */
    boolean stopped;
    /** GPUs of this round, or of the last one in which it ran; none before and after others had a round. */
    int[] place = NOWHERE;
    /** When its last process started or was gone, whichever is later; not a number before. */
    double lastSeconds = Double.NaN;
    /** When its last process was gone. */
    double goneSeconds;
    /** Steps of the lease of which the scheduler knows. */
    double knownSteps;

    private double startSeconds;
    private double nowSeconds;
    private double steps;
    private int epoch;
    private double stepsOfEpoch;

    DeployedJob(int index, GavelJob job, double speed, double received) {
        this.index = index;
        this.unit = new Unit(index, job.gpus(), new double[] {speed}, received);
        this.batch = new BatchSize(job);
        this.submittedSeconds = job.arrivalSeconds();
    }

    double speed() {
        return unit.speeds[0][0];
    }

    boolean isOn(int[] gpus) {
        return Arrays.equals(place, gpus);
    }

    void start(double seconds) {
        startSeconds = seconds;
        nowSeconds = seconds;
        lastSeconds = seconds;
        steps = 0;
        knownSteps = 0;
        // A checkpoint keeps the steps that count, and starts the epoch again.
        stepsOfEpoch = 0;
        stopped = false;
        training = true;
    }

    /** When it is done or its epoch ends. */
    double nextEvent() {
        return nowSeconds + Math.min(batch.left() - steps, batch.stepsOfEpoch() - stepsOfEpoch) / speed();
    }

    void advance(double seconds) {
        if (seconds > nowSeconds) {
            double done = (seconds - nowSeconds) * speed();
            steps += done;
            stepsOfEpoch += done;
            nowSeconds = seconds;
        }
    }

    boolean isDone() {
        return batch.left() - steps <= ALMOST_NO_STEP;
    }

    /** Ends the epoch, and says whether its script asks for another batch size, for which it has to start anew. */
    boolean endsWithEpoch(BatchSize.Speeds speeds) {
        long before = Math.round(steps);
        batch.count(before);
        boolean changes = batch.afterEpoch(epoch++, speeds);
        if (!changes) {
            batch.count(-before);
        } else {
            steps = 0;
        }
        stepsOfEpoch = 0;
        return changes;
    }

    /** A request for a longer lease says how far it is; the next one is due a quarter of a round before the end. */
    void report(double secondsAgo) {
        knownSteps = training ? Math.max(0, steps - secondsAgo * speed()) : 0;
    }

    /**
     * Ends the lease.
     *
     * @param seconds when it stops to train
     * @param saveSeconds until its process is gone
     * @return seconds that it trained
     */
    double stop(double seconds, double saveSeconds) {
        double trained = Math.max(0, seconds - startSeconds);
        batch.count(Math.round(steps));
        unit.received[0] += trained;
        steps = 0;
        knownSteps = 0;
        training = false;
        goneSeconds = seconds + saveSeconds;
        lastSeconds = goneSeconds;
        return trained;
    }

    void forgetPlace() {
        place = NOWHERE;
    }
}
