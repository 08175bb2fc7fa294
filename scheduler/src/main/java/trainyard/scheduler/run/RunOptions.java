package trainyard.scheduler.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import trainyard.scheduler.cost.JobCrashes;
import trainyard.scheduler.cost.RestartCosts;
import trainyard.scheduler.cost.RestartRules;
import trainyard.scheduler.outage.NodeOutages;
import trainyard.scheduler.scale.Autoscaler;
import trainyard.scheduler.speed.SpeedModel;
import trainyard.scheduler.workload.Dependencies;
import trainyard.scheduler.workload.JobReleases;

/**
 * What a run of a cluster takes into account beyond jobs, GPUs, placement and policy.
 *
 * @param speed how fast jobs work where they are placed
 * @param costs of starts, checkpoints and stops
 * @param rules what becomes of a job that a failure stopped
 * @param crashes failures of the programs of jobs
 * @param outages of nodes; made for this run
 * @param crews repairs of broken nodes at the same time, at least 1
 * @param horizonNanos when the run ends even if jobs are left; {@link Long#MAX_VALUE} for the end of the last job
 * @param accounts whether the time of all GPUs is accounted for
 * @param watcher told what happens
 * @param releases which jobs wait for others
 * @param autoscaler which orders nodes and gives them back; made for this run
 * @param defragmentation which jobs are moved so that others fit
 */
public record RunOptions(
        SpeedModel speed,
        RestartCosts costs,
        RestartRules rules,
        JobCrashes crashes,
        NodeOutages outages,
        int crews,
        long horizonNanos,
        boolean accounts,
        JobWatcher watcher,
        JobReleases.Rule releases,
        Optional<Autoscaler> autoscaler,
        Optional<Defragmentation> defragmentation) {

    public RunOptions {
        Objects.requireNonNull(speed, "speed");
        Objects.requireNonNull(costs, "costs");
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(crashes, "crashes");
        Objects.requireNonNull(outages, "outages");
        Objects.requireNonNull(watcher, "watcher");
        Objects.requireNonNull(releases, "releases");
        Objects.requireNonNull(autoscaler, "autoscaler");
        Objects.requireNonNull(defragmentation, "defragmentation");
        if (crews < 1 || horizonNanos < 0) {
            throw new IllegalArgumentException(
                    "a run needs a crew and a horizon of 0 or more, got " + crews + " and " + horizonNanos + " ns");
        }
    }

    /** Constant speed, no costs, no failures, to the end of the last job, without accounts. */
    public static RunOptions plain() {
        return new RunOptions(
                SpeedModel.CONSTANT,
                RestartCosts.NONE,
                RestartRules.DEFAULT,
                JobCrashes.NONE,
                NodeOutages.none(),
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                false,
                JobWatcher.NONE,
                Dependencies::of,
                Optional.empty(),
                Optional.empty());
    }

    public RunOptions withSpeed(SpeedModel other) {
        return new RunOptions(
                other,
                costs,
                rules,
                crashes,
                outages,
                crews,
                horizonNanos,
                accounts,
                watcher,
                releases,
                autoscaler,
                defragmentation);
    }

    public RunOptions withCosts(RestartCosts other) {
        return new RunOptions(
                speed,
                other,
                rules,
                crashes,
                outages,
                crews,
                horizonNanos,
                accounts,
                watcher,
                releases,
                autoscaler,
                defragmentation);
    }

    public RunOptions withRules(RestartRules other) {
        return new RunOptions(
                speed,
                costs,
                other,
                crashes,
                outages,
                crews,
                horizonNanos,
                accounts,
                watcher,
                releases,
                autoscaler,
                defragmentation);
    }

    public RunOptions withCrashes(JobCrashes other) {
        return new RunOptions(
                speed,
                costs,
                rules,
                other,
                outages,
                crews,
                horizonNanos,
                accounts,
                watcher,
                releases,
                autoscaler,
                defragmentation);
    }

    /** The same with outages of nodes, which so many crews repair. */
    public RunOptions withOutages(NodeOutages other, int repairCrews) {
        return new RunOptions(
                speed,
                costs,
                rules,
                crashes,
                other,
                repairCrews,
                horizonNanos,
                accounts,
                watcher,
                releases,
                autoscaler,
                defragmentation);
    }

    public RunOptions withHorizonNanos(long other) {
        return new RunOptions(
                speed,
                costs,
                rules,
                crashes,
                outages,
                crews,
                other,
                accounts,
                watcher,
                releases,
                autoscaler,
                defragmentation);
    }

    /** The same with accounts of the time of all GPUs. */
    public RunOptions withAccounts() {
        return new RunOptions(
                speed,
                costs,
                rules,
                crashes,
                outages,
                crews,
                horizonNanos,
                true,
                watcher,
                releases,
                autoscaler,
                defragmentation);
    }

    /** The same, and somebody is told what happens. */
    public RunOptions withWatcher(JobWatcher other) {
        return new RunOptions(
                speed,
                costs,
                rules,
                crashes,
                outages,
                crews,
                horizonNanos,
                accounts,
                other,
                releases,
                autoscaler,
                defragmentation);
    }

    /** The same with other rules beside the dependencies that jobs state. */
    public RunOptions withReleases(List<JobReleases.Rule> others) {
        return new RunOptions(
                speed,
                costs,
                rules,
                crashes,
                outages,
                crews,
                horizonNanos,
                accounts,
                watcher,
                JobReleases.with(others),
                autoscaler,
                defragmentation);
    }

    /** The same with nodes that come and go as they are needed. */
    public RunOptions withAutoscaler(Autoscaler other) {
        return new RunOptions(
                speed,
                costs,
                rules,
                crashes,
                outages,
                crews,
                horizonNanos,
                accounts,
                watcher,
                releases,
                Optional.of(other),
                defragmentation);
    }

    /** The same with jobs that are moved so that others fit. */
    public RunOptions withDefragmentation(Defragmentation other) {
        return new RunOptions(
                speed,
                costs,
                rules,
                crashes,
                outages,
                crews,
                horizonNanos,
                accounts,
                watcher,
                releases,
                autoscaler,
                Optional.of(other));
    }
}
