package trainyard.scenario.workload.cluster;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import trainyard.scenario.section.jobs.JobSweepSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.policy.PodByPod;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.EndlessRunException;
import trainyard.scheduler.run.StartForecast;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.watch.JobWatcher;
import trainyard.scheduler.workload.JobReleases;
import trainyard.sim.random.RandomStreams;

/**
 * A replication of a cluster under many jobs.
 *
 * @param design what is the same in all of them
 * @param admitted its jobs
 * @param sweeps its sweeps
 * @param streams its randomness
 */
record ClusterRun(
        ClusterDesign design,
        JobAdmission.Admitted admitted,
        List<JobSweepSection.Drawn> sweeps,
        RandomStreams streams) {

    /**
     * What became of it.
     *
     * @param outcome the jobs
     * @param deadlock jobs that hold parts of each other's GPUs for ever, if there are any
     */
    record Played(ClusterOutcome outcome, Optional<PodByPod.Deadlock> deadlock) {}

    /**
     * Plays the jobs under the eyes of a watcher.
     *
     * @throws ScenarioException if the jobs do not get done, however long it goes on
     */
    Played play(JobWatcher watcher) {
        SchedulingPolicy policy = policy();
        ClusterOutcome outcome = outcome(policy, watcher);
        return new Played(
                outcome, policy instanceof PodByPod pods && pods.isForEver() ? pods.deadlock() : Optional.empty());
    }

    /** A policy for one run. */
    SchedulingPolicy policy() {
        return design.policy().apply(streams);
    }

    private List<JobReleases.Rule> releases() {
        return sweeps.stream()
                .flatMap(sweep -> sweep.tuning().rule(sweep.curves()).stream())
                .toList();
    }

    /**
     * Plays the jobs under a policy made for this run.
     *
     * @throws ScenarioException if the jobs do not get done, however long it goes on
     */
    ClusterOutcome outcome(SchedulingPolicy policy, JobWatcher watcher) {
        return withEnd(() -> ClusterSimulation.run(
                admitted.jobs(),
                design.layout().free(),
                design.placement().apply(admitted.jobs()),
                policy,
                design.conditions().options(streams).withReleases(releases()).withWatcher(watcher)));
    }

    /**
     * Plays the jobs with what is known at a moment.
     *
     * @param question asks about a start
     * @throws ScenarioException if jobs do not get done, however long it goes on
     */
    <T> T foreseen(Function<StartForecast, T> question) {
        return withEnd(() -> question.apply(new StartForecast(
                design.layout()::free,
                () -> design.placement().apply(admitted.jobs()),
                this::policy,
                now -> design.conditions().knownAt(now, streams))));
    }

    private <T> T withEnd(Supplier<T> run) {
        try {
            return run.get();
        } catch (EndlessRunException endless) {
            throw new ScenarioException(Problem.at(
                    design.conditions()
                            .failures()
                            .map(failures -> failures.section().position())
                            .orElse(design.admission().position()),
                    Problem.Kind.LIMIT,
                    endless.getMessage(),
                    endless.remedy()));
        }
    }
}
