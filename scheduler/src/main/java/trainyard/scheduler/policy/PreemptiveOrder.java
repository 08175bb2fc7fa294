package trainyard.scheduler.policy;

import java.util.Objects;

/**
 * At every moment those jobs run that come first by a key, as many as fit: all jobs are taken in its order, and one that finds
 * no GPUs is passed over. A job that runs and is not among them is preempted and keeps what it has done.
 */
public final class PreemptiveOrder implements SchedulingPolicy {

    /** What jobs are ordered by; the smallest first. None grows while a job runs, so nothing changes between events. */
    public enum Key {
        /** Work left: shortest remaining time first (SRTF). */
        REMAINING_TIME("srtf") {
            @Override
            long of(Desk desk, int job) {
                return desk.remainingNanos(job);
            }

            @Override
            long settledShift(Desk desk) {
                return desk.nowNanos();
            }
        },
        /** Work left times GPUs: shortest remaining service first (SRSF; Gu et al., Tiresias, NSDI 2019). */
        REMAINING_SERVICE("srsf") {
            @Override
            long of(Desk desk, int job) {
                return Math.multiplyExact(desk.remainingNanos(job) / SERVICE_GRAIN, (long) desk.gpus(job));
            }
        },
        /** GPUs: the smallest job first. */
        SIZE("smallest-first") {
            @Override
            long of(Desk desk, int job) {
                return desk.gpus(job);
            }
        };

        /** Services are compared in microseconds, so that years on thousands of GPUs fit into 64 bits. */
        private static final long SERVICE_GRAIN = 1000;

        private final String word;

        Key(String word) {
            this.word = word;
        }

        abstract long of(Desk desk, int job);

        /**
         * What makes the key of a job that runs a constant when it is added: keys that all fall at the same pace keep their
         * order, and so need not be looked at again.
         */
        long settledShift(Desk desk) {
            return 0;
        }
    }

    private final Key key;
    private final WaitingJobs waiting = new WaitingJobs();
    /** Jobs that run, in the order of their keys; each with its key and the shift. */
    private final JobRow running = new JobRow();
    /** Jobs that wait and are to start. */
    private final JobRow chosen = new JobRow();

    public PreemptiveOrder(Key key) {
        this.key = Objects.requireNonNull(key, "key");
    }

    @Override
    public String name() {
        return key.word;
    }

    @Override
    public void arrived(Desk desk, int job) {
        waiting.add(key.of(desk, job), job, desk.gpus(job));
    }

    @Override
    public void ended(Desk desk, int job) {
        running.remove(job);
    }

    @Override
    public void schedule(Desk desk) {
        waiting.beginWalk();
        if (waiting.gpus() > desk.freeGpus()) {
            if (key == Key.REMAINING_SERVICE) {
                sortRunning(desk);
            }
            choose(desk, key.settledShift(desk));
        }
        fill(desk);
    }

    /** Services of jobs of different sizes fall at different paces. */
    private void sortRunning(Desk desk) {
        for (int i = 0; i < running.count(); i++) {
            running.setKey(i, key.of(desk, running.job(i)));
        }
        running.sort();
    }

    /**
     * Walks over all jobs in order and hands out the whole cluster anew. Running jobs before the first one that waits keep
     * their GPUs, so the walk begins behind them.
     */
    private void choose(Desk desk, long shift) {
        long first = waiting.firstKey(desk.totalGpus()) + shift;
        int begin = running.firstAbove(first, waiting.first(desk.totalGpus()));
        int left = desk.freeGpus();
        for (int i = begin; i < running.count(); i++) {
            left += desk.gpus(running.job(i));
        }
        chosen.clear();
        int kept = begin;
        for (int i = begin; i < running.count(); i++) {
            int job = running.job(i);
            long jobKey = running.key(i) - shift;
            left -= chooseBefore(desk, jobKey, job, left);
            if (desk.gpus(job) <= left) {
                left -= desk.gpus(job);
                running.put(kept++, jobKey + shift, job);
            } else {
                desk.preempt(job);
                waiting.add(jobKey, job, desk.gpus(job));
            }
        }
        running.cut(kept);
        for (int i = 0; i < chosen.count(); i++) {
            start(desk, chosen.key(i), chosen.job(i));
        }
    }

    /** Chooses the waiting jobs that fit and come before one that runs; returns their GPUs. */
    private int chooseBefore(Desk desk, long runningKey, int runningJob, int left) {
        int taken = 0;
        long first = waiting.firstKey(left);
        while (first < runningKey || first == runningKey && waiting.first(left - taken) < runningJob) {
            int job = waiting.remove(left - taken);
            chosen.add(first, job);
            taken += desk.gpus(job);
            first = waiting.firstKey(left - taken);
        }
        return taken;
    }

    private void start(Desk desk, long jobKey, int job) {
        if (desk.start(job)) {
            running.insert(jobKey + key.settledShift(desk), job);
        } else {
            waiting.add(jobKey, job, desk.gpus(job));
        }
    }

    /** Gives what is free to those who wait, in order. */
    private void fill(Desk desk) {
        for (int job = waiting.first(desk.freeGpus()); job != WaitingJobs.NONE; job = waiting.first(desk.freeGpus())) {
            if (desk.start(job)) {
                running.insert(key.of(desk, job) + key.settledShift(desk), job);
                waiting.remove(desk.freeGpus() + desk.gpus(job));
            } else {
                waiting.close(desk.gpus(job));
            }
        }
    }
}
