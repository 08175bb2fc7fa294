package trainyard.faults.life;

import java.util.List;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultModel;
import trainyard.faults.cause.FaultTimeline;
import trainyard.sim.engine.Simulation;
import trainyard.sim.engine.Timeline;
import trainyard.sim.inventory.FixedPool;
import trainyard.sim.inventory.Inventory;
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

    /** Purpose of the stream from which the times of the first start are drawn. */
    private static final String START = "life/start";

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
        Simulation simulation = new Simulation();
        Timeline timeline = new Timeline(simulation);
        Inventory inventory = new Inventory(cluster.nodes(), cluster.gpusPerNode(), SlowParts.links(faults, cluster));
        GpuTimeLedger ledger = new GpuTimeLedger();
        HeldNodes held = new HeldNodes(inventory, ledger, listener);
        inventory.addListener((part, before, speed) -> held.onChange(simulation.now(), part, before, speed));
        FixedPool pool = new FixedPool(simulation, inventory);
        Breakage breakage = new Breakage(inventory, new RepairShop(timeline, inventory, repairCrews));
        Cluster shared = new Cluster(cluster, pool, pool::freeNodes, held, ledger);
        SlowParts slow = new SlowParts(timeline, inventory, cluster);
        JobLife life = new JobLife(
                job,
                timeline,
                shared,
                slow,
                breakage,
                listener,
                streams.stream(START).nextLong());
        slow.tell(life::onHealed);
        int[] struck = {0};
        FaultListener counted = (now, fault) -> {
            struck[0]++;
            listener.onFault(now, fault);
            life.onFault(now, fault);
        };
        new FaultProcess(timeline, new FaultTimeline(faults, cluster, streams), held, breakage, slow, counted).start();
        FaultListener alarmed = (now, alarm) -> {
            listener.onFault(now, alarm);
            life.onFault(now, alarm);
        };
        FaultModel alarms = FaultModel.of(job.supervision().detector().falseAlarms());
        new FaultProcess(timeline, new FaultTimeline(alarms, cluster, streams), held, breakage, slow, alarmed).start();
        job.recovery()
                .warnings()
                .ifPresent(warnings -> new WarningProcess(
                                timeline, warnings, new FaultTimeline(faults, cluster, streams), cluster.nodes(), life)
                        .start());
        if (faults.longestNoticeSeconds() > 0) {
            FaultTimeline announced = new FaultTimeline(faults, cluster, streams);
            new NoticeProcess(timeline, announced, faults, life::onNotice).start();
        }
        life.start();
        simulation.runUntil(horizonNanos);
        long end = simulation.now();
        life.endObservation(end);
        ledger.close(end, cluster.gpus());
        return new LifeOutcome(
                end,
                life.isDone(),
                life.steps(),
                life.samples(),
                life.events(end),
                struck[0],
                cluster.gpus(),
                (long) job.nodes() * cluster.gpusPerNode(),
                ledger,
                life.snapshotEvents(end));
    }
}
