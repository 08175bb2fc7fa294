package trainyard.scheduler.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import trainyard.scheduler.account.GpuUse;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.overhead.JobCosts;
import trainyard.scheduler.overhead.JobCosts.OnStop;
import trainyard.scheduler.scale.Autoscaler;
import trainyard.scheduler.speed.WorkPace;
import trainyard.sim.engine.Simulation;

/**
 * Starts and stops jobs, and knows when each ends or fails. GPUs of a job that is stopped to make place pass to others at once;
 * what saving it takes delays those who get them.
 */
final class RunningJobs {

    /** Before all else of the same moment. */
    private static final int END_PRIORITY = -10;

    private final Simulation simulation;
    private final JobTable jobs;
    private final JobProgress progress;
    private final GpuAllocation gpus;
    private final RunBooks books;
    private final RunOptions options;
    private final Saves saves;
    private final StoppedJobs stopped = new StoppedJobs();
    /** Jobs started in the present pass that wait for saves. */
    private final List<Delayed> delayed = new ArrayList<>();

    private boolean savesTakenBack;
    private final TurnGroups turns;
    private final GpuMates mates = new GpuMates();
    /** Whether jobs with parts of one GPU slow each other down; asked for at each start and stop. */
    private final boolean colocates;

    private final JobPaces paces;
    private final ControlBooks control;
    /** The end of a job that runs, or the failure before it. */
    private final long[] tickets;
    /** Time that is lost if a job that runs is stopped to make place; kept since it is asked for at every event. */
    private final long[] stopNanos;

    private final int endHandler;
    private final WaitingGpus waiting;

    private final PassStops passStops = new PassStops();

    /**
     * A job that waits for those who save on its GPUs.
     *
     * @param job its number
     * @param writtenNanos when its start is written down
     */
    private record Delayed(int job, long writtenNanos) {}

    /**
     * @param end told of a job that has done its work
     */
    RunningJobs(
            Simulation simulation,
            JobTable jobs,
            JobProgress progress,
            GpuAllocation gpus,
            TurnGroups turns,
            RunBooks books,
            RunOptions options,
            ControlBooks control,
            IntConsumer end) {
        this.simulation = simulation;
        this.jobs = jobs;
        this.progress = progress;
        this.gpus = gpus;
        this.turns = turns;
        this.books = books;
        this.options = options;
        this.control = control;
        colocates = options.colocation().counts();
        paces = new JobPaces(options, jobs, gpus, turns, mates);
        waiting = new WaitingGpus(jobs, options.autoscalers().stream().anyMatch(Autoscaler::isOfType));
        saves = new Saves(gpus.free().nodes(), jobs.count());
        tickets = new long[jobs.count()];
        stopNanos = new long[jobs.count()];
        endHandler = simulation.register((now, job) -> end.accept(job));
    }

    /** GPUs that jobs in the queue want. */
    WaitingGpus waiting() {
        return waiting;
    }

    /** Which jobs share GPUs. */
    TurnGroups turns() {
        return turns;
    }

    JobCosts costs(int job) {
        return options.costs().of(jobs.job(job), jobs.touchedGpus(job));
    }

    /** Time that is lost if a job that runs is stopped to make place; see {@link trainyard.scheduler.policy.SchedulingContext#stopNanos}. */
    long stopNanos(int job) {
        return stopNanos[job];
    }

    /** Time that a job which waits takes from when it gets its GPUs, at the speed at which its run time holds. */
    long nanosFromStart(int job) {
        JobCosts costs = costs(job);
        long work = progress.remainingNanos(job, simulation.now());
        return costs.startNanos()
                + (hasCheckpoint(job) ? costs.loadNanos() : 0)
                + costs.cycle().timeFor(work);
    }

    /** Whether a job that waits has done work which it loads when it starts. */
    private boolean hasCheckpoint(int job) {
        return progress.remainingNanos(job, simulation.now()) < jobs.job(job).runNanos();
    }

    /** A job waits. */
    void queued(int job) {
        waiting.add(job, jobs.gpus(job));
        options.watcher().queued(simulation.now(), job);
    }

    /** A job that waits wants another number of GPUs. */
    void resizeWaiting(int job, int count) {
        waiting.add(job, count - jobs.gpus(job));
        jobs.setGpus(job, count);
    }

    /** Starts a job on what was found for it. */
    void start(int job) {
        gpus.take(job, simulation.now());
        Optional<StoppedJobs.Stopped> before = stopped.backWhereItWas(job, gpus.got());
        if (before.isPresent()) {
            goOn(before.get());
        } else {
            launch(job);
            options.watcher().started(simulation.now(), job, gpus.got());
            gpus.started(job);
            meet(job);
        }
    }

    /** A job that was stopped at this moment has its GPUs again. */
    private void goOn(StoppedJobs.Stopped before) {
        int job = before.job();
        long now = simulation.now();
        passStops.wentOn();
        waiting.add(job, -jobs.gpus(job));
        progress.restore(job, before.progress());
        books.goesOn(job, before.keepsAll());
        transferred(job, -progress.transferNanos(job, now) - before.saveNanos());
        if (before.saveNanos() > 0) {
            saves.takeBack(job, gpus.got());
            savesTakenBack = true;
        }
        options.watcher().started(now, job, gpus.got());
        gpus.started(job);
        scheduleEnd(job);
        meet(job);
    }

    /** A job that has just got a part of a GPU slows down those who have others, and they it. */
    private void meet(int job) {
        if (colocates && jobs.gpus(job) < gpus.free().partsPerGpu()) {
            crowd(mates.join(job, gpus.of(job)));
        }
    }

    /** A job has given back what it had; those who had other parts of its GPU are faster without it. */
    private void part(int job) {
        if (colocates) {
            crowd(mates.leave(job));
        }
    }

    /** Jobs on one GPU go on at the speeds that they have from now on. */
    private void crowd(List<Integer> onGpu) {
        settle(onGpu.stream().mapToInt(Integer::intValue).toArray());
        for (int job : onGpu) {
            progress.setPace(job, paces.of(job));
            simulation.reschedule(tickets[job], progress.endNanos(job));
        }
    }

    /** Whether a job may have the GPUs of one that runs at the same time. */
    boolean canJoin(int job, int other) {
        return paces.canJoin(job, other);
    }

    /** Starts a job on the GPUs of one that runs, with which it takes turns. */
    void join(int job, int other) {
        long now = simulation.now();
        settle(turns.of(other));
        turns.join(job, other);
        gpus.share(job, other, now);
        launch(job);
        options.watcher().joined(now, job);
        takeTurns(job);
    }

    /** Books what jobs have done so far, before something changes for them. */
    private void settle(int[] group) {
        for (int job : group) {
            transferred(job, progress.transferNanos(job, simulation.now()));
            books.stopped(job, true, GpuUse.STUCK);
            progress.settle(job, simulation.now());
        }
    }

    /** The group of a job goes on at the speeds that it has from now on. */
    private void takeTurns(int member) {
        int[] group = turns.of(member);
        for (int turn = 0; turn < group.length; turn++) {
            int job = group[turn];
            progress.setPace(job, paces.of(job));
            simulation.reschedule(tickets[job], progress.endNanos(job));
            options.watcher().turns(simulation.now(), job, turn, group.length);
        }
    }

    private void scheduleEnd(int job) {
        tickets[job] = simulation.schedule(progress.endNanos(job), END_PRIORITY, endHandler, job);
    }

    /** Starts a job on what it holds. */
    void startOnHeld(int job) {
        gpus.takeHeld(job, simulation.now());
        launch(job);
        options.watcher().started(simulation.now(), job, gpus.got());
        gpus.started(job);
    }

    /** Begins to run a job on what it has just got. */
    private void launch(int job) {
        long now = simulation.now();
        NodeShares got = gpus.got();
        waiting.add(job, -jobs.gpus(job));
        WorkPace pace = options.speed().pace(jobs.job(job), jobs.touchedGpus(job), got);
        boolean loads = hasCheckpoint(job);
        long begin = Math.max(now, saves.over(job, got));
        long written = control.writeStart(now);
        if (begin > now) {
            delayed.add(new Delayed(job, written));
        }
        JobCosts costs = costs(job);
        stopNanos[job] = costs.startNanos() + costs.loadNanos() + 2 * costs.saveNanos();
        progress.start(job, now, begin, costs.startingAfter(Math.max(0, written - begin)), loads, pace);
        scheduleEnd(job);
    }

    /**
     * Takes the GPUs of a job away.
     *
     * @param keepsAll whether it keeps all its work, or what its last checkpoint holds
     * @param afterWork what its GPUs did once it stood still
     */
    void stop(int job, boolean keepsAll, GpuUse afterWork) {
        control.write(simulation.now());
        release(job, keepsAll, afterWork);
    }

    private void release(int job, boolean keepsAll, GpuUse afterWork) {
        simulation.cancel(tickets[job]);
        tickets[job] = Simulation.NO_TICKET;
        int[] others = turns.others(job);
        settle(others);
        transferred(job, progress.transferNanos(job, simulation.now()));
        books.stopped(job, keepsAll, afterWork);
        progress.stop(job, simulation.now(), keepsAll);
        options.watcher().stopped(simulation.now(), job);
        if (others.length == 0) {
            gpus.stopped(job, simulation.now());
            part(job);
        } else {
            leave(job, others[0]);
        }
    }

    /** A job that was stopped leaves GPUs that others still share. */
    private void leave(int job, int other) {
        boolean held = turns.host(job) == job;
        gpus.left(job, simulation.now());
        turns.leave(job);
        if (held) {
            int heir = turns.host(other);
            options.watcher().inherited(simulation.now(), heir, gpus.of(heir));
        }
        takeTurns(other);
    }

    private void transferred(int job, long nanos) {
        control.transferred(nanos, options.costs().shareOfStore(jobs.touchedGpus(job)));
    }

    /** A node that was away is there again. */
    void nodeReturned(int node) {
        options.watcher().returned(simulation.now(), node);
    }

    /** Stops a job to make place; it waits again. */
    void preempt(int job) {
        if (!progress.isRunning(job)) {
            throw new IllegalStateException("job " + jobs.job(job).id() + " does not run");
        }
        long now = simulation.now();
        JobCosts costs = costs(job);
        boolean keepsAll = costs.onStop() == OnStop.SAVES && !progress.isHanging(job);
        boolean savesNow = keepsAll && costs.saveNanos() > 0 && progress.hasUnsaved(job, now);
        if ((!costs.equals(JobCosts.NONE) || control.writesTakeTime())
                && !progress.isHanging(job)
                && turns.isAlone(job)) {
            stopped.add(new StoppedJobs.Stopped(
                    job, progress.moment(job), gpus.copyOf(job), keepsAll, savesNow ? costs.saveNanos() : 0));
        }
        if (savesNow) {
            saves.begin(job, gpus.copyOf(job), now + costs.saveNanos());
            transferred(job, costs.saveNanos());
        }
        release(job, keepsAll, GpuUse.STUCK);
        passStops.add(job);
        queued(job);
    }

    /** Another job is to have what one that was just stopped had. */
    void displaced(int job, int beneficiary) {
        options.watcher().displaced(simulation.now(), job, beneficiary);
    }

    /** Moves a job that runs to one other node. */
    void move(int job, int node) {
        preempt(job);
        gpus.choose(job, node);
        start(job);
    }

    /** Jobs that wait for saves which turned out to be none begin so much earlier. */
    private void beginEarlier() {
        for (Delayed late : delayed) {
            int job = late.job();
            if (progress.isRunning(job) && progress.startedAt(job) == simulation.now()) {
                long begin = Math.max(simulation.now(), saves.over(job, gpus.of(job)));
                long earlier =
                        Math.max(progress.beginAt(job), late.writtenNanos()) - Math.max(begin, late.writtenNanos());
                progress.beginEarlier(job, begin, earlier);
                simulation.cancel(tickets[job]);
                scheduleEnd(job);
            }
        }
    }

    /** A pass is over: who was stopped in it and does not run again has made place. */
    void countPreemptions() {
        if (savesTakenBack) {
            beginEarlier();
        }
        savesTakenBack = false;
        delayed.clear();
        passStops.close(jobs, progress, control, simulation.now());
        stopped.clear();
        saves.settle();
    }

    /** Makes the work longer that a job which runs has left. */
    void setBack(int job, long nanos) {
        progress.setBack(job, nanos);
        simulation.reschedule(tickets[job], progress.endNanos(job));
    }

    /** A job that runs stands still from now on, and does not end. */
    void hang(int job) {
        progress.standStill(job, simulation.now());
        simulation.cancel(tickets[job]);
    }

    /** Work of jobs that still run at the end of the run counts as kept. */
    void close() {
        books.account();
        for (int job = 0; job < jobs.count(); job++) {
            if (progress.isRunning(job)) {
                transferred(job, progress.transferNanos(job, simulation.now()));
                books.stopped(job, true, GpuUse.STUCK);
            }
        }
    }
}
