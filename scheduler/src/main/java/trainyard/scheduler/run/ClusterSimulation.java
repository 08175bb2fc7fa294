package trainyard.scheduler.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import trainyard.scheduler.account.GpuUse;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.scheduler.run.watch.JobWatcher;
import trainyard.scheduler.scale.ScalingTally;
import trainyard.scheduler.workload.JobReleases;
import trainyard.sim.engine.Simulation;

/**
 * Jobs on a cluster under one policy, from the first submission to the last end. At one moment jobs end first, then nodes go and
 * come back, then jobs arrive in the order of the list, then the policy is asked once. Wants of more GPUs than the cluster has
 * are refused before anything runs.
 */
public final class ClusterSimulation {

    static final int ARRIVAL_PRIORITY = 0;

    private final Simulation simulation = new Simulation();
    private final RunOptions options;
    private final SchedulingPolicy policy;
    private final JobTable jobs;
    private final JobProgress progress;
    private final GpuAllocation gpus;
    private final RunBooks books;
    private final ControlBooks control;
    private final RunningJobs running;
    private final RunContext context;
    private final PassTimer passes;
    private final JobFailures failures;
    private final NodeLife nodes;
    private final List<NodeScaling> scaling;
    private final Optional<JobMoves> moves;
    private final JobReleases releases;
    private final EndlessRunGuard guard;
    private final int arrivalHandler;
    private int arrived;
    private int unfinished;

    private ClusterSimulation(
            List<ClusterJob> list, FreeGpus free, Placement placement, SchedulingPolicy policy, RunOptions options) {
        this.policy = Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(placement, "placement");
        this.options = options;
        jobs = new JobTable(SubmissionOrder.of(list), free.partsPerGpu(), placement);
        progress = new JobProgress(jobs.list());
        NodeTenants tenants = new NodeTenants(free.nodes());
        gpus = new GpuAllocation(jobs, free, placement, tenants, options.knowsTenants());
        TurnGroups turns = new TurnGroups(jobs.count());
        Optional<GpuAccounts> accounts = options.accounts()
                ? Optional.of(new GpuAccounts(jobs, progress, turns, free, placement))
                : Optional.empty();
        books = new RunBooks(simulation, jobs, gpus, policy, accounts);
        control = new ControlBooks(options.control());
        running = new RunningJobs(simulation, jobs, progress, gpus, turns, books, options, control, this::end);
        context = new RunContext(simulation, jobs, progress, gpus, running);
        passes = new PassTimer(simulation, options.control().decisionNanos(), this::pass);
        failures = new JobFailures(
                simulation, jobs, progress, running, books, options.rules(), policy, context, passes, this::giveUp);
        guard = new EndlessRunGuard(options.hasHorizon());
        JobsOnNodes onNodes = new JobsOnNodes(progress, running, failures, books, passes);
        nodes = new NodeLife(simulation, free, tenants, options.outages(), options.crews(), guard, onNodes);
        scaling = scaling(free, tenants, onNodes);
        moves = options.defragmentation()
                .map(limits -> new JobMoves(
                        simulation, jobs, progress, gpus, running, new Defragmenter(free, tenants, jobs, limits)));
        releases = options.releases().of(jobs.list());
        unfinished = jobs.count();
        arrivalHandler = simulation.register((now, job) -> arrive(job));
    }

    private List<NodeScaling> scaling(FreeGpus free, NodeTenants tenants, JobsOnNodes onNodes) {
        return options.autoscalers().stream()
                .map(scaler -> new NodeScaling(
                        simulation,
                        free,
                        tenants,
                        scaler,
                        running.waiting(),
                        () -> policy.admissibleGpus(context),
                        nodes::isAway,
                        guard,
                        onNodes,
                        options.watcher()))
                .toList();
    }

    /**
     * Plays a list of jobs at constant speed, without costs and failures.
     *
     * @param list jobs in any order; those submitted at one moment arrive in the order of the list; outcomes come in
     *     the order of arrival
     * @param cluster all of it free; used up by the run
     * @param policy made for this run
     * @throws IllegalArgumentException if a job wants more GPUs than there are, or a placement never fits it
     */
    public static ClusterOutcome run(
            List<ClusterJob> list, FreeGpus cluster, Placement placement, SchedulingPolicy policy) {
        return run(list, cluster, placement, policy, RunOptions.plain());
    }

    /**
     * Plays a list of jobs at constant speed, without costs and failures, and tells somebody what happens.
     *
     * @throws IllegalArgumentException if a job wants more GPUs than there are, or a placement never fits it
     */
    public static ClusterOutcome run(
            List<ClusterJob> list, FreeGpus cluster, Placement placement, SchedulingPolicy policy, JobWatcher watcher) {
        return run(list, cluster, placement, policy, RunOptions.plain().withWatcher(watcher));
    }

    /**
     * Plays a list of jobs.
     *
     * @param options what else is taken into account; made for this run
     * @throws IllegalArgumentException if a job wants more GPUs than there are, a placement never fits it, or jobs that share GPUs
     *     meet outages or defragmentation
     * @throws EndlessRunException if there is no horizon and the jobs do not get done
     */
    public static ClusterOutcome run(
            List<ClusterJob> list, FreeGpus cluster, Placement placement, SchedulingPolicy policy, RunOptions options) {
        refuseWhatGroupsLack(list, policy, options);
        return new ClusterSimulation(list, cluster, placement, policy, options).run();
    }

    /** Jobs whose speeds depend on each other end and are stopped by the policy alone. */
    private static void refuseWhatGroupsLack(List<ClusterJob> list, SchedulingPolicy policy, RunOptions options) {
        boolean turns = policy.sharesInTurns()
                && (options.pairs().isPresent()
                        || list.stream().anyMatch(job -> job.traits().stages().isStated()));
        if (turns || options.colocation().counts()) {
            String what = options.outages().nextNanos() < Long.MAX_VALUE
                    ? "outages of nodes"
                    : options.defragmentation().isPresent() ? "defragmentation" : "";
            if (!what.isEmpty()) {
                throw new IllegalArgumentException(
                        turns
                                ? "under policy " + policy.name() + " jobs share GPUs, and " + what
                                        + " would take one of them alone"
                                : "jobs slow each other down on one GPU, and what they lose by " + what
                                        + " is not known then");
            }
        }
    }

    private ClusterOutcome run() {
        gpus.refuseImpossible();
        scheduleNextArrival();
        nodes.awaitNext();
        scaling.forEach(NodeScaling::begin);
        if (unfinished > 0) {
            play();
        }
        options.watcher().over(simulation.now());
        if (options.accounts()) {
            running.close();
        }
        return outcome(simulation.now());
    }

    private void play() {
        if (options.hasHorizon()) {
            simulation.runUntil(options.horizonNanos());
        } else {
            simulation.run();
        }
    }

    private ClusterOutcome outcome(long endNanos) {
        List<JobOutcome> outcomes = new ArrayList<>(jobs.count());
        for (int job = 0; job < jobs.count(); job++) {
            outcomes.add(jobs.outcome(job, progress.workLeft(job, endNanos), books.losses(job)));
        }
        return new ClusterOutcome(
                outcomes,
                gpus.free().total() / gpus.free().partsPerGpu(),
                endNanos,
                simulation.executedCount(),
                books.ledger(),
                scaling.stream().map(NodeScaling::tally).reduce(ScalingTally.NONE, ScalingTally::plus),
                moves.map(JobMoves::count).orElse(0),
                books.meanUnusable(endNanos),
                control.tally(nodes));
    }

    private void scheduleNextArrival() {
        if (arrived < jobs.count()) {
            simulation.schedule(jobs.job(arrived).submitNanos(), ARRIVAL_PRIORITY, arrivalHandler, arrived);
        }
    }

    private void arrive(int job) {
        arrived++;
        guard.progress();
        if (!releases.holds(job) && !jobs.gaveUp(job)) {
            enqueue(job);
        }
        scheduleNextArrival();
    }

    private void enqueue(int job) {
        jobs.ready(job, simulation.now());
        running.queued(job);
        policy.arrived(context, job);
        passes.now();
    }

    private void end(int job) {
        books.account();
        running.stop(job, true, GpuUse.STUCK);
        progress.setRemaining(job, 0);
        jobs.ended(job, simulation.now());
        policy.ended(context, job);
        passes.now();
        finished(job, true);
    }

    private void finished(int job, boolean done) {
        unfinished--;
        guard.progress();
        if (unfinished == 0) {
            simulation.stop();
        }
        releases.finished(job, done, this::unlock, this::giveUp);
    }

    /** A job that waited for others may queue. */
    private void unlock(int job) {
        if (job < arrived) {
            enqueue(job);
        }
    }

    /** A job will never run, or never again. */
    private void giveUp(int job) {
        jobs.giveUp(job);
        finished(job, false);
    }

    private void pass() {
        guard.look(simulation.now());
        books.account();
        control.decided();
        schedule();
        if (moves.isPresent() && moves.get().makePlace()) {
            schedule();
        }
        running.countPreemptions();
        options.watcher().scattered(simulation.now(), Math.min(gpus.free().free(), gpus.fragmentedGpus()));
        if (options.watcher().looksAtUnusable()) {
            options.watcher().unusable(simulation.now(), books.unusable());
        }
        long wakeUp = policy.wakeUpNanos();
        if (wakeUp < Long.MAX_VALUE) {
            passes.by(Math.max(wakeUp, simulation.now() + 1));
        }
    }

    private void schedule() {
        gpus.forgetFragments();
        policy.schedule(context);
    }
}
