package trainyard.faults.life;

import static org.assertj.core.api.Assertions.assertThat;
import static trainyard.faults.life.SupervisedJob.NEVER_SLOW;
import static trainyard.faults.life.SupervisedJob.STATED;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import trainyard.faults.analytic.HeartbeatDetector;
import trainyard.faults.detect.CollectiveTimeout;
import trainyard.faults.detect.CollectiveTimeout.SlowOperations;
import trainyard.faults.detect.Detector;
import trainyard.faults.detect.HeartbeatWatch;
import trainyard.faults.detect.LayeredDetector;
import trainyard.faults.detect.Telemetry;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.Supervision;
import trainyard.faults.retry.BackoffRule;
import trainyard.faults.retry.InPlace;
import trainyard.faults.retry.Jitter;
import trainyard.faults.retry.RestartBudget;
import trainyard.faults.retry.RestartBudget.Counting;
import trainyard.faults.retry.RestartPolicy;
import trainyard.faults.retry.RestartPolicy.CrashLoopBrake;
import trainyard.sim.random.RandomStreams;

/** What holds under any detectors and any rules of restarting. */
class SupervisionTest {

    /** Every GPU-nanosecond is in one state under any supervision, and the run is a function of its seed. */
    @Test
    void theStatesSumToGpusTimesTime() {
        UniformRandomProvider random = new RandomStreams(77, 0).stream("supervised");
        for (int trial = 0; trial < 300; trial++) {
            LifeSimulation plain = LifeSimulationTest.random(random);
            LifeSimulation simulation = new LifeSimulation(
                    plain.job().with(random(random)),
                    plain.cluster(),
                    plain.faults(),
                    plain.repairCrews(),
                    plain.horizonNanos());
            LifeOutcome life = simulation.run(new RandomStreams(trial, 0));
            assertThat(life.ledger().total())
                    .as(simulation.toString())
                    .isEqualTo(BigInteger.valueOf(life.endNanos()).multiply(BigInteger.valueOf(life.gpus())));
            for (GpuState state : GpuState.values()) {
                assertThat(life.ledger().gpuNanos(state).signum()).isNotNegative();
            }
            assertThat(simulation.run(new RandomStreams(trial, 0)).events()).isEqualTo(life.events());
        }
    }

    static Supervision random(UniformRandomProvider random) {
        List<Detector> layers = List.of(
                new HeartbeatWatch(new HeartbeatDetector(10, 1 + random.nextInt(3), 0.05 * random.nextInt(3))),
                new CollectiveTimeout(
                        random.nextBoolean() ? Double.POSITIVE_INFINITY : 100 * random.nextInt(9),
                        random.nextBoolean() ? NEVER_SLOW : Optional.of(new SlowOperations(7, 60))),
                STATED);
        Detector telemetry = new Telemetry(new Telemetry.Rule(20, 2, random.nextDouble()), Map.of(), random.nextInt(9));
        BackoffRule backoff = new BackoffRule(5, 2, 300, 1 + random.nextInt(4), Jitter.values()[random.nextInt(3)]);
        return new Supervision(
                new LayeredDetector(layers, random.nextBoolean() ? List.of() : List.of(telemetry)),
                new RestartPolicy(
                        random.nextBoolean()
                                ? RestartBudget.UNLIMITED
                                : new RestartBudget(
                                        random.nextInt(40),
                                        Counting.values()[random.nextInt(2)],
                                        1 + random.nextInt(9),
                                        3 + random.nextInt(20),
                                        3600),
                        random.nextInt(5) == 0 ? Set.of("NODE") : Set.of(),
                        random.nextBoolean()
                                ? Optional.empty()
                                : Optional.of(new InPlace(random.nextBoolean(), backoff)),
                        random.nextBoolean() ? Optional.empty() : Optional.of(new CrashLoopBrake(backoff, 3000))));
    }
}
