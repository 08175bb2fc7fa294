package trainyard.faults.life;

import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultModel;
import trainyard.faults.cause.FaultTimeline;
import trainyard.faults.life.account.GpuTimeLedger;
import trainyard.faults.life.cluster.Breakage;
import trainyard.faults.life.cluster.FaultListener;
import trainyard.faults.life.cluster.FaultProcess;
import trainyard.faults.life.cluster.HeldNodes;
import trainyard.faults.life.cluster.NoticeProcess;
import trainyard.faults.life.cluster.RepairShop;
import trainyard.faults.life.cluster.SlowParts;
import trainyard.faults.life.cluster.WarningProcess;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.life.nodes.Cluster;
import trainyard.faults.life.phase.JobLife;
import trainyard.faults.life.record.LifeListener;
import trainyard.sim.engine.Simulation;
import trainyard.sim.engine.Timeline;
import trainyard.sim.inventory.FixedPool;
import trainyard.sim.inventory.Inventory;
import trainyard.sim.random.RandomStreams;

/** One replication of a {@link LifeSimulation}: the cluster, the job on it, and what strikes both. */
final class LifeRun {

    /** Purpose of the stream from which the times of the first start are drawn. */
    private static final String START = "life/start";

    private final LongJob job;
    private final ClusterShape cluster;
    private final FaultModel faults;
    private final long horizonNanos;
    private final RandomStreams streams;
    private final LifeListener listener;
    private final Simulation simulation = new Simulation();
    private final Timeline timeline = new Timeline(simulation);
    private final GpuTimeLedger ledger = new GpuTimeLedger();
    private final HeldNodes held;
    private final Breakage breakage;
    private final SlowParts slow;
    private final JobLife life;
    private int struck;

    LifeRun(LifeSimulation asked, RandomStreams streams, LifeListener listener) {
        this.job = asked.job();
        this.cluster = asked.cluster();
        this.faults = asked.faults();
        this.horizonNanos = asked.horizonNanos();
        this.streams = streams;
        this.listener = listener;
        Inventory inventory = new Inventory(cluster.nodes(), cluster.gpusPerNode(), SlowParts.links(faults, cluster));
        held = new HeldNodes(inventory, ledger, listener);
        inventory.addListener((part, before, speed) -> held.onChange(simulation.now(), part, before, speed));
        FixedPool pool = new FixedPool(simulation, inventory);
        breakage = new Breakage(inventory, new RepairShop(timeline, inventory, asked.repairCrews()));
        slow = new SlowParts(timeline, inventory, cluster);
        life = new JobLife(
                job,
                timeline,
                new Cluster(cluster, pool, pool::freeNodes, held, ledger),
                slow,
                breakage,
                listener,
                streams.stream(START).nextLong());
        slow.tell(life::onHealed);
    }

    /** From an empty start to the end of the job or of the observation. */
    LifeOutcome play() {
        strike(faults, (now, fault) -> {
            struck++;
            tell(now, fault);
        });
        strike(FaultModel.of(job.supervision().detector().falseAlarms()), this::tell);
        warn();
        announce();
        life.start();
        simulation.runUntil(horizonNanos);
        return outcome(simulation.now());
    }

    private void strike(FaultModel causes, FaultListener told) {
        new FaultProcess(timeline, timeline(causes), held, breakage, slow, told).start();
    }

    private void tell(long nowNanos, Fault fault) {
        listener.onFault(nowNanos, fault);
        life.onFault(nowNanos, fault);
    }

    private void warn() {
        job.recovery()
                .warnings()
                .ifPresent(warnings -> new WarningProcess(
                                timeline, warnings, timeline(faults), cluster.nodes(), life::onWarning)
                        .start());
    }

    private void announce() {
        if (faults.longestNoticeSeconds() > 0) {
            new NoticeProcess(timeline, timeline(faults), faults, life::onNotice).start();
        }
    }

    /** Each process reads a timeline of its own; those of one model hold the same faults. */
    private FaultTimeline timeline(FaultModel causes) {
        return new FaultTimeline(causes, cluster, streams);
    }

    private LifeOutcome outcome(long endNanos) {
        life.endObservation(endNanos);
        ledger.close(endNanos, cluster.gpus());
        return new LifeOutcome(
                endNanos,
                life.isDone(),
                life.steps(),
                life.samples(),
                life.events(endNanos),
                struck,
                cluster.gpus(),
                (long) job.nodes() * cluster.gpusPerNode(),
                ledger,
                life.snapshotEvents(endNanos));
    }
}
