package trainyard.scenario.verify.faults.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultTraits;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Slowdown;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.life.LifeSimulation;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.SlowPart;
import trainyard.faults.recovery.StepTimes;
import trainyard.scenario.verify.Replications;
import trainyard.scenario.verify.SimulatedMean;
import trainyard.sim.engine.SimTime;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;

/** Simulates the family {@code straggler}: steps that wait for the slowest of some workers. */
final class StragglerRows implements RowSimulation {

    private static final Provenance OF_THE_ROW = new Provenance(Provenance.Kind.PUBLISHED, "parameters of the row", "");

    /** Any time will do, if steps are short against it. */
    private static final double SLOW_SECONDS = 1000;

    private static final long STEP_NANOS = SimTime.nanos(1);

    /** Slow spells until the start, with all workers at full speed, no longer shows: e^-20. */
    private static final long WARM_UP_NANOS = SimTime.nanos(20 * SLOW_SECONDS);

    private static final long WATCHED_NANOS = SimTime.nanos(40 * SLOW_SECONDS);

    private final Replications replications;

    StragglerRows(Replications replications) {
        this.replications = replications;
    }

    @Override
    public Optional<SimulatedMean> simulate(String family, String name, Map<String, String> parameters) {
        RowNumbers row = new RowNumbers(parameters);
        return switch (family + " " + name) {
            case "straggler E_max_normal" ->
                new JitteredStep(row.whole("N"), row.value("mu_s"), row.value("sigma_s")).meanSeconds(replications);
            case "straggler E_step_two_point" -> twoPoint(row);
            default -> Optional.empty();
        };
    }

    /**
     * Workers that are slow now and then, each for a share p of its time. A step of a job with a slow worker takes s times as
     * long, of which {@code 1 - 1/s} is lost; so the mean over all times is {@code 1 + s} times the share of time that is lost.
     */
    private Optional<SimulatedMean> twoPoint(RowNumbers row) {
        double share = row.value("p");
        double factor = row.value("slow");
        if (!(share > 0 && share < 1 && factor > 1)) {
            return Optional.empty();
        }
        int workers = row.whole("N");
        FaultCause slow = new FaultCause(
                "slow",
                Scope.NODE,
                new Exponential(SLOW_SECONDS * (1 - share) / share),
                Visibility.SLOW,
                Damage.PROCESS,
                new Fixed(0),
                OF_THE_ROW,
                FaultTraits.NONE.with(new Slowdown(1 / factor, Optional.of(new Exponential(SLOW_SECONDS)))));
        return replications.mean(streams -> {
            double before = slowGpuSeconds(workers, slow, WARM_UP_NANOS, streams);
            double after = slowGpuSeconds(workers, slow, WARM_UP_NANOS + WATCHED_NANOS, streams);
            return 1 + factor * (after - before) / (SimTime.seconds(WATCHED_NANOS) * workers);
        });
    }

    private static double slowGpuSeconds(int workers, FaultCause slow, long horizonNanos, RandomStreams streams) {
        LongJob job = new LongJob(
                workers,
                Long.MAX_VALUE,
                new SlowestSets(),
                CheckpointPlan.none(),
                new ReplaceLost(),
                RecoveryTimes.fixed(0, 0));
        return new LifeSimulation(job, new ClusterShape(workers, 1, 1), List.of(slow), 1, horizonNanos)
                .run(streams)
                .ledger()
                .gpuSeconds(GpuState.SLOW);
    }

    /** All workers wait for the slowest. */
    private record SlowestSets() implements StepTimes {

        @Override
        public long stepNanos(int nodes) {
            return STEP_NANOS;
        }

        @Override
        public double stretch(List<SlowPart> slow) {
            return 1 / slow.stream().mapToDouble(SlowPart::share).min().orElse(1);
        }
    }
}
