package trainyard.scenario.verify.faults;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import trainyard.faults.analytic.CheckpointInterval;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultTimeline;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.layout.JobLayout;
import trainyard.faults.life.LifeOutcome;
import trainyard.faults.life.LifeSimulation;
import trainyard.faults.life.LongJob;
import trainyard.faults.recovery.JobRedundancy;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.Rejoin;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.StepTimes;
import trainyard.scenario.verify.Replications;
import trainyard.scenario.verify.SimulatedMean;
import trainyard.sim.engine.SimTime;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.random.Weibull;

/**
 * Simulates what rows of closed forms state, with the life of a job and the fault timelines that scenarios use: stretches of
 * work between snapshots, times to the first fault, rates in the long run.
 */
public final class EngineSimulation implements RowSimulation {

    private static final Provenance OF_THE_ROW = new Provenance(Provenance.Kind.PUBLISHED, "parameters of the row", "");
    private static final long HORIZON_NANOS = SimTime.nanos(200.0 * 365 * 86_400);
    private static final double HOUR = 3600;
    private static final double DAY = 86_400;
    private static final double MINUTE = 60;

    /** Lives of a component until its start no longer shows in the rate. */
    private static final double WARM_UP_LIVES = 10;

    /** Any time will do, since failures are counted. */
    private static final double NODE_LIFE_SECONDS = 1e6;

    private static final double FATAL_LIVES = 12;

    private final Replications replications;
    private final SnapshotSimulation snapshots;

    /**
     * @param seed of all replications
     */
    public EngineSimulation(long seed) {
        replications = new Replications(seed);
        snapshots = new SnapshotSimulation(replications);
    }

    @Override
    public Optional<SimulatedMean> simulate(String family, String name, Map<String, String> parameters) {
        Row row = new Row(parameters);
        return switch (family + " " + name) {
            case "exp-segment E_time" -> replications.mean(streams -> segment(row, row.value("W_s"), streams));
            case "exp-segment waste_exact" -> waste(row, row.value("W_s"));
            case "optimum waste_at_exact_opt" ->
                waste(row, CheckpointInterval.exactSeconds(row.value("C_s"), row.value("M_s")));
            case "makespan E_makespan" -> replications.mean(streams -> makespan(row, streams));
            case "makespan E_overhead_ratio" ->
                replications.mean(streams -> makespan(row, streams) / row.value("W_total_s"));
            case "ettr ETTR_exact_exponential" ->
                replications.ratio(
                        streams -> row.value("dt_min") * MINUTE,
                        streams -> segment(ettr(row), row.value("dt_min") * MINUTE, streams));
            case "mttf MTTF" ->
                replications.mean(streams -> firstFaultSeconds(nodes(row), row.whole("N_nodes"), streams) / HOUR);
            case "mttf P_survive_24h" ->
                share(streams -> firstFaultSeconds(nodes(row), row.whole("N_nodes"), streams) > DAY);
            case "replication MNFTI_alive_counting" ->
                replications.mean(streams -> failuresUntilFatal(row.whole("pairs"), streams));
            case "weibull E_min_all_new" ->
                replications.mean(streams -> firstFaultSeconds(weibull(row), row.whole("N"), streams) / HOUR);
            case "weibull P_no_failure_24h_all_new" ->
                share(streams -> firstFaultSeconds(weibull(row), row.whole("N"), streams) > DAY);
            case "weibull conditional_survival_24_48" ->
                replications.ratio(
                        streams -> firstFaultSeconds(weibull(row), row.whole("N"), streams) > 2 * DAY ? 1 : 0,
                        streams -> firstFaultSeconds(weibull(row), row.whole("N"), streams) > DAY ? 1 : 0);
            case "weibull platform_mtbf_longrun" ->
                replications.ratio(
                        streams -> WARM_UP_LIVES * row.value("node_mtbf_h"),
                        streams -> lateFaults(weibull(row), row.whole("N"), streams));
            default ->
                new DetectionRows(replications)
                        .simulate(family, name, parameters)
                        .or(() -> snapshots.simulate(family, name, parameters));
        };
    }

    private Optional<SimulatedMean> waste(Row row, double workSeconds) {
        return replications.ratio(streams -> {
            double seconds = segment(row, workSeconds, streams);
            return new Replications.Observed(seconds - workSeconds, seconds);
        });
    }

    private Optional<SimulatedMean> share(Predicate<RandomStreams> holds) {
        return replications.mean(streams -> holds.test(streams) ? 1 : 0);
    }

    /** Meta's form in the words of a stretch of work: M is the time between faults of N nodes. */
    private static Row ettr(Row row) {
        double mtbf = DAY / (row.value("N_nodes") * row.value("rf_per_node_day"));
        return new Row(Map.of(
                "C_s", text(row.value("w_min") * MINUTE),
                "R_s", text(row.value("u0_min") * MINUTE),
                "D_s", text(row.value("q_min") * MINUTE),
                "M_s", text(mtbf)));
    }

    private static String text(double value) {
        return Double.toString(value);
    }

    private static double segment(Row row, double workSeconds, RandomStreams streams) {
        return life(row, workSeconds, 1, streams);
    }

    private static double makespan(Row row, RandomStreams streams) {
        int pieces = row.whole("K");
        return life(row, row.value("W_total_s") / pieces, pieces, streams);
    }

    /** Seconds of a job whose steps are the pieces between snapshots; every fault throws it back to the last one. */
    private static double life(Row row, double pieceSeconds, int pieces, RandomStreams streams) {
        CheckpointLevel level = CheckpointLevel.blocking(
                "storage", SimTime.nanos(row.value("C_s")), SimTime.nanos(row.value("R_s")), Damage.NODE);
        LongJob job = new LongJob(
                1,
                pieces,
                StepTimes.constant(SimTime.nanos(pieceSeconds)),
                new CheckpointPlan(1, List.of(level)),
                new ReplaceLost(),
                RecoveryTimes.fixed(row.valueOr("D_s", 0), 0));
        FaultCause crash = cause(Scope.CLUSTER, new Exponential(row.value("M_s")), Damage.PROCESS);
        LifeOutcome life =
                new LifeSimulation(job, new ClusterShape(1, 1, 1), List.of(crash), 1, HORIZON_NANOS).run(streams);
        return life.seconds();
    }

    /**
     * Failures of live nodes until both of a pair are lost, that one included: incidents of a job with every node twice, none
     * of which comes back, until it can only wait.
     */
    private static double failuresUntilFatal(int pairs, RandomStreams streams) {
        LongJob job = new LongJob(
                new JobLayout(2 * pairs, 1, 1),
                1,
                Long.MAX_VALUE,
                StepTimes.constant(SimTime.nanos(1)),
                CheckpointPlan.none(),
                new JobRedundancy(JobRedundancy.Scope.NODE, Rejoin.NEVER),
                RecoveryTimes.fixed(0, 0));
        FaultCause node = new FaultCause(
                "node",
                Scope.NODE,
                new Exponential(NODE_LIFE_SECONDS),
                Visibility.EXPLICIT,
                Damage.NODE,
                new Fixed(SimTime.seconds(HORIZON_NANOS)),
                OF_THE_ROW);
        // So long that a job which is not stopped by then is as rare as e^-12.
        long horizon = SimTime.nanos(FATAL_LIVES * NODE_LIFE_SECONDS / Math.sqrt(pairs));
        return new LifeSimulation(job, new ClusterShape(2 * pairs, 1, 1), List.of(node), 2 * pairs, horizon)
                .run(streams)
                .incidents();
    }

    private static FaultCause cause(Scope scope, Distribution law, Damage damage) {
        return new FaultCause("fault", scope, law, Visibility.EXPLICIT, damage, new Fixed(0), OF_THE_ROW);
    }

    private static FaultCause nodes(Row row) {
        return cause(Scope.NODE, new Exponential(DAY / row.value("rf_per_node_day")), Damage.PROCESS);
    }

    private static FaultCause weibull(Row row) {
        return cause(Scope.NODE, Weibull.withMean(row.value("node_mtbf_h") * HOUR, row.value("shape")), Damage.PROCESS);
    }

    private static double firstFaultSeconds(FaultCause cause, int nodes, RandomStreams streams) {
        return SimTime.seconds(timeline(cause, nodes, streams).nextNanos());
    }

    /** Faults of the lives behind the warm-up, as many as the warm-up took. */
    private static double lateFaults(FaultCause cause, int nodes, RandomStreams streams) {
        FaultTimeline faults = timeline(cause, nodes, streams);
        long from = SimTime.nanos(WARM_UP_LIVES * cause.secondsBetween().mean());
        int late = 0;
        while (faults.nextNanos() <= 2 * from) {
            late += faults.take().nanos() > from ? 1 : 0;
        }
        return late;
    }

    private static FaultTimeline timeline(FaultCause cause, int nodes, RandomStreams streams) {
        return new FaultTimeline(List.of(cause), new ClusterShape(nodes, 1, 1), streams);
    }

    /** Parameters that the identity of the row has already read, so they are there and are numbers. */
    private record Row(Map<String, String> parameters) {

        double value(String key) {
            return Double.parseDouble(parameters.get(key));
        }

        double valueOr(String key, double other) {
            return parameters.containsKey(key) ? value(key) : other;
        }

        int whole(String key) {
            return (int) value(key);
        }
    }
}
