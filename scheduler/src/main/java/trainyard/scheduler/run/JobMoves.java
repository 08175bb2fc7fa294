package trainyard.scheduler.run;

import java.util.List;
import trainyard.sim.engine.Simulation;

/** Moves jobs so that the widest fits for which there are enough free GPUs, though not where it can use them. */
final class JobMoves {

    private final Simulation simulation;
    private final JobTable jobs;
    private final JobProgress progress;
    private final GpuAllocation gpus;
    private final RunningJobs running;
    private final Defragmenter defragmenter;
    private int count;

    JobMoves(
            Simulation simulation,
            JobTable jobs,
            JobProgress progress,
            GpuAllocation gpus,
            RunningJobs running,
            Defragmenter defragmenter) {
        this.simulation = simulation;
        this.jobs = jobs;
        this.progress = progress;
        this.gpus = gpus;
        this.running = running;
        this.defragmenter = defragmenter;
    }

    /** Jobs moved so far. */
    int count() {
        return count;
    }

    /** Makes place for the widest job that found none in this pass; returns whether anything moved. */
    boolean makePlace() {
        int job = gpus.fragmentedJob();
        if (gpus.fragmentedGpus() == 0 || progress.isRunning(job) || gpus.free().free() < jobs.gpus(job)) {
            return false;
        }
        List<Defragmenter.Move> planned = defragmenter.plan(simulation.now(), jobs.gpus(job), () -> gpus.fits(job));
        for (Defragmenter.Move move : planned) {
            running.move(move.job(), move.to());
        }
        count += planned.size();
        return !planned.isEmpty();
    }
}
