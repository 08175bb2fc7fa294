package trainyard.scheduler.policy;

import java.util.Objects;

/**
 * One queue in the order of a key, without preemption. Either nothing overtakes the head, or every waiting job that fits
 * starts, so that wide jobs may starve.
 */
public final class QueueOrder implements SchedulingPolicy {

    /** What the queue is ordered by; the smallest first, of equal ones the first that came. */
    public enum Key {
        /** Submission: first in, first out (FIFO). */
        ARRIVAL("fifo"),
        /** Run time that the owner states: shortest job first (SJF). */
        STATED_TIME("sjf"),
        /** GPUs. */
        SIZE("narrow-first"),
        /**
         * Forecast run time times GPUs: quasi-shortest service first (QSSF; Hu et al., SC 2021). The forecast is the mean of
         * what the jobs of the same user took that have ended, else of the same team, else what the owner states.
         */
        FORECAST_SERVICE("qssf");

        private final String word;

        Key(String word) {
            this.word = word;
        }

        private long of(SchedulingContext context, int job, RunTimeForecast forecast) {
            return switch (this) {
                case ARRIVAL -> job;
                case STATED_TIME -> context.statedRemainingNanos(job);
                case SIZE -> context.gpus(job);
                case FORECAST_SERVICE -> Services.of(context, forecast.nanos(context.job(job)), job);
            };
        }
    }

    /** What happens where the head of the queue does not fit. */
    public enum Overtaking {
        /** All wait behind it. */
        NONE,
        /** Whatever fits starts. */
        WHATEVER_FITS
    }

    private final Key key;
    private final boolean overtakes;
    private final WaitingJobs waiting = new WaitingJobs();
    private final RunTimeForecast forecast = new RunTimeForecast();

    public QueueOrder(Key key, Overtaking overtaking) {
        this.key = Objects.requireNonNull(key, "key");
        this.overtakes = overtaking == Overtaking.WHATEVER_FITS;
    }

    @Override
    public String name() {
        return overtakes ? key.word + "-fit-first" : key.word;
    }

    @Override
    public void arrived(SchedulingContext context, int job) {
        waiting.add(context, key.of(context, job, forecast), job);
    }

    @Override
    public void ended(SchedulingContext context, int job) {
        if (key == Key.FORECAST_SERVICE) {
            forecast.ended(context.job(job), context.job(job).runNanos() - context.workLeftNanos(job));
        }
    }

    /** What it ran is not what a job of its kind takes. */
    @Override
    public void interrupted(SchedulingContext context, int job) {}

    @Override
    public void schedule(SchedulingContext context) {
        waiting.beginWalk();
        for (int job = first(context); job != WaitingJobs.NONE; job = first(context)) {
            if (context.start(job)) {
                waiting.remove(overtakes ? context.freeGpus() + context.gpus(job) : Integer.MAX_VALUE);
            } else if (overtakes) {
                waiting.close(context, job);
            } else {
                return;
            }
        }
    }

    @Override
    public WaitReason whyWaits(SchedulingContext context, int job) {
        int head = waiting.first(Integer.MAX_VALUE);
        return overtakes || job == head
                ? WaitReason.ofCluster(context, job)
                : WaitReason.of(WaitReason.Cause.BEHIND, head);
    }

    private int first(SchedulingContext context) {
        return waiting.first(overtakes ? context.freeGpus() : Integer.MAX_VALUE);
    }
}
