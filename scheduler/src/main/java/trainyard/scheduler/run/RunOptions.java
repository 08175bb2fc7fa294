package trainyard.scheduler.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import trainyard.scheduler.interleave.GroupRules;
import trainyard.scheduler.outage.NodeOutages;
import trainyard.scheduler.overhead.RestartCosts;
import trainyard.scheduler.overhead.RestartRules;
import trainyard.scheduler.run.watch.JobWatcher;
import trainyard.scheduler.scale.Autoscaler;
import trainyard.scheduler.speed.ColocationSlowdown;
import trainyard.scheduler.speed.PairSpeeds;
import trainyard.scheduler.speed.SpeedModel;
import trainyard.scheduler.workload.Dependencies;
import trainyard.scheduler.workload.JobReleases;

/** What a run of a cluster takes into account beyond jobs, GPUs, placement and policy. It never changes: each change makes a copy. */
public final class RunOptions {

    // Not final, so that a copy can differ in one of them; nothing else changes them.
    private SpeedModel speed = SpeedModel.CONSTANT;
    private RestartCosts costs = RestartCosts.NONE;
    private RestartRules rules = RestartRules.DEFAULT;
    private NodeOutages outages = NodeOutages.none();
    private int crews = Integer.MAX_VALUE;
    private long horizonNanos = Long.MAX_VALUE;
    private boolean accounts;
    private JobWatcher watcher = JobWatcher.NONE;
    private JobReleases.Rule releases = Dependencies::of;
    private List<Autoscaler> autoscalers = List.of();
    private Optional<Defragmentation> defragmentation = Optional.empty();
    private ControlPlane control = ControlPlane.NONE;
    private GroupRules groups = GroupRules.EXACT;
    private ColocationSlowdown colocation = ColocationSlowdown.NONE;
    private Optional<PairSpeeds.Placed> pairs = Optional.empty();

    private RunOptions() {}

    /** Constant speed, no costs, no failures, to the end of the last job, without accounts. */
    public static RunOptions plain() {
        return new RunOptions();
    }

    private RunOptions with(Consumer<RunOptions> change) {
        RunOptions copy = new RunOptions();
        copy.speed = speed;
        copy.costs = costs;
        copy.rules = rules;
        copy.outages = outages;
        copy.crews = crews;
        copy.horizonNanos = horizonNanos;
        copy.accounts = accounts;
        copy.watcher = watcher;
        copy.releases = releases;
        copy.autoscalers = autoscalers;
        copy.defragmentation = defragmentation;
        copy.control = control;
        copy.groups = groups;
        copy.colocation = colocation;
        copy.pairs = pairs;
        change.accept(copy);
        return copy;
    }

    public RunOptions withSpeed(SpeedModel other) {
        Objects.requireNonNull(other, "speed");
        return with(copy -> copy.speed = other);
    }

    public RunOptions withCosts(RestartCosts other) {
        Objects.requireNonNull(other, "costs");
        return with(copy -> copy.costs = other);
    }

    public RunOptions withRules(RestartRules other) {
        Objects.requireNonNull(other, "rules");
        return with(copy -> copy.rules = other);
    }

    /**
     * The same with outages of nodes.
     *
     * @param other made for this run
     * @param repairCrews broken nodes that are repaired at the same time, at least 1
     */
    public RunOptions withOutages(NodeOutages other, int repairCrews) {
        Objects.requireNonNull(other, "outages");
        if (repairCrews < 1) {
            throw new IllegalArgumentException("broken nodes need a crew or more, got " + repairCrews);
        }
        return with(copy -> {
            copy.outages = other;
            copy.crews = repairCrews;
        });
    }

    /**
     * The same, but over at a moment even if jobs are left.
     *
     * @param other 0 or more; {@link Long#MAX_VALUE} for the end of the last job
     */
    public RunOptions withHorizonNanos(long other) {
        if (other < 0) {
            throw new IllegalArgumentException("a horizon is 0 ns or more, got " + other);
        }
        return with(copy -> copy.horizonNanos = other);
    }

    /** The same with accounts of the time of all GPUs. */
    public RunOptions withAccounts() {
        return with(copy -> copy.accounts = true);
    }

    /** The same, and somebody is told what happens. */
    public RunOptions withWatcher(JobWatcher other) {
        Objects.requireNonNull(other, "watcher");
        return with(copy -> copy.watcher = other);
    }

    /** The same with other rules beside the dependencies that jobs state. */
    public RunOptions withReleases(List<JobReleases.Rule> others) {
        JobReleases.Rule all = JobReleases.with(others);
        return with(copy -> copy.releases = all);
    }

    /**
     * The same with nodes that come and go as they are needed.
     *
     * @param others made for this run, each for nodes of its own
     */
    public RunOptions withAutoscalers(List<Autoscaler> others) {
        return with(copy -> copy.autoscalers = List.copyOf(others));
    }

    /** The same with jobs that are moved so that others fit. */
    public RunOptions withDefragmentation(Defragmentation other) {
        return with(copy -> copy.defragmentation = Optional.of(other));
    }

    /** The same with a scheduler and a metadata store that take their time. */
    public RunOptions withControl(ControlPlane other) {
        Objects.requireNonNull(other, "control");
        return with(copy -> copy.control = other);
    }

    /** The same with jobs that share GPUs by other rules. */
    public RunOptions withGroups(GroupRules other) {
        Objects.requireNonNull(other, "groups");
        return with(copy -> copy.groups = other);
    }

    /** The same with jobs that are slower where they have parts of one GPU. */
    public RunOptions withColocation(ColocationSlowdown other) {
        Objects.requireNonNull(other, "colocation");
        return with(copy -> copy.colocation = other);
    }

    /** The same with jobs that may have the same GPUs in pairs. */
    public RunOptions withPairs(PairSpeeds.Placed other) {
        return with(copy -> copy.pairs = Optional.of(other));
    }

    /** How fast two jobs are on the same GPUs, where pairs may be. */
    Optional<PairSpeeds.Placed> pairs() {
        return pairs;
    }

    /** How much slower jobs are that have parts of one GPU. */
    ColocationSlowdown colocation() {
        return colocation;
    }

    /** How fast jobs are that share GPUs. */
    GroupRules groups() {
        return groups;
    }

    /** What the scheduler and the metadata store take. */
    ControlPlane control() {
        return control;
    }

    /** How fast jobs work where they are placed. */
    SpeedModel speed() {
        return speed;
    }

    /** Costs of starts, checkpoints and stops. */
    RestartCosts costs() {
        return costs;
    }

    /** What becomes of a job that a failure stopped. */
    RestartRules rules() {
        return rules;
    }

    /** Of nodes. */
    NodeOutages outages() {
        return outages;
    }

    /** Broken nodes that are repaired at the same time. */
    int crews() {
        return crews;
    }

    /** Whether the run ends at a moment even if jobs are left. */
    boolean hasHorizon() {
        return horizonNanos < Long.MAX_VALUE;
    }

    long horizonNanos() {
        return horizonNanos;
    }

    /** Whether the time of all GPUs is accounted for. */
    boolean accounts() {
        return accounts;
    }

    JobWatcher watcher() {
        return watcher;
    }

    /** Which jobs wait for others. */
    JobReleases.Rule releases() {
        return releases;
    }

    List<Autoscaler> autoscalers() {
        return autoscalers;
    }

    Optional<Defragmentation> defragmentation() {
        return defragmentation;
    }

    /** Whether anybody has to know which jobs run on a node. */
    boolean knowsTenants() {
        return outages.nextNanos() < Long.MAX_VALUE || !autoscalers.isEmpty() || defragmentation.isPresent();
    }
}
