package trainyard.scenario.workload.cluster;

import java.util.Optional;
import trainyard.scheduler.policy.PodByPod;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.run.ClusterOutcome;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.JobWatcher;
import trainyard.sim.random.RandomStreams;

/**
 * A replication of a cluster under many jobs.
 *
 * @param design what is the same in all of them
 * @param admitted its jobs
 * @param streams its randomness
 */
record ClusterRun(ClusterDesign design, JobAdmission.Admitted admitted, RandomStreams streams) {

    /**
     * What became of it.
     *
     * @param outcome the jobs
     * @param deadlock jobs that hold parts of each other's GPUs for ever, if there are any
     */
    record Played(ClusterOutcome outcome, Optional<PodByPod.Deadlock> deadlock) {}

    /** Plays the jobs under the eyes of a watcher. */
    Played play(JobWatcher watcher) {
        SchedulingPolicy policy = design.policy().get();
        ClusterOutcome outcome = ClusterSimulation.run(
                admitted.jobs(),
                design.layout().free(),
                design.placement(),
                policy,
                design.conditions().options(streams).withWatcher(watcher));
        return new Played(outcome, policy instanceof PodByPod pods ? pods.deadlock() : Optional.empty());
    }
}
