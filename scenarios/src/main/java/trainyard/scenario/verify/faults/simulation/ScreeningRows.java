package trainyard.scenario.verify.faults.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.checkpoint.SnapshotVerification;
import trainyard.faults.life.LifeSimulation;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.life.record.LifeListener;
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
 * Simulates that a wrong state is still not found after some screenings: jobs whose silent errors are looked for at the end of each
 * step, which takes one period. The share of screenings that miss an error is counted, and taken to the power of their number.
 */
final class ScreeningRows implements RowSimulation {

    private static final Provenance OF_THE_ROW = new Provenance(Provenance.Kind.PUBLISHED, "parameters of the row", "");
    private static final double DAY = 86_400;

    /** A second for a period; the row states times in periods of its own. */
    private static final long PERIOD_NANOS = SimTime.nanos(1);

    private static final double PERIODS_BETWEEN_ERRORS = 1;

    /** Between two screenings. */
    private static final long HORIZON_NANOS = 100 * PERIOD_NANOS + PERIOD_NANOS / 2;

    private static final int MOST_LIVES = 1_000_000;

    private final Replications replications;

    ScreeningRows(Replications replications) {
        this.replications = replications;
    }

    @Override
    public Optional<SimulatedMean> simulate(String family, String name, Map<String, String> parameters) {
        return (family + " " + name).equals("sdc P_undetected_by_t")
                ? undetected(new RowNumbers(parameters))
                : Optional.empty();
    }

    private Optional<SimulatedMean> undetected(RowNumbers row) {
        double recall = row.value("recall");
        double screenings = Math.floor(row.value("t_s") / row.valueOr("period_s", DAY));
        return recall > 0 && recall < 1 && screenings >= 1
                ? replications.power(screenings, MOST_LIVES, streams -> screened(recall, streams))
                : Optional.empty();
    }

    /** Screenings of one life that missed an error, over all that met one. */
    private static Observed screened(double recall, RandomStreams streams) {
        CheckpointPlan plan = new CheckpointPlan(1, List.of(CheckpointLevel.blocking("storage", 0, 0, Damage.NODE)))
                .with(new SnapshotVerification(1, 0, recall));
        LongJob job = new LongJob(
                1,
                Long.MAX_VALUE,
                StepTimes.constant(PERIOD_NANOS),
                plan,
                new ReplaceLost(),
                RecoveryTimes.fixed(0, 0));
        FaultCause silent = new FaultCause(
                "silent",
                Scope.CLUSTER,
                new Exponential(PERIODS_BETWEEN_ERRORS * SimTime.seconds(PERIOD_NANOS)),
                Visibility.SILENT,
                Damage.PROCESS,
                new Fixed(0),
                OF_THE_ROW);
        Screenings seen = new Screenings();
        new LifeSimulation(job, new ClusterShape(1, 1, 1), List.of(silent), 1, HORIZON_NANOS).run(streams, seen);
        seen.end(HORIZON_NANOS);
        return new Observed(seen.missed, seen.all);
    }

    /** Counts the ends of periods from the first error in a right state until it is found. */
    private static final class Screenings implements LifeListener {

        private boolean wrong;
        private long sinceNanos;
        private int missed;
        private int all;

        @Override
        public void onFault(long nowNanos, Fault fault) {
            if (!wrong) {
                wrong = true;
                sinceNanos = nowNanos;
            }
        }

        @Override
        public void onState(long nowNanos, GpuState state, long steps) {
            if (wrong && state == GpuState.DIAGNOSE) {
                int screenings = screenings(nowNanos);
                all += screenings;
                missed += screenings - 1;
                wrong = false;
            }
        }

        /** An error that is not found by the end was missed by all screenings so far. */
        void end(long nowNanos) {
            if (wrong) {
                all += screenings(nowNanos);
                missed += screenings(nowNanos);
            }
        }

        private int screenings(long nowNanos) {
            return (int) (nowNanos / PERIOD_NANOS - sinceNanos / PERIOD_NANOS);
        }
    }
}
