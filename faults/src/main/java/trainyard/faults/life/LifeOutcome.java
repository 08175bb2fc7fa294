package trainyard.faults.life;

import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.account.GpuTimeLedger;
import trainyard.faults.life.phase.LifeEvents;
import trainyard.faults.life.work.SnapshotEvents;
import trainyard.sim.engine.SimTime;

/**
 * What became of a job.
 *
 * @param endNanos when it was done, or when the observation ended
 * @param done whether it did all its steps
 * @param steps steps done and kept
 * @param samples samples that these steps were trained on
 * @param events what happened to it
 * @param faults faults of the cluster, those that did not concern the job included
 * @param gpus GPUs of the cluster, spares included
 * @param jobGpus GPUs that the job is made for
 * @param ledger where the time of all GPUs went
 * @param snapshots what its snapshots were good for
 */
public record LifeOutcome(
        long endNanos,
        boolean done,
        long steps,
        long samples,
        LifeEvents events,
        int faults,
        long gpus,
        long jobGpus,
        GpuTimeLedger ledger,
        SnapshotEvents snapshots) {

    /** Faults and false alarms that stopped it. */
    public int incidents() {
        return events.incidents();
    }

    public double seconds() {
        return SimTime.seconds(endNanos);
    }

    /**
     * Effective training time ratio: useful work over the time of the GPUs that the job is made for, waiting for nodes
     * included (Kokolis et al. 2024, section II). In [0, 1].
     */
    public double effectiveTrainingTimeRatio() {
        return ledger.gpuSeconds(GpuState.USEFUL) / (seconds() * jobGpus);
    }

    /** Useful work over the time of all GPUs, spares and nodes in repair included. In [0, 1]. */
    public double goodput() {
        return share(GpuState.USEFUL);
    }

    /** Share of the time of all GPUs that a state took, in [0, 1]. */
    public double share(GpuState state) {
        return ledger.gpuSeconds(state) / (seconds() * gpus);
    }
}
