package trainyard.scenario.verify.faults.simulation;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.faults.analytic.CheckpointInterval;
import trainyard.faults.analytic.VerifiedCheckpoint;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointClock;
import trainyard.faults.checkpoint.CheckpointClock.Progress;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.checkpoint.CopyPlacement;
import trainyard.faults.checkpoint.PeerCopies;
import trainyard.faults.checkpoint.SnapshotVerification;
import trainyard.faults.checkpoint.Writing;
import trainyard.faults.life.LifeSimulation;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.StepTimes;
import trainyard.scenario.verify.Replications;
import trainyard.scenario.verify.Replications.Observed;
import trainyard.scenario.verify.SimulatedMean;
import trainyard.sim.engine.SimTime;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;

/**
 * Simulates rows about snapshots: two levels, saves beside the training, copies on peers, checks against silent errors. A row
 * that says {@code simulate: within 10%} states a first-order form; it is held to that tolerance.
 */
final class SnapshotSimulation implements RowSimulation {

    private static final Provenance OF_THE_ROW = new Provenance(Provenance.Kind.PUBLISHED, "parameters of the row", "");
    private static final long HORIZON_NANOS = SimTime.nanos(200.0 * 365 * 86_400);
    /** Steps between two snapshots, so that what the step under way costs is small. */
    private static final int STEPS_APART = 200;
    /** Snapshots of the rare kind in one life. */
    private static final int PERIODS = 40;

    private static final int MOST_CASES = 1_000_000;
    /** First-order forms hold below it. */
    private static final double MOST_WASTE = 0.2;

    private final Replications replications;

    SnapshotSimulation(Replications replications) {
        this.replications = replications;
    }

    @Override
    public Optional<SimulatedMean> simulate(String family, String name, Map<String, String> parameters) {
        RowNumbers row = new RowNumbers(parameters);
        return switch (family + " " + name) {
            case "two-level waste_opt_first_order" ->
                twoLevelWaste(row) < MOST_WASTE ? waste(streams -> twoLevel(row, streams)) : Optional.empty();
            case "sdc waste_opt" ->
                verified(row).leastWaste() < MOST_WASTE ? waste(streams -> checked(row, streams)) : Optional.empty();
            case "async throughput_factor" ->
                replications.ratio(
                        streams -> window(row, streams).workNanos(), streams -> SimTime.nanos(windowSeconds(row)));
            case "async stall_per_checkpoint" ->
                replications.ratio(
                        streams -> SimTime.seconds(window(row, streams).stallNanos()),
                        streams -> (double) window(row, streams).workNanos()
                                / SimTime.nanos(row.value("t_it_s") * row.value("k_iters")));
            case "async mean_lost_work_persisted" -> replications.mean(streams -> lost(row, streams));
            case "gemini P_recover_group_lower" -> lostGroups(row);
            case "gemini P_recover_group_exact" -> recovered(row, PeerCopies.Pattern.GROUP);
            case "gemini P_recover_ring" -> recovered(row, PeerCopies.Pattern.RING);
            case "gemini wasted_time_avg" -> replications.mean(streams -> wasted(row, streams));
            default -> Optional.empty();
        };
    }

    /** Useful work and all the time that it took. */
    private record Spent(double workSeconds, double seconds) {}

    private interface Observation {
        Spent of(RandomStreams streams);
    }

    private Optional<SimulatedMean> waste(Observation life) {
        return replications.ratio(streams -> {
            Spent spent = life.of(streams);
            return new Observed(spent.seconds() - spent.workSeconds(), spent.seconds());
        });
    }

    private static double twoLevelWaste(RowNumbers row) {
        return Math.sqrt(2 * row.value("C1_s") / row.value("M1_s"))
                + Math.sqrt(2 * row.value("C2_s") / row.value("M2_s"))
                + row.value("R1_s") / row.value("M1_s")
                + row.value("R2_s") / row.value("M2_s");
    }

    /** Both levels at their best periods; faults of the second kind destroy the first level. */
    private static Spent twoLevel(RowNumbers row, RandomStreams streams) {
        double often = CheckpointInterval.youngSeconds(row.value("C1_s"), row.value("M1_s"));
        double rarely = CheckpointInterval.youngSeconds(row.value("C2_s"), row.value("M2_s"));
        int every = (int) Math.max(1, Math.round(rarely / often));
        CheckpointPlan plan = new CheckpointPlan(
                STEPS_APART,
                List.of(
                        CheckpointLevel.blocking("local", row.nanos("C1_s"), row.nanos("R1_s"), Damage.PROCESS),
                        new CheckpointLevel("remote", every, row.nanos("C2_s"), 0, row.nanos("R2_s"), Damage.RESTART)));
        List<FaultCause> causes = List.of(
                cause("local", row.value("M1_s"), Visibility.EXPLICIT, Damage.PROCESS),
                cause("remote", row.value("M2_s"), Visibility.EXPLICIT, Damage.RESTART));
        return live(plan, often / STEPS_APART, (long) PERIODS * every * STEPS_APART, causes, streams);
    }

    private static VerifiedCheckpoint verified(RowNumbers row) {
        return new VerifiedCheckpoint(
                row.value("V_s"),
                row.value("C_s"),
                row.value("R_s"),
                row.value("M_silent_s"),
                row.value("M_failstop_s"));
    }

    private static Spent checked(RowNumbers row, RandomStreams streams) {
        CheckpointPlan plan = new CheckpointPlan(
                        STEPS_APART,
                        List.of(CheckpointLevel.blocking("storage", row.nanos("C_s"), row.nanos("R_s"), Damage.NODE)))
                .with(new SnapshotVerification(1, row.nanos("V_s"), 1));
        List<FaultCause> causes = List.of(
                cause("silent", row.value("M_silent_s"), Visibility.SILENT, Damage.PROCESS),
                cause("crash", row.value("M_failstop_s"), Visibility.EXPLICIT, Damage.PROCESS));
        double interval = verified(row).bestIntervalSeconds();
        return live(plan, interval / STEPS_APART, (long) PERIODS * STEPS_APART, causes, streams);
    }

    private static Spent live(
            CheckpointPlan plan, double stepSeconds, long steps, List<FaultCause> causes, RandomStreams streams) {
        long stepNanos = SimTime.nanos(stepSeconds);
        LongJob job = new LongJob(
                1, steps, StepTimes.constant(stepNanos), plan, new ReplaceLost(), RecoveryTimes.fixed(0, 0));
        LifeSimulation life = new LifeSimulation(job, new ClusterShape(1, 1, 1), causes, 1, HORIZON_NANOS);
        return new Spent(SimTime.seconds(steps * stepNanos), life.run(streams).seconds());
    }

    private static FaultCause cause(String name, double mtbfSeconds, Visibility visibility, Damage damage) {
        return new FaultCause(
                name, Scope.CLUSTER, new Exponential(mtbfSeconds), visibility, damage, new Fixed(0), OF_THE_ROW);
    }

    private static CheckpointClock async(RowNumbers row) {
        double overlap = Math.min(row.value("S_s"), row.value("overlap_s"));
        CheckpointLevel level = new CheckpointLevel(
                "storage", 1, SimTime.nanos(row.value("S_s") - overlap), row.nanos("P_s"), 0, Damage.NODE);
        return new CheckpointClock(new CheckpointPlan(row.whole("k_iters"), List.of(level)), 0, row.nanos("t_it_s"));
    }

    private static double periodSeconds(RowNumbers row) {
        return row.value("k_iters") * row.value("t_it_s") + row.value("S_s") + row.value("P_s");
    }

    private static double windowSeconds(RowNumbers row) {
        return 7.3 * periodSeconds(row);
    }

    /** What a run does in a window that begins at any time. */
    private static Progress window(RowNumbers row, RandomStreams streams) {
        CheckpointClock clock = async(row);
        double start = 1000 * periodSeconds(row) * (1 + streams.stream("window").nextDouble());
        Progress before = clock.at(SimTime.nanos(start));
        Progress after = clock.at(SimTime.nanos(start) + SimTime.nanos(windowSeconds(row)));
        return new Progress(
                after.steps() - before.steps(),
                after.workNanos() - before.workNanos(),
                after.stallNanos() - before.stallNanos(),
                0);
    }

    /**
     * Work since the newest snapshot that is durable at any time. The row says of its form that a fault is as likely at any point
     * of the work between two snapshots: they stall nothing, and as many writes are under way as it takes for that.
     */
    private static double lost(RowNumbers row, RandomStreams streams) {
        int iterations = row.whole("k_iters");
        double period = iterations * row.value("t_it_s");
        int inFlight = (int) Math.ceil(row.value("P_s") / period) + 1;
        CheckpointLevel level = new CheckpointLevel("storage", 1, 0, row.nanos("P_s"), 0, Damage.NODE)
                .with(new Writing(inFlight, 0, 0, Optional.empty()));
        CheckpointClock clock =
                new CheckpointClock(new CheckpointPlan(iterations, List.of(level)), 0, row.nanos("t_it_s"));
        double fault = period * (1000 + streams.stream("fault").nextDouble());
        long nanos = SimTime.nanos(fault);
        double kept = clock.newestSafe(level, nanos).orElseThrow().steps() * row.value("t_it_s");
        return SimTime.seconds(clock.at(nanos).workNanos()) - kept;
    }

    /** One less the groups that lose all copies of their shards, on average: the bound on the chance that none does. */
    private Optional<SimulatedMean> lostGroups(RowNumbers row) {
        int nodes = row.whole("N");
        int copies = row.whole("m");
        if (nodes % copies != 0) {
            return Optional.empty();
        }
        CopyPlacement placement = new PeerCopies(nodes, copies, PeerCopies.Pattern.GROUP);
        return replications.mean(streams -> {
            BitSet failed = failed(row, streams);
            int lost = 0;
            for (int first = 0; first < nodes; first += copies) {
                BitSet ofGroup = new BitSet();
                ofGroup.set(first, first + copies);
                ofGroup.and(failed);
                lost += placement.survives(ofGroup) ? 0 : 1;
            }
            return 1 - lost;
        });
    }

    private static BitSet failed(RowNumbers row, RandomStreams streams) {
        UniformRandomProvider random = streams.stream("failed");
        BitSet failed = new BitSet();
        while (failed.cardinality() < row.whole("k")) {
            failed.set(random.nextInt(row.whole("N")));
        }
        return failed;
    }

    /** Whether every shard has a copy left when some of the nodes fail at once, any of them alike. */
    private Optional<SimulatedMean> recovered(RowNumbers row, PeerCopies.Pattern pattern) {
        int nodes = row.whole("N");
        CopyPlacement copies = new PeerCopies(nodes, row.whole("m"), pattern);
        return replications.share(
                MOST_CASES, streams -> new Observed(copies.survives(failed(row, streams)) ? 1 : 0, 1));
    }

    /** Work since the newest snapshot that is complete at any time, and the time to fetch it. */
    private static double wasted(RowNumbers row, RandomStreams streams) {
        long interval = SimTime.nanos(1 / row.value("f_hz"));
        CheckpointLevel level =
                new CheckpointLevel("peers", 1, 0, row.nanos("t_ckpt_s"), row.nanos("t_rtvl_s"), Damage.NODE);
        long step = Math.max(1, interval / 10_000);
        CheckpointClock clock = new CheckpointClock(new CheckpointPlan(10_000, List.of(level)), 0, step);
        long fault = 10 * interval + (long) (interval * streams.stream("fault").nextDouble());
        long kept = clock.newestSafe(level, fault).orElseThrow().steps() * step;
        return SimTime.seconds(clock.at(fault).workNanos() - kept + level.restoreNanos());
    }
}
