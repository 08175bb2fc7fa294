package trainyard.scenario.verify.faults.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.faults.analytic.CheckpointInterval;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
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
 * Simulates the families {@code exp-segment}, {@code makespan}, {@code ettr} and {@code spot}, wastes of {@code optimum} and the
 * conventions of {@code mttf}: the life of a job that works between snapshots and loads the last one after each fault.
 */
final class SegmentRows implements RowSimulation {

    private static final Provenance OF_THE_ROW = new Provenance(Provenance.Kind.PUBLISHED, "parameters of the row", "");
    private static final long HORIZON_NANOS = SimTime.nanos(140.0 * 365 * 86_400);
    private static final double HOUR = 3600;
    private static final double DAY = 86_400;
    private static final double MINUTE = 60;

    /** Of the first-order form of the ratio: below it, its row says, it is near the simulation. */
    private static final double MOST_LOSS = 0.4;

    /** Pieces of work between two faults so small that what a fault takes of one is next to nothing. */
    private static final int PIECES_BETWEEN_FAULTS = 10_000;

    private static final int FAULTS_OF_A_LIFE = 20;

    private final Replications replications;

    SegmentRows(Replications replications) {
        this.replications = replications;
    }

    @Override
    public Optional<SimulatedMean> simulate(String family, String name, Map<String, String> parameters) {
        RowNumbers row = new RowNumbers(parameters);
        return switch (family + " " + name) {
            case "exp-segment E_time" ->
                replications.mean(streams -> Stretch.of(row).seconds(row.value("W_s"), 1, streams));
            case "exp-segment waste_exact" -> waste(row, row.value("W_s"));
            case "optimum waste_at_exact_opt" ->
                waste(row, CheckpointInterval.exactSeconds(row.value("C_s"), row.value("M_s")));
            case "optimum waste_at_young" ->
                waste(row, CheckpointInterval.youngSeconds(row.value("C_s"), row.value("M_s")));
            case "optimum waste_at_daly_first" ->
                waste(
                        row,
                        CheckpointInterval.dalyFirstOrderSeconds(row.value("C_s"), row.value("M_s"), row.value("R_s")));
            case "optimum waste_at_daly_higher" ->
                waste(row, CheckpointInterval.dalyHigherOrderSeconds(row.value("C_s"), row.value("M_s")));
            case "makespan E_makespan" -> replications.mean(streams -> makespan(row, streams));
            case "makespan E_overhead_ratio" ->
                replications.mean(streams -> makespan(row, streams) / row.value("W_total_s"));
            case "ettr ETTR_exact_exponential" -> ratio(row);
            case "ettr E_ETTR_meta_form" -> lossOfFirstOrder(row) < MOST_LOSS ? ratio(row) : Optional.empty();
            case "mttf hsdp_convention_a" ->
                upShare(row.value("MTBF_min") - row.value("MTTR_min"), row.value("MTTR_min"));
            case "mttf hsdp_convention_b" -> upShare(row.value("MTBF_min"), row.value("MTTR_min"));
            case "spot cost_per_useful_node_hour" -> spot(row);
            default -> Optional.empty();
        };
    }

    private Optional<SimulatedMean> waste(RowNumbers row, double workSeconds) {
        Stretch stretch = Stretch.of(row);
        return replications.ratio(streams -> {
            double seconds = stretch.seconds(workSeconds, 1, streams);
            return new Observed(seconds - workSeconds, seconds);
        });
    }

    private static double makespan(RowNumbers row, RandomStreams streams) {
        int pieces = row.whole("K");
        return Stretch.of(row).seconds(row.value("W_total_s") / pieces, pieces, streams);
    }

    /** The effective training time ratio: a restart may fail, the time in the queue may not. */
    private Optional<SimulatedMean> ratio(RowNumbers row) {
        Stretch stretch = new Stretch(
                1,
                DAY / (row.value("N_nodes") * row.value("rf_per_node_day")),
                row.value("w_min") * MINUTE,
                row.value("u0_min") * MINUTE,
                row.value("q_min") * MINUTE);
        double work = row.value("dt_min") * MINUTE;
        return replications.ratio(streams -> work, streams -> stretch.seconds(work, 1, streams));
    }

    private static double lossOfFirstOrder(RowNumbers row) {
        double perMinute = row.value("N_nodes") * row.value("rf_per_node_day") * MINUTE / DAY;
        return perMinute * (row.value("u0_min") + row.value("dt_min") / 2);
    }

    /** Share of time in which a job advances that stands still for a fixed time after each fault, all in minutes. */
    private Optional<SimulatedMean> upShare(double upMinutes, double downMinutes) {
        if (!(upMinutes > 0)) {
            return Optional.empty();
        }
        double up = upMinutes * MINUTE;
        Stretch stretch = new Stretch(1, up, 0, 0, downMinutes * MINUTE);
        double piece = up / PIECES_BETWEEN_FAULTS;
        int pieces = FAULTS_OF_A_LIFE * PIECES_BETWEEN_FAULTS;
        return replications.ratio(streams -> pieces * piece, streams -> stretch.seconds(piece, pieces, streams));
    }

    /** Each node may be taken away; the job comes back at once, on another one, from its last snapshot. */
    private Optional<SimulatedMean> spot(RowNumbers row) {
        int nodes = row.whole("nodes");
        double each = HOUR / row.value("preempt_per_node_h");
        Stretch stretch = new Stretch(nodes, each, row.value("C_s"), row.value("R_s"), 0);
        double work = CheckpointInterval.exactSeconds(row.value("C_s"), each / nodes);
        return replications.ratio(streams -> row.value("spot") * stretch.seconds(work, 1, streams), streams -> work);
    }

    /**
     * Work with a blocking snapshot behind each piece, and faults that throw it back to the last one.
     *
     * @param nodes that fail each by itself
     * @param mtbfSeconds of one node
     * @param saveSeconds of a snapshot
     * @param restoreSeconds to load it, in which the next fault may strike
     * @param downSeconds after a fault, in which none strikes
     */
    private record Stretch(
            int nodes, double mtbfSeconds, double saveSeconds, double restoreSeconds, double downSeconds) {

        static Stretch of(RowNumbers row) {
            return new Stretch(1, row.value("M_s"), row.value("C_s"), row.value("R_s"), row.valueOr("D_s", 0));
        }

        /** Time that some pieces of work take. */
        double seconds(double pieceSeconds, int pieces, RandomStreams streams) {
            CheckpointLevel level = CheckpointLevel.blocking(
                    "storage", SimTime.nanos(saveSeconds), SimTime.nanos(restoreSeconds), Damage.NODE);
            LongJob job = new LongJob(
                    nodes,
                    pieces,
                    StepTimes.constant(SimTime.nanos(pieceSeconds)),
                    new CheckpointPlan(1, List.of(level)),
                    new ReplaceLost(),
                    RecoveryTimes.fixed(downSeconds, 0));
            FaultCause crash = new FaultCause(
                    "crash",
                    Scope.NODE,
                    new Exponential(mtbfSeconds),
                    Visibility.EXPLICIT,
                    Damage.PROCESS,
                    new Fixed(0),
                    OF_THE_ROW);
            return new LifeSimulation(job, new ClusterShape(nodes, 1, 1), List.of(crash), 1, HORIZON_NANOS)
                    .run(streams)
                    .seconds();
        }
    }
}
