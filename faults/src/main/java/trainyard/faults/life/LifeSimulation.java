package trainyard.faults.life;

import java.util.List;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultModel;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.life.record.LifeListener;
import trainyard.faults.life.record.LifeRecord;
import trainyard.faults.life.record.LifeRecorder;
import trainyard.sim.random.RandomStreams;

/**
 * One job in a cluster with spares, from an empty start to its end.
 *
 * @param job the job
 * @param cluster the cluster; nodes beyond those of the job are spares
 * @param faults what goes wrong; spares fail like other nodes
 * @param repairCrews nodes that are repaired at the same time, at least 1
 * @param horizonNanos when the observation ends at the latest, above 0
 */
public record LifeSimulation(LongJob job, ClusterShape cluster, FaultModel faults, int repairCrews, long horizonNanos) {

    public LifeSimulation {
        if (job.nodes() > cluster.nodes()) {
            throw new IllegalArgumentException(
                    "the job needs " + job.nodes() + " nodes, the cluster has " + cluster.nodes());
        }
        if (horizonNanos < 1) {
            throw new IllegalArgumentException("the observation must take some time, got " + horizonNanos + " ns");
        }
    }

    /** A cluster whose nodes are alike. */
    public LifeSimulation(
            LongJob job, ClusterShape cluster, List<FaultCause> causes, int repairCrews, long horizonNanos) {
        this(job, cluster, FaultModel.of(causes), repairCrews, horizonNanos);
    }

    /**
     * Runs one replication. The same streams give the same outcome.
     *
     * @throws IllegalStateException if the states of all GPUs do not sum to their time exactly, which is a defect
     */
    public LifeOutcome run(RandomStreams streams) {
        return run(streams, LifeListener.NONE);
    }

    /**
     * A life and its story.
     *
     * @param outcome what {@link #run(RandomStreams)} gives
     * @param story how it came about
     */
    public record Told(LifeOutcome outcome, LifeRecord story) {}

    /** Runs one replication and writes down its story. */
    public Told tell(RandomStreams streams) {
        LifeRecorder recorder = new LifeRecorder();
        LifeOutcome outcome = run(streams, recorder);
        return new Told(outcome, recorder.record(outcome.endNanos(), outcome.steps()));
    }

    /** The story of the life that {@link #run(RandomStreams)} sums up. */
    public LifeRecord record(RandomStreams streams) {
        return tell(streams).story();
    }

    /** Runs one replication and tells a listener what happens meanwhile; the outcome is that of {@link #run(RandomStreams)}. */
    public LifeOutcome run(RandomStreams streams, LifeListener listener) {
        return new LifeRun(this, streams, listener).play();
    }
}
