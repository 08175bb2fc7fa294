package trainyard.scheduler.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;

/**
 * A hyper-parameter sweep: trials that are trained in rungs, each eta times as long in all as the one before, and of which only
 * the best go on (successive halving; Jamieson and Talwalkar, AISTATS 2016). Each rung of a trial is a job of its own,
 * {@code id/trial3/rung1}, so that a trial that is stopped gives its GPUs back at once.
 *
 * @param id of the sweep
 * @param team whose it is
 * @param submitNanos when all trials come
 * @param trials how many, at least 1
 * @param gpus of each trial, at least 1
 * @param rungNanos training of each trial in each rung beyond that of the rungs before, each at least 1
 * @param eta one of so many goes on, at least 2
 * @param stopping who goes on when
 * @param traits what else is said of each job
 */
public record HyperparameterSweep(
        String id,
        String team,
        long submitNanos,
        int trials,
        int gpus,
        List<Long> rungNanos,
        int eta,
        Stopping stopping,
        JobTraits traits)
        implements Tuning {

    /** Which trials go on. */
    public enum Stopping {
        /** All of them (random search). */
        NONE("random"),
        /** Once all trials of a rung are trained, the best of them. */
        SYNCHRONOUS("successive-halving"),
        /**
         * A trial goes on as soon as it is among the best of those trained so far in its rung (ASHA; Li et al., MLSys 2020).
         */
        ASYNCHRONOUS("asha");

        private final String word;

        Stopping(String word) {
            this.word = word;
        }

        /** The name in scenarios and reports. */
        public String word() {
            return word;
        }
    }

    public HyperparameterSweep {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(team, "team");
        Objects.requireNonNull(stopping, "stopping");
        Objects.requireNonNull(traits, "traits");
        rungNanos = List.copyOf(rungNanos);
        if (trials < 1 || eta < 2 || rungNanos.isEmpty() || rungNanos.stream().anyMatch(nanos -> nanos < 1)) {
            throw new IllegalArgumentException("sweep " + id + " needs trials, rungs and an eta of at least 2, got "
                    + trials + ", " + rungNanos + " and " + eta);
        }
    }

    /** The rungs of all trials, rung after rung; those beyond the first wait until their trial is to go on. */
    @Override
    public List<ClusterJob> jobs() {
        List<ClusterJob> jobs = new ArrayList<>();
        for (int rung = 0; rung < rungNanos.size(); rung++) {
            long run = rungNanos.get(rung);
            for (int trial = 0; trial < trials; trial++) {
                jobs.add(new ClusterJob(name(trial, rung), team, submitNanos, gpus, run, run, traits));
            }
        }
        return jobs;
    }

    /** What the jobs of a trial and rung are called. */
    public String name(int trial, int rung) {
        return id + "/trial" + trial + "/rung" + rung;
    }

    /** GPU-nanoseconds if no trial were stopped. */
    @Override
    public long fullGpuNanos() {
        return Math.multiplyExact(Math.multiplyExact(trainedNanos(rungNanos.size() - 1), (long) gpus), (long) trials);
    }

    /** Training of a trial until the end of a rung. */
    private long trainedNanos(int rung) {
        return rungNanos.stream().limit(rung + 1).mapToLong(Long::longValue).reduce(0, Math::addExact);
    }

    @Override
    public Optional<JobReleases.Rule> rule(LearningCurves curves) {
        double[][] scores = new double[rungNanos.size()][trials];
        for (int rung = 0; rung < scores.length; rung++) {
            for (int trial = 0; trial < trials; trial++) {
                scores[rung][trial] = -curves.shown(curves.after(trial, trainedNanos(rung)), trial, rung);
            }
        }
        return Optional.of(SweepReleases.of(this, (trial, rung) -> scores[rung][trial]));
    }

    @Override
    public TuningProgress progress(LearningCurves curves, Map<String, Long> endNanos) {
        TuningProgress.Log log = new TuningProgress.Log();
        for (TrialStage end : TrialStage.done(rungNanos.size(), trials, this::name, endNanos)) {
            Learner learner = curves.after(end.trial(), trainedNanos(end.stage()));
            log.ended(
                    end.nanos(),
                    (double) rungNanos.get(end.stage()) * gpus,
                    curves.shown(learner, end.trial(), end.stage()),
                    learner.loss());
        }
        return log.progress();
    }
}
