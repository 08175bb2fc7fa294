package trainyard.scheduler.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import trainyard.scheduler.account.GpuUse;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.cost.JobCosts;
import trainyard.scheduler.cost.JobCosts.OnStop;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobSize;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.policy.Desk;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.scale.ScalingTally;
import trainyard.scheduler.workload.JobReleases;
import trainyard.sim.engine.Simulation;

/**
 * Jobs on a cluster under one policy, from the first submission to the last end. At one moment jobs end first, then nodes go and
 * come back, then jobs arrive in the order of the list, then the policy is asked once. Wants of more GPUs than the cluster has
 * are refused before anything runs.
 *
 * <p>GPUs of a job that is stopped to make place pass to others at once; what saving it takes delays those who get them.
 */
public final class ClusterSimulation implements Desk {

    private static final int END_PRIORITY = -10;
    private static final int ARRIVAL_PRIORITY = 0;
    private static final int PASS_PRIORITY = 10;

    private final Simulation simulation = new Simulation();
    private final JobTable jobs;
    private final JobProgress progress;
    private final FreeGpus free;
    private final Placement placement;
    private final SchedulingPolicy policy;
    private final RunOptions options;
    private final Optional<GpuAccounts> accounts;
    private final NodeTenants tenants;
    private final boolean knowsTenants;
    private final NodeLife nodes;
    private final Optional<NodeScaling> scaling;
    private final Optional<Defragmenter> defragmenter;
    private final Saves saves;
    private final JobReleases releases;
    private final EndlessRunGuard guard;
    private final NodeShares chosen = new NodeShares();
    /** The end of a job that runs, or the failure before it. */
    private final long[] tickets;

    private final int endHandler;
    private final int crashHandler;
    private final int arrivalHandler;
    private final int requeueHandler;
    private final int passHandler;
    private int arrived;
    private int unfinished;
    /** GPUs that jobs in the queue want. */
    private int waitingGpus;

    /** GPUs that jobs hold which do not run. */
    private int heldGpus;
    /** Free GPUs that the widest job wants which found no place although there are as many. */
    private int fragmentedGpus;

    /** That job. */
    private int fragmentedJob;

    private int moves;

    /** Jobs stopped in the present pass. */
    private int[] stopped = new int[16];

    private int stoppedCount;
    private long passTicket = Simulation.NO_TICKET;

    private ClusterSimulation(
            List<ClusterJob> list, FreeGpus cluster, Placement placement, SchedulingPolicy policy, RunOptions options) {
        this.jobs = new JobTable(SubmissionOrder.of(list));
        this.free = cluster;
        this.placement = Objects.requireNonNull(placement, "placement");
        this.policy = Objects.requireNonNull(policy, "policy");
        this.options = options;
        int count = jobs.count();
        progress = new JobProgress(count);
        for (int job = 0; job < count; job++) {
            progress.setRemaining(job, jobs.job(job).runNanos());
        }
        accounts = options.accounts() ? Optional.of(new GpuAccounts(jobs, progress, free)) : Optional.empty();
        tenants = new NodeTenants(free.nodes());
        knowsTenants = options.outages().nextNanos() < Long.MAX_VALUE
                || options.autoscaler().isPresent()
                || options.defragmentation().isPresent();
        saves = new Saves(free.nodes(), count);
        defragmenter = options.defragmentation().map(limits -> new Defragmenter(free, tenants, jobs, limits));
        JobsOnNodes onNodes = new JobsOnNodes();
        guard = new EndlessRunGuard(options.horizonNanos() < Long.MAX_VALUE);
        nodes = new NodeLife(simulation, free, tenants, options.outages(), options.crews(), guard, onNodes);
        scaling = options.autoscaler()
                .map(scaler -> new NodeScaling(
                        simulation, free, tenants, scaler, () -> waitingGpus, guard, onNodes, options.watcher()));
        releases = options.releases().of(jobs.list());
        tickets = new long[count];
        unfinished = count;
        endHandler = simulation.register(this::end);
        crashHandler = simulation.register((now, job) -> crash(job));
        arrivalHandler = simulation.register(this::arrive);
        requeueHandler = simulation.register((now, job) -> requeue(job));
        passHandler = simulation.register((now, argument) -> pass());
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
     * @throws IllegalArgumentException if a job wants more GPUs than there are, or a placement never fits it
     * @throws EndlessRunException if there is no horizon and the jobs do not get done
     */
    public static ClusterOutcome run(
            List<ClusterJob> list, FreeGpus cluster, Placement placement, SchedulingPolicy policy, RunOptions options) {
        return new ClusterSimulation(list, cluster, placement, policy, options).run();
    }

    private ClusterOutcome run() {
        refuseImpossible();
        scheduleNextArrival();
        nodes.awaitNext();
        scaling.ifPresent(NodeScaling::begin);
        if (unfinished > 0) {
            play();
        }
        long end = simulation.now();
        options.watcher().over(end);
        accounts.ifPresent(books -> close(books, end));
        List<JobOutcome> outcomes = new ArrayList<>(jobs.count());
        for (int job = 0; job < jobs.count(); job++) {
            outcomes.add(jobs.outcome(job, losses(job)));
        }
        return new ClusterOutcome(
                outcomes,
                free.total(),
                end,
                simulation.executedCount(),
                accounts.map(GpuAccounts::ledger),
                scaling.map(NodeScaling::tally).orElse(ScalingTally.NONE),
                moves,
                accounts.map(books -> books.meanUnusable(end)).orElse(0.0));
    }

    private void play() {
        if (options.horizonNanos() == Long.MAX_VALUE) {
            simulation.run();
        } else {
            simulation.runUntil(options.horizonNanos());
        }
    }

    /** Work of jobs that still run counts as kept. */
    private void close(GpuAccounts books, long nowNanos) {
        account();
        for (int job = 0; job < jobs.count(); job++) {
            if (progress.isRunning(job)) {
                books.stopped(job, nowNanos, true, GpuUse.STUCK);
            }
        }
    }

    private JobLosses losses(int job) {
        int failures = jobs.failures(job);
        boolean gaveUp = jobs.gaveUp(job);
        if (accounts.isPresent()) {
            return accounts.get().losses(job, failures, gaveUp);
        }
        return failures == 0 && !gaveUp ? JobLosses.NONE : new JobLosses(failures, gaveUp, 0, 0, 0);
    }

    private void refuseImpossible() {
        for (int job = 0; job < jobs.count(); job++) {
            if (!placement.choose(free, jobs.job(job), jobs.gpus(job), chosen)) {
                throw new IllegalArgumentException("job " + jobs.job(job).id() + " wants " + jobs.gpus(job)
                        + " GPUs, which the cluster of " + free.total() + " can never give it");
            }
        }
    }

    private void scheduleNextArrival() {
        if (arrived < jobs.count()) {
            simulation.schedule(jobs.job(arrived).submitNanos(), ARRIVAL_PRIORITY, arrivalHandler, arrived);
        }
    }

    /** Books the time of idle GPUs; before any of them changes. */
    private void account() {
        if (accounts.isPresent()) {
            accounts.get().advance(simulation.now(), free, heldGpus, fragmentedGpus, policy.reservedGpus());
        }
    }

    private void arrive(long nowNanos, int job) {
        arrived++;
        guard.progress();
        if (!releases.holds(job) && !jobs.gaveUp(job)) {
            enqueue(job);
        }
        scheduleNextArrival();
    }

    private void enqueue(int job) {
        waitingGpus += jobs.gpus(job);
        options.watcher().queued(simulation.now(), job);
        policy.arrived(this, job);
        passNow();
    }

    private void requeue(int job) {
        requeued(job);
        passNow();
    }

    private void end(long nowNanos, int job) {
        account();
        stop(job, true, GpuUse.STUCK);
        progress.setRemaining(job, 0);
        jobs.ended(job, nowNanos);
        policy.ended(this, job);
        passNow();
        finished(job, true);
    }

    private void finished(int job, boolean done) {
        unfinished--;
        guard.progress();
        if (unfinished == 0) {
            simulation.stop();
        }
        releases.finished(job, done, this::unlock, this::drop);
    }

    /** A job that waited for others may queue. */
    private void unlock(int job) {
        if (job < arrived) {
            enqueue(job);
        }
    }

    /** A job that waited for others will never run. */
    private void drop(int job) {
        jobs.giveUp(job);
        finished(job, false);
    }

    /** Takes the GPUs of a job away. */
    private void stop(int job, boolean keepsAll, GpuUse afterWork) {
        simulation.cancel(tickets[job]);
        tickets[job] = Simulation.NO_TICKET;
        if (accounts.isPresent()) {
            accounts.get().stopped(job, simulation.now(), keepsAll, afterWork);
        }
        progress.stop(job, simulation.now(), keepsAll);
        jobs.give(job, free);
        options.watcher().stopped(simulation.now(), job);
        if (placement.keepsBooks()) {
            jobs.copyShares(job, chosen);
            placement.given(jobs.job(job), chosen);
        }
        if (knowsTenants) {
            jobs.copyShares(job, chosen);
            tenants.remove(chosen, job, simulation.now());
        }
    }

    private void crash(int job) {
        account();
        fail(job);
        passNow();
    }

    private void fail(int job) {
        stop(job, false, GpuUse.STUCK);
        boolean again = jobs.countFailure(job) <= options.rules().mostRestarts();
        if (!again || !options.rules().keepsCheckpoints()) {
            long run = jobs.job(job).runNanos();
            accounts.ifPresent(books -> books.loseAll(job, run - progress.remainingNanos(job, simulation.now())));
            progress.setRemaining(job, run);
        }
        policy.interrupted(this, job);
        if (again) {
            requeueAfter(job, options.rules().requeueNanos());
        } else {
            jobs.giveUp(job);
            finished(job, false);
        }
    }

    private void requeueAfter(int job, long nanos) {
        if (nanos == 0) {
            requeued(job);
        } else {
            simulation.scheduleAfter(nanos, ARRIVAL_PRIORITY, requeueHandler, job);
        }
    }

    private void requeued(int job) {
        waitingGpus += jobs.gpus(job);
        options.watcher().queued(simulation.now(), job);
        policy.requeued(this, job);
    }

    /** What nodes do to jobs. */
    private final class JobsOnNodes implements NodeLife.Jobs {

        @Override
        public void beforeChange() {
            account();
        }

        @Override
        public void afterChange() {
            passNow();
        }

        @Override
        public boolean isAway(int node) {
            return nodes.isAway(node);
        }

        @Override
        public void hang(int job) {
            progress.standStill(job, simulation.now());
            simulation.cancel(tickets[job]);
        }

        @Override
        public boolean isHanging(int job) {
            return progress.stillAt(job) < Long.MAX_VALUE;
        }

        @Override
        public void fail(int job) {
            ClusterSimulation.this.fail(job);
        }

        @Override
        public void vacate(int job, long noticeNanos) {
            JobCosts costs = costs(job);
            boolean saves = costs.onStop() == OnStop.SAVES && costs.saveNanos() <= noticeNanos && !isHanging(job);
            if (saves && progress.hasUnsaved(job, simulation.now())) {
                progress.standStill(job, simulation.now() - costs.saveNanos());
            }
            stop(job, saves, saves ? GpuUse.CHECKPOINT : GpuUse.STUCK);
            jobs.countPreemption(job);
            policy.interrupted(ClusterSimulation.this, job);
            requeued(job);
        }
    }

    private JobCosts costs(int job) {
        return options.costs().of(jobs.job(job), jobs.gpus(job));
    }

    private void passNow() {
        passAt(simulation.now());
    }

    private void passAt(long nanos) {
        if (!simulation.isPending(passTicket)) {
            passTicket = simulation.schedule(nanos, PASS_PRIORITY, passHandler, 0);
        } else if (simulation.timeOf(passTicket) > nanos) {
            simulation.reschedule(passTicket, nanos);
        }
    }

    private void pass() {
        guard.look();
        account();
        fragmentedGpus = 0;
        policy.schedule(this);
        if (fragmentedGpus > 0 && defragmenter.isPresent()) {
            defragment(defragmenter.get());
        }
        for (int i = 0; i < stoppedCount; i++) {
            if (!progress.isRunning(stopped[i])) {
                jobs.countPreemption(stopped[i]);
            }
        }
        stoppedCount = 0;
        long wakeUp = policy.wakeUpNanos();
        if (wakeUp < Long.MAX_VALUE) {
            passAt(Math.max(wakeUp, simulation.now() + 1));
        }
    }

    private void defragment(Defragmenter mover) {
        int job = fragmentedJob;
        if (progress.isRunning(job) || free.free() < jobs.gpus(job)) {
            return;
        }
        List<Defragmenter.Move> planned = mover.plan(simulation.now(), jobs.gpus(job), () -> fits(job));
        for (Defragmenter.Move move : planned) {
            preempt(move.job());
            chosen.clear();
            chosen.add(move.to(), jobs.gpus(move.job()));
            run(move.job());
            moves++;
        }
        if (!planned.isEmpty()) {
            fragmentedGpus = 0;
            policy.schedule(this);
        }
    }

    @Override
    public long nowNanos() {
        return simulation.now();
    }

    @Override
    public int totalGpus() {
        return free.total();
    }

    @Override
    public int freeGpus() {
        return free.free();
    }

    @Override
    public ClusterJob job(int job) {
        return jobs.job(job);
    }

    @Override
    public int gpus(int job) {
        return jobs.gpus(job);
    }

    @Override
    public long submitNanos(int job) {
        return jobs.job(job).submitNanos();
    }

    @Override
    public long remainingNanos(int job) {
        return progress.remainingNanos(job, simulation.now());
    }

    @Override
    public long attainedNanos(int job) {
        return jobs.job(job).runNanos() - progress.workLeft(job, simulation.now());
    }

    @Override
    public long statedRemainingNanos(int job) {
        return Math.max(1, jobs.job(job).limitNanos() - attainedNanos(job));
    }

    @Override
    public boolean isRunning(int job) {
        return progress.isRunning(job);
    }

    @Override
    public boolean start(int job) {
        if (progress.isRunning(job)) {
            throw new IllegalStateException("job " + jobs.job(job).id() + " runs already");
        }
        if (!finds(job, jobs.gpus(job))) {
            return false;
        }
        if (jobs.held(job) > 0) {
            throw new IllegalStateException("job " + jobs.job(job).id() + " holds GPUs already");
        }
        run(job);
        return true;
    }

    /** Starts a job on what was chosen. */
    private void run(int job) {
        chosen.take(free);
        jobs.place(job, simulation.now(), chosen);
        launch(job);
    }

    @Override
    public boolean start(int job, int gpus) {
        requireSize(job, gpus);
        int before = jobs.gpus(job);
        choose(job, gpus);
        if (start(job)) {
            return true;
        }
        choose(job, before);
        return false;
    }

    /** A job in the queue wants another number of GPUs. */
    private void choose(int job, int gpus) {
        waitingGpus += gpus - jobs.gpus(job);
        jobs.setGpus(job, gpus);
    }

    private void requireSize(int job, int gpus) {
        ClusterJob submitted = jobs.job(job);
        int least = submitted.traits().size().least(submitted.gpus());
        int most = submitted.traits().size().most(submitted.gpus());
        if (gpus < least || gpus > most) {
            throw new IllegalArgumentException("job " + submitted.id() + " cannot use " + gpus + " GPUs");
        }
    }

    @Override
    public boolean resize(int job, int gpus) {
        requireSize(job, gpus);
        if (!progress.isRunning(job) || jobs.job(job).traits().size().kind() != JobSize.Kind.ELASTIC) {
            throw new IllegalStateException("job " + jobs.job(job).id() + " cannot be resized");
        }
        jobs.give(job, free);
        boolean fits = placement.choose(free, jobs.job(job), gpus, chosen);
        jobs.take(job, free);
        if (!fits) {
            return false;
        }
        preempt(job);
        return start(job, gpus);
    }

    /** Looks for GPUs of a job. */
    private boolean finds(int job, int gpus) {
        if (free.free() < gpus) {
            return false;
        }
        if (placement.choose(free, jobs.job(job), gpus, chosen)) {
            return true;
        }
        if (gpus > fragmentedGpus) {
            fragmentedGpus = gpus;
            fragmentedJob = job;
        }
        return false;
    }

    /** Begins to run a job on what it has got, which is what was chosen. */
    private void launch(int job) {
        long now = simulation.now();
        waitingGpus -= jobs.gpus(job);
        JobCosts costs = costs(job);
        double rate = options.speed().rate(jobs.job(job), jobs.gpus(job), chosen);
        boolean loads = progress.remainingNanos(job, now) < jobs.job(job).runNanos();
        progress.start(job, now, Math.max(now, saves.over(job, chosen)), costs, loads, rate);
        options.watcher().started(now, job, chosen);
        if (placement.keepsBooks()) {
            placement.taken(jobs.job(job), chosen);
        }
        if (knowsTenants) {
            tenants.add(chosen, job);
        }
        long end = progress.endNanos(job);
        long crash = options.crashes().afterNanos(jobs.job(job), jobs.starts(job) - 1);
        tickets[job] = crash < end - now
                ? simulation.schedule(now + crash, END_PRIORITY, crashHandler, job)
                : simulation.schedule(end, END_PRIORITY, endHandler, job);
    }

    @Override
    public boolean fits(int job) {
        return placement.choose(free, jobs.job(job), jobs.gpus(job), chosen);
    }

    @Override
    public boolean fitsWithout(int job, int[] victims, int count) {
        for (int i = 0; i < count; i++) {
            jobs.give(victims[i], free);
        }
        boolean fits = fits(job);
        for (int i = 0; i < count; i++) {
            jobs.take(victims[i], free);
        }
        return fits;
    }

    @Override
    public boolean hold(int job, int gpus) {
        if (progress.isRunning(job) || jobs.held(job) + gpus > jobs.gpus(job)) {
            throw new IllegalStateException("job " + jobs.job(job).id() + " lacks less than " + gpus + " GPUs");
        }
        if (!finds(job, gpus)) {
            return false;
        }
        chosen.take(free);
        jobs.hold(job, chosen);
        heldGpus += gpus;
        if (jobs.held(job) == jobs.gpus(job)) {
            heldGpus -= jobs.gpus(job);
            jobs.startOnHeld(job, simulation.now());
            jobs.copyShares(job, chosen);
            launch(job);
        }
        return true;
    }

    @Override
    public int heldGpus(int job) {
        return jobs.held(job);
    }

    @Override
    public void release(int job) {
        heldGpus -= jobs.held(job);
        jobs.release(job, free);
    }

    @Override
    public void setBack(int job, long nanos) {
        progress.setBack(job, nanos);
        simulation.reschedule(tickets[job], progress.endNanos(job));
    }

    @Override
    public void preempt(int job) {
        if (!progress.isRunning(job)) {
            throw new IllegalStateException("job " + jobs.job(job).id() + " does not run");
        }
        long now = simulation.now();
        JobCosts costs = costs(job);
        boolean keepsAll = costs.onStop() == OnStop.SAVES && progress.stillAt(job) == Long.MAX_VALUE;
        if (keepsAll && costs.saveNanos() > 0 && progress.hasUnsaved(job, now)) {
            jobs.copyShares(job, chosen);
            saves.begin(job, chosen, now + costs.saveNanos());
        }
        stop(job, keepsAll, GpuUse.STUCK);
        waitingGpus += jobs.gpus(job);
        options.watcher().queued(now, job);
        if (stoppedCount == stopped.length) {
            stopped = Arrays.copyOf(stopped, 2 * stoppedCount);
        }
        stopped[stoppedCount++] = job;
    }
}
