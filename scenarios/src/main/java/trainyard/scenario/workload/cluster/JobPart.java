package trainyard.scenario.workload.cluster;

import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.sim.engine.SimTime;

/** Parts of the completion time of a job, which add up to it. */
enum JobPart {
    BEFORE("jct.before", "Mean time until the jobs are done that it waits for.") {
        @Override
        long nanos(JobOutcome job) {
            return job.blockedNanos();
        }
    },
    FIRST_WAIT("jct.first-wait", "Mean time in the queue before the first start.") {
        @Override
        long nanos(JobOutcome job) {
            return job.startNanos() - job.readyNanos();
        }
    },
    LATER_WAIT("jct.later-wait", "Mean time in the queue after preemptions and failures.") {
        @Override
        long nanos(JobOutcome job) {
            return job.queuedNanos() - FIRST_WAIT.nanos(job);
        }
    },
    WORK("jct.work", "Mean run time without any wait.") {
        @Override
        long nanos(JobOutcome job) {
            return job.job().runNanos();
        }
    },
    OVERHEAD("jct.overhead", "Mean time of starts, loads, checkpoints and of standing still until a hang is noticed.") {
        @Override
        long nanos(JobOutcome job) {
            return job.losses().overheadNanos();
        }
    },
    AGAIN("jct.lost", "Mean time of work that was done in vain.") {
        @Override
        long nanos(JobOutcome job) {
            return job.losses().lostNanos();
        }
    },
    SLOWED(
            "jct.slowed",
            "Mean time by which placements, or fewer GPUs than wanted, make work take longer; below 0 where more GPUs make it shorter.") {
        @Override
        long nanos(JobOutcome job) {
            return job.losses().heldNanos() - WORK.nanos(job) - OVERHEAD.nanos(job) - AGAIN.nanos(job);
        }
    };

    private final String word;
    private final String doc;

    JobPart(String word, String doc) {
        this.word = word;
        this.doc = doc;
    }

    String word() {
        return word;
    }

    String doc() {
        return doc;
    }

    /** Its length for a job that is done. */
    abstract long nanos(JobOutcome job);

    double of(JobOutcome job) {
        return SimTime.seconds(nanos(job));
    }
}
