package trainyard.scenario.verify.faults.fact;

import java.util.List;
import trainyard.faults.analytic.CheckpointInterval;
import trainyard.faults.analytic.CheckpointSize;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultModel;
import trainyard.faults.cause.FaultPresets;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.life.LifeSimulation;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.StepTimes;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.stats.Tally;

/**
 * The life of Llama 3 405B (arXiv 2407.21783): interruptions as counted in its table 5, in place of whose nodes others come. The
 * paper states the storage (section 3.3.1) and 400 TFLOP/s per GPU (table 4, 16,384 GPUs), of which the step follows; how long a restart takes
 * it does not say.
 *
 * @param gpus GPUs of the job
 * @param days time that it is watched
 */
record LlamaRun(int gpus, double days) {

    private static final String PRESET = "llama3-2024";
    private static final int GPUS_PER_NODE = 8;
    private static final double SECONDS_PER_DAY = 86_400;
    private static final double STEP_SECONDS = 6.4;
    private static final double PARAMETERS = 405e9;
    private static final double STORAGE_BYTES_PER_SECOND = 2e12;

    /** Assumed. */
    private static final int SPARE_NODES = 64;

    /** Assumed: one minute until it is noticed, two until it is known what to replace, five to start; a hang takes ten. */
    private static final RecoveryTimes TIMES = new RecoveryTimes(
            new Fixed(60), new Fixed(600), new Fixed(120), new Fixed(0), new Fixed(300), new Fixed(0), new Fixed(0));

    /** Each meets hundreds of interruptions. */
    private static final int LIVES = 20;

    /** Share of the time that goes into steps which are kept. */
    double effectiveShare(long seed) {
        LifeSimulation simulation = simulation();
        Tally share = new Tally();
        for (int life = 0; life < LIVES; life++) {
            share.add(simulation.run(new RandomStreams(seed, life)).effectiveTrainingTimeRatio());
        }
        return share.mean();
    }

    private LifeSimulation simulation() {
        int nodes = gpus / GPUS_PER_NODE;
        ClusterShape ofJob = new ClusterShape(nodes, GPUS_PER_NODE, GPUS_PER_NODE);
        FaultModel faults = FaultModel.of(FaultPresets.all().get(PRESET));
        double save = CheckpointSize.writeSeconds(
                CheckpointSize.mixedPrecisionAdamBytes(PARAMETERS), STORAGE_BYTES_PER_SECOND);
        double interval = CheckpointInterval.exactSeconds(save, 1 / faults.stopsPerSecond(ofJob));
        CheckpointLevel storage =
                CheckpointLevel.blocking("storage", SimTime.nanos(save), SimTime.nanos(save), Damage.NODE);
        LongJob job = new LongJob(
                nodes,
                Long.MAX_VALUE,
                StepTimes.constant(SimTime.nanos(STEP_SECONDS)),
                new CheckpointPlan(Math.max(1, Math.round(interval / STEP_SECONDS)), List.of(storage)),
                new ReplaceLost(),
                TIMES);
        return new LifeSimulation(
                job,
                ofJob.withNodes(nodes + SPARE_NODES),
                faults,
                Integer.MAX_VALUE,
                SimTime.nanos(days * SECONDS_PER_DAY));
    }
}
