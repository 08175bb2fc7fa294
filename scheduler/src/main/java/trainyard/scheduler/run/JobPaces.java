package trainyard.scheduler.run;

import java.util.Arrays;
import java.util.List;
import trainyard.scheduler.interleave.Interleaving;
import trainyard.scheduler.job.JobStages;
import trainyard.scheduler.speed.WorkPace;

/** How fast jobs are where they are placed, and among those whose GPUs they share: in turns, in pairs, or with parts of one GPU. */
final class JobPaces {

    private final RunOptions options;
    private final JobTable jobs;
    private final GpuAllocation gpus;
    private final TurnGroups turns;
    private final GpuMates mates;

    JobPaces(RunOptions options, JobTable jobs, GpuAllocation gpus, TurnGroups turns, GpuMates mates) {
        this.options = options;
        this.jobs = jobs;
        this.gpus = gpus;
        this.turns = turns;
        this.mates = mates;
    }

    /** Whether a job may have the GPUs of one that runs at the same time. */
    boolean canJoin(int job, int other) {
        if (jobs.gpus(job) != jobs.gpus(other)) {
            return false;
        }
        return options.pairs().isPresent()
                ? turns.isAlone(other) && options.pairs().get().of(jobs.job(job), jobs.job(other), gpus.of(other)) > 0
                : turns.count(other) < Interleaving.MOST_JOBS && hasStages(job) && hasStages(other);
    }

    private boolean hasStages(int job) {
        return jobs.job(job).traits().stages().isStated();
    }

    /** Of a job that runs. */
    WorkPace of(int job) {
        WorkPace alone = options.speed().pace(jobs.job(job), jobs.touchedGpus(job), gpus.of(job));
        if (turns.isAlone(job)) {
            double slowdown = options.colocation().of(mates.count(job));
            return slowdown == 1 ? alone : alone.times(1 / slowdown);
        }
        if (options.pairs().isPresent()) {
            int other = turns.others(job)[0];
            return alone.times(options.pairs().get().of(jobs.job(job), jobs.job(other), gpus.of(job)));
        }
        List<JobStages> stages = Arrays.stream(turns.of(job))
                .mapToObj(member -> jobs.job(member).traits().stages())
                .toList();
        double own = jobs.job(job).traits().stages().iterationSeconds();
        return alone.times(own / options.groups().iterationSeconds(stages));
    }
}
