package trainyard.scenario.verify.faults.simulation;

import java.util.BitSet;
import java.util.List;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultTraits;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.layout.JobLayout;
import trainyard.faults.life.LifeOutcome;
import trainyard.faults.life.LifeSimulation;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.life.record.LifeListener;
import trainyard.faults.life.record.NodeUse;
import trainyard.faults.recovery.ElasticShrink;
import trainyard.faults.recovery.OnLoss;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.StepTimes;
import trainyard.sim.engine.SimTime;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.RandomStreams;

/**
 * A job that takes every node that works, up to those that it is made for, out of a pool with a repair shop: the policy {@code
 * elastic} with replicas of one node, whose starts take no time. An hour of the row is a second here.
 *
 * @param nodes nodes that the job is made for
 * @param spares nodes beyond
 * @param cold whether spares do not fail while they idle
 * @param crews repairs at the same time
 * @param mttfHours mean time to failure of a node, exponential
 * @param mttrHours mean time of a repair, exponential
 * @param least nodes below which the job stands still
 */
record ElasticNodePool(int nodes, int spares, boolean cold, int crews, double mttfHours, double mttrHours, int least) {

    private static final Provenance OF_THE_ROW = new Provenance(Provenance.Kind.PUBLISHED, "parameters of the row", "");

    /** Relaxation times until the start, with all nodes up, no longer shows: e^-8. */
    private static final double WARM_UP = 8;

    private static final double WATCHED = 100;

    /** The same where the crews cannot keep up: hundreds of nodes wait, so that their number hardly varies. */
    private static final double WATCHED_IF_SATURATED = 1;

    private static final int LEAST_LIVES = 200;
    private static final int MOST_LIVES = 1_000_000;

    /** Steps so short that what a failure takes of one is next to nothing. */
    private static final double STEPS_PER_REPAIR = 10_000;

    /**
     * What was seen behind the warm-up.
     *
     * @param fullShare share of time with all nodes
     * @param shortfall mean number of nodes that were missing
     * @param sampleShare samples over those of a job with all nodes
     */
    record Seen(double fullShare, double shortfall, double sampleShare) {}

    /** Repairs that fall due over those that the crews can do. */
    double load() {
        return nodes * mttrHours / mttfHours / crews;
    }

    private double watched() {
        return load() < 1 ? WATCHED : WATCHED_IF_SATURATED;
    }

    /** How many lives have so many failures together, at least the few that a mean takes. */
    int lives(double failures) {
        double ofLife = (WARM_UP + watched()) * relaxationHours() * (nodes + spares) / mttfHours;
        return (int) Math.max(LEAST_LIVES, Math.min(MOST_LIVES, failures / ofLife));
    }

    private long warmNanos() {
        return SimTime.nanos(WARM_UP * relaxationHours());
    }

    private long endNanos() {
        return SimTime.nanos((WARM_UP + watched()) * relaxationHours());
    }

    Seen run(RandomStreams streams) {
        long warm = warmNanos();
        long end = endNanos();
        Watch watch = new Watch(warm);
        long step = SimTime.nanos(mttrHours / STEPS_PER_REPAIR);
        LifeOutcome whole = simulation(nodes, step, end).run(streams, watch);
        watch.advance(end);
        // Only replicas below a quorum make the samples differ from the nodes; the rest is not simulated twice.
        long samples = least == 1
                ? 0
                : whole.samples() - simulation(nodes, step, warm).run(streams).samples();
        double seen = end - warm;
        return new Seen(watch.full / seen, watch.missing / seen, samples / (seen / step * nodes));
    }

    /** Share of time in which at most as many nodes are broken as there are spares; the job is a bystander on one of them. */
    double enoughShare(RandomStreams streams) {
        Broken broken = new Broken(warmNanos());
        simulation(1, SimTime.nanos(mttrHours), endNanos()).run(streams, broken);
        broken.advance(endNanos());
        return broken.enough / (endNanos() - warmNanos());
    }

    /**
     * Time in which the pool forgets its past: one repair, longer where crews are busy, {@code 1 / (1 - sqrt(load))^2} times as
     * long in a queue with one crew (Cohen 1982), and a life of a node where they cannot keep up.
     */
    private double relaxationHours() {
        double load = load();
        double queue = load < 1 ? mttrHours / Math.pow(1 - Math.sqrt(load), 2) : Double.POSITIVE_INFINITY;
        return Math.min(Math.max(mttfHours, mttrHours), queue);
    }

    private LifeSimulation simulation(int jobNodes, long stepNanos, long horizonNanos) {
        LongJob job = new LongJob(
                new JobLayout(jobNodes, 1, 1),
                jobNodes,
                Long.MAX_VALUE,
                StepTimes.constant(stepNanos),
                CheckpointPlan.none(),
                new ElasticShrink(least, true, OnLoss.SHRINK_BATCH),
                RecoveryTimes.fixed(0, 0));
        FaultCause failure = new FaultCause(
                        "node",
                        Scope.NODE,
                        new Exponential(mttfHours),
                        Visibility.EXPLICIT,
                        Damage.NODE,
                        new Exponential(mttrHours),
                        OF_THE_ROW)
                .with(FaultTraits.NONE.withOnlyAtWork(cold));
        int all = nodes + spares;
        return new LifeSimulation(
                job, new ClusterShape(all, 1, 1), List.of(failure), Math.min(crews, all), horizonNanos);
    }

    /** Adds up how long the job had how many nodes. */
    private final class Watch implements LifeListener {

        private final long fromNanos;
        private long sinceNanos;
        private int held;
        private double full;
        private double missing;

        Watch(long fromNanos) {
            this.fromNanos = fromNanos;
        }

        @Override
        public void onNodes(long nowNanos, int count) {
            advance(nowNanos);
            held = count;
        }

        private void advance(long nowNanos) {
            long nanos = nowNanos - Math.max(sinceNanos, fromNanos);
            if (nanos > 0) {
                full += held == nodes ? nanos : 0;
                missing += (double) (nodes - held) * nanos;
            }
            sinceNanos = nowNanos;
        }
    }

    /** Adds up how long enough nodes worked. */
    private final class Broken implements LifeListener {

        private final long fromNanos;
        private final BitSet broken = new BitSet();
        private long sinceNanos;
        private int count;
        private double enough;

        Broken(long fromNanos) {
            this.fromNanos = fromNanos;
        }

        @Override
        public boolean followsNodes() {
            return true;
        }

        @Override
        public void onNode(long nowNanos, int node, NodeUse use) {
            boolean breaks = use == NodeUse.BROKEN;
            if (broken.get(node) != breaks) {
                advance(nowNanos);
                broken.set(node, breaks);
                count += breaks ? 1 : -1;
            }
        }

        private void advance(long nowNanos) {
            long nanos = nowNanos - Math.max(sinceNanos, fromNanos);
            enough += nanos > 0 && count <= spares ? nanos : 0;
            sinceNanos = nowNanos;
        }
    }
}
