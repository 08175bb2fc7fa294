package trainyard.scenario.verify.faults.simulation;

import java.util.BitSet;
import java.util.List;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultTraits;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.layout.JobLayout;
import trainyard.faults.life.LifeSimulation;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.life.record.LifeListener;
import trainyard.faults.life.record.NodeUse;
import trainyard.faults.recovery.ElasticShrink;
import trainyard.faults.recovery.OnLoss;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.StepTimes;
import trainyard.scenario.verify.Replications.Observed;
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

    /** Chance of a queue as long as the spares below which a shortfall is rare. */
    private static final double RARE_QUEUE = 0.01;

    /** Steps so short that what a failure takes of one is next to nothing. */
    private static final double STEPS_PER_REPAIR = 10_000;

    /**
     * What was seen behind the warm-up.
     *
     * @param fullShare share of time with all nodes
     * @param shortfall mean number of nodes that were missing
     */
    record Seen(double fullShare, double shortfall) {}

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
        simulation(nodes, shortStep(), CheckpointPlan.none(), end).run(streams, watch);
        watch.advance(end);
        double seen = end - warm;
        return new Seen(watch.full / seen, watch.missing / seen);
    }

    /**
     * Samples behind the warm-up over those of a job with all nodes. The job keeps each step: else it began anew once all nodes
     * have failed since it last had enough of them.
     */
    double sampleShare(RandomStreams streams) {
        long step = shortStep();
        CheckpointPlan plan = new CheckpointPlan(1, List.of(CheckpointLevel.blocking("each step", 0, 0, Damage.SITE)));
        long samples = simulation(nodes, step, plan, endNanos()).run(streams).samples()
                - simulation(nodes, step, plan, warmNanos()).run(streams).samples();
        return samples / ((double) (endNanos() - warmNanos()) / step * nodes);
    }

    private long shortStep() {
        return SimTime.nanos(mttrHours / STEPS_PER_REPAIR);
    }

    /** Share of time in which at most as many nodes are broken as there are spares; the job is a bystander on one of them. */
    double enoughShare(RandomStreams streams) {
        Broken broken = new Broken(warmNanos(), 1);
        simulation(1, SimTime.nanos(mttrHours), CheckpointPlan.none(), endNanos())
                .run(streams, broken);
        broken.advance(endNanos());
        return broken.enough / (endNanos() - warmNanos());
    }

    /**
     * How much oftener nodes have to fail for a shortfall to be seen well, halfway from the load of the row to one that the spares
     * bear just so; 1 where it is not rare. Crews have to keep up: their load gets no larger than its root.
     */
    double oftener() {
        double offered = nodes * mttrHours / mttfHours;
        boolean rare = offered + 2 * Math.sqrt(offered) < spares + 1
                && Math.pow(Math.min(load(), 1), spares + 1.0) < RARE_QUEUE;
        double better = Math.min((offered + spares + 1) / 2 / offered, 1 / Math.sqrt(load()));
        return rare ? Math.max(1, better) : 1;
    }

    /**
     * The mean shortfall, seen where nodes fail oftener. How many are broken is a birth-death process, all of whose births are then
     * as much oftener; so the time with k broken ones is {@code oftener^k} times as likely, up to a constant, and counts by as much
     * less (importance sampling of its stationary law).
     *
     * @return nodes that were missing, over time, each weighed so
     */
    Observed rareShortfall(double oftener, RandomStreams streams) {
        ElasticNodePool busy = new ElasticNodePool(nodes, spares, cold, crews, mttfHours / oftener, mttrHours, least);
        Broken broken = busy.new Broken(busy.warmNanos(), oftener);
        busy.simulation(nodes, shortStep(), CheckpointPlan.none(), busy.endNanos())
                .run(streams, broken);
        broken.advance(busy.endNanos());
        return new Observed(broken.missing, broken.all);
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

    private LifeSimulation simulation(int jobNodes, long stepNanos, CheckpointPlan plan, long horizonNanos) {
        LongJob job = new LongJob(
                new JobLayout(jobNodes, 1, 1),
                jobNodes,
                Long.MAX_VALUE,
                StepTimes.constant(stepNanos),
                plan,
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

    /** Adds up how long so many nodes were broken. */
    private final class Broken implements LifeListener {

        private final long fromNanos;
        private final double oftener;
        private final BitSet broken = new BitSet();
        private long sinceNanos;
        private int count;
        private int held;
        private double enough;
        private double missing;
        private double all;

        /**
         * @param oftener by which failures are too many, so that times count by less
         */
        Broken(long fromNanos, double oftener) {
            this.fromNanos = fromNanos;
            this.oftener = oftener;
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

        @Override
        public void onNodes(long nowNanos, int nodesHeld) {
            advance(nowNanos);
            held = nodesHeld;
        }

        private void advance(long nowNanos) {
            double nanos = Math.max(0, nowNanos - Math.max(sinceNanos, fromNanos));
            double weighed = nanos * Math.pow(oftener, spares + 1 - count);
            enough += count <= spares ? nanos : 0;
            missing += (nodes - held) * weighed;
            all += weighed;
            sinceNanos = nowNanos;
        }
    }
}
