package trainyard.scheduler.run;

import java.util.function.IntConsumer;
import trainyard.scheduler.account.GpuUse;
import trainyard.scheduler.overhead.JobCosts;
import trainyard.scheduler.overhead.JobCosts.OnStop;
import trainyard.scheduler.overhead.RestartRules;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.sim.engine.Simulation;

/** Jobs that lose their GPUs through no decision of the policy: their programs or nodes fail, or their nodes are taken away. */
final class JobFailures {

    private final Simulation simulation;
    private final JobTable jobs;
    private final JobProgress progress;
    private final RunningJobs running;
    private final RunBooks books;
    private final RestartRules rules;
    private final SchedulingPolicy policy;
    private final SchedulingContext context;
    private final IntConsumer giveUp;
    private final int requeueHandler;

    /**
     * @param giveUp told of a job that is not started again
     */
    JobFailures(
            Simulation simulation,
            JobTable jobs,
            JobProgress progress,
            RunningJobs running,
            RunBooks books,
            RestartRules rules,
            SchedulingPolicy policy,
            SchedulingContext context,
            PassTimer passes,
            IntConsumer giveUp) {
        this.simulation = simulation;
        this.jobs = jobs;
        this.progress = progress;
        this.running = running;
        this.books = books;
        this.rules = rules;
        this.policy = policy;
        this.context = context;
        this.giveUp = giveUp;
        requeueHandler = simulation.register((now, job) -> {
            requeue(job);
            passes.now();
        });
    }

    /** A job that runs fails; it waits again, or is given up. */
    void fail(int job) {
        running.stop(job, false, GpuUse.STUCK);
        boolean again = jobs.countFailure(job) <= rules.mostRestarts();
        if (!again || !rules.keepsCheckpoints()) {
            books.loseAll(job);
            progress.setRemaining(job, jobs.job(job).runNanos());
        }
        policy.interrupted(context, job);
        if (!again) {
            giveUp.accept(job);
        } else if (rules.requeueNanos() == 0) {
            requeue(job);
        } else {
            simulation.scheduleAfter(rules.requeueNanos(), ClusterSimulation.ARRIVAL_PRIORITY, requeueHandler, job);
        }
    }

    /** A job that runs has to leave, of which it was told so long before; it waits again. */
    void vacate(int job, long noticeNanos) {
        JobCosts costs = running.costs(job);
        boolean saves = costs.onStop() == OnStop.SAVES && costs.saveNanos() <= noticeNanos && !progress.isHanging(job);
        if (saves && progress.hasUnsaved(job, simulation.now())) {
            progress.standStill(job, simulation.now() - costs.saveNanos());
        }
        running.stop(job, saves, saves ? GpuUse.CHECKPOINT : GpuUse.STUCK);
        jobs.countPreemption(job);
        policy.interrupted(context, job);
        requeue(job);
    }

    private void requeue(int job) {
        running.queued(job);
        policy.requeued(context, job);
    }
}
