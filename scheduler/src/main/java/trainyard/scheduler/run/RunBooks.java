package trainyard.scheduler.run;

import java.util.Optional;
import trainyard.scheduler.account.ClusterLedger;
import trainyard.scheduler.account.GpuUse;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.run.outcome.JobLosses;
import trainyard.sim.engine.Simulation;

/** The accounts of a run that keeps some; in others it does nothing. */
final class RunBooks {

    private final Simulation simulation;
    private final JobTable jobs;
    private final GpuAllocation gpus;
    private final SchedulingPolicy policy;
    private final Optional<GpuAccounts> accounts;

    RunBooks(
            Simulation simulation,
            JobTable jobs,
            GpuAllocation gpus,
            SchedulingPolicy policy,
            Optional<GpuAccounts> accounts) {
        this.simulation = simulation;
        this.jobs = jobs;
        this.gpus = gpus;
        this.policy = policy;
        this.accounts = accounts;
    }

    /** Books the time of idle GPUs; before any of them changes. */
    void account() {
        if (accounts.isPresent()) {
            accounts.get()
                    .advance(
                            simulation.now(),
                            gpus.free(),
                            gpus.heldGpus(),
                            gpus.fragmentedGpus(),
                            policy.reservedGpus());
        }
    }

    /** Books what a job did since it started; see {@link GpuAccounts#stopped}. */
    void stopped(int job, boolean keepsAll, GpuUse afterWork) {
        if (accounts.isPresent()) {
            accounts.get().stopped(job, simulation.now(), keepsAll, afterWork);
        }
    }

    /** A job that was stopped at this moment goes on after all. */
    void goesOn(int job, boolean keepsAll) {
        accounts.ifPresent(books -> books.goesOn(job, simulation.now(), keepsAll));
    }

    /** All that a job did was in vain. */
    void loseAll(int job) {
        accounts.ifPresent(books -> books.loseAll(job));
    }

    JobLosses losses(int job) {
        int failures = jobs.failures(job);
        boolean gaveUp = jobs.gaveUp(job);
        if (accounts.isPresent()) {
            return accounts.get().losses(job, failures, gaveUp);
        }
        return failures == 0 && !gaveUp ? JobLosses.NONE : new JobLosses(failures, gaveUp, 0, 0, 0);
    }

    Optional<ClusterLedger> ledger() {
        return accounts.map(GpuAccounts::ledger);
    }

    /** Free GPUs that the mean job of the list cannot use where they are, now; 0 without accounts. */
    double unusable() {
        return accounts.map(books -> books.unusable(gpus.free())).orElse(0.0);
    }

    double meanUnusable(long endNanos) {
        return accounts.map(books -> books.meanUnusable(endNanos)).orElse(0.0);
    }
}
