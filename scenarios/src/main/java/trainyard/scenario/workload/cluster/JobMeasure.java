package trainyard.scenario.workload.cluster;

import trainyard.scenario.workload.metric.Bounds;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.sim.engine.SimTime;
import trainyard.sim.units.Dimension;

/** What is measured of each job that is done. */
enum JobMeasure {
    /** Job completion time. */
    JCT("jct", Dimension.DURATION, "h", 3600, Bounds.NOT_NEGATIVE, "Time from the submission of a job to its end.") {
        @Override
        double of(JobOutcome job) {
            return SimTime.seconds(job.completionNanos());
        }
    },
    WAIT(
            "wait",
            Dimension.DURATION,
            "h",
            3600,
            Bounds.NOT_NEGATIVE,
            "Time of a job in the queue, before its first start and when preempted.") {
        @Override
        double of(JobOutcome job) {
            return SimTime.seconds(job.queuedNanos());
        }
    },
    SLOWDOWN(
            "slowdown",
            Dimension.NUMBER,
            "",
            1,
            Bounds.FROM_ONE,
            "Completion time of a job over its run time, taken as 10 s at least, and never below 1 (bounded slowdown; Feitelson"
                    + " and Rudolph, JSSPP 1998).") {
        @Override
        double of(JobOutcome job) {
            double run = Math.max(BOUND_SECONDS, SimTime.seconds(job.job().runNanos()));
            return Math.max(1, SimTime.seconds(job.completionNanos()) / run);
        }
    },
    RESULT(
            "time-to-result",
            Dimension.DURATION,
            "h",
            3600,
            Bounds.NOT_NEGATIVE,
            "Time from the submission of a job until it and all that wait for it are done; known where jobs wait for others.") {
        @Override
        double of(JobOutcome job) {
            return JCT.of(job);
        }

        @Override
        double of(JobOutcome job, Results results) {
            return results.seconds(job);
        }
    };

    private static final double BOUND_SECONDS = 10;

    private final String word;
    private final Dimension dimension;
    private final String unit;
    private final double unitSize;
    private final Bounds bounds;
    private final String doc;

    JobMeasure(String word, Dimension dimension, String unit, double unitSize, Bounds bounds, String doc) {
        this.word = word;
        this.dimension = dimension;
        this.unit = unit;
        this.unitSize = unitSize;
        this.bounds = bounds;
        this.doc = doc;
    }

    String word() {
        return word;
    }

    Dimension dimension() {
        return dimension;
    }

    String unit() {
        return unit;
    }

    double unitSize() {
        return unitSize;
    }

    Bounds bounds() {
        return bounds;
    }

    String doc() {
        return doc;
    }

    /** Its value for a job that is done, in the base unit. */
    abstract double of(JobOutcome job);

    /** The same, knowing when those are done that wait for it; NaN if it has none. */
    double of(JobOutcome job, Results results) {
        return of(job);
    }
}
