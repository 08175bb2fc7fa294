package trainyard.faults.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.StepTimes;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.random.Weibull;

/** The engine against closed forms that share no code with it: renewals, repair of machines, and racks that fail as one. */
class RenewalFormsTest {

    private static final Provenance MADE_UP = new Provenance(Provenance.Kind.ASSUMED, "a test", "");
    private static final long SECOND = 1_000_000_000L;
    private static final int LIVES = 20;
    /** Student's t of 19 degrees of freedom at 99.9 %, both sides. */
    private static final double T = 3.883;

    private static final double[] BINOMIAL_OF_FOUR = {1, 4, 6, 4, 1};

    private static final double SCALE = 3000;
    private static final double RESTART = 130;
    private static final double WORK = 400;
    private static final double SAVE = 20;

    /**
     * From one fault to the next, X apart, the job keeps W for each whole W + C behind the restart R. So the share of useful time is W
     * sum_k P(X > R + k (W + C)) / E X, whatever the law of X.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.7, 1, 1.5})
    void faultsThatRenewTheJobReachTheRenewalForm(double shape) {
        double[] shares = lives(
                new LongJob(
                        1,
                        Long.MAX_VALUE,
                        StepTimes.constant(10 * SECOND),
                        new CheckpointPlan(
                                (long) (WORK / 10),
                                List.of(CheckpointLevel.blocking("storage", (long) SAVE * SECOND, 0, Damage.NODE))),
                        new ReplaceLost(),
                        RecoveryTimes.fixed(0, RESTART)),
                new ClusterShape(1, 1, 1),
                cause(Scope.JOB, new Weibull(shape, SCALE), Damage.PROCESS, new Fixed(0)),
                1,
                3_000_000,
                LifeOutcome::goodput);
        // E X is the integral of the survival, here in seconds by the midpoint rule.
        double mean = 0;
        for (double x = 0.5; x < 100 * SCALE; x++) {
            mean += survival(shape, x);
        }
        double kept = 0;
        for (int k = 1; k < 5000; k++) {
            kept += WORK * survival(shape, RESTART + k * (WORK + SAVE));
        }
        assertIn(shares, kept / mean);
    }

    private static double survival(double shape, double seconds) {
        return Math.exp(-Math.pow(seconds / SCALE, shape));
    }

    /**
     * Six nodes of which the job needs four: those that are down are the customers of a repair shop of c crews (machine repair, Erlang), so
     * that p(n + 1) = p(n) (6 - n) R / (min(n + 1, c) M). The job is down where more than two are.
     */
    @ParameterizedTest
    @CsvSource({"1", "2", "6"})
    void aPoolOfSparesIsExhaustedAsInTheMachineRepairModel(int crews) {
        double[] weights = new double[7];
        weights[0] = 1;
        double sum = 1;
        for (int n = 0; n < 6; n++) {
            weights[n + 1] = weights[n] * (6 - n) * 800 / (Math.min(n + 1, crews) * 5000.0);
            sum += weights[n + 1];
        }
        double down = (weights[3] + weights[4] + weights[5] + weights[6]) / sum;
        assertIn(
                down(
                        4,
                        new ClusterShape(6, 1, 6),
                        cause(Scope.NODE, new Exponential(5000), Damage.NODE, new Exponential(800)),
                        crews),
                down);
    }

    /** Four racks of two nodes, of which the job needs the nodes of three: it is down while two racks are or more. */
    @Test
    void racksThatFailAsOneTakeTheJobDownAsOftenAsTheBinomialSays() {
        double away = 800.0 / 5800;
        double down = 0;
        for (int racks = 2; racks <= 4; racks++) {
            down += BINOMIAL_OF_FOUR[racks] * Math.pow(away, racks) * Math.pow(1 - away, 4 - racks);
        }
        assertIn(
                down(
                        6,
                        new ClusterShape(8, 1, 2),
                        cause(Scope.RACK, new Exponential(5000), Damage.NODE, new Exponential(800)),
                        8),
                down);
    }

    /** Share of the time in which a job that restarts in no time is down. */
    private static double[] down(int nodes, ClusterShape cluster, FaultCause cause, int crews) {
        LongJob job = new LongJob(
                nodes,
                Long.MAX_VALUE,
                StepTimes.constant(SECOND),
                CheckpointPlan.none(),
                new ReplaceLost(),
                RecoveryTimes.fixed(0, 0));
        return lives(job, cluster, cause, crews, 2_000_000, life -> {
            assertThat(life.endNanos()).isEqualTo(2_000_000 * SECOND);
            return life.snapshots().outages().downSeconds() / life.seconds();
        });
    }

    private static FaultCause cause(Scope scope, Distribution law, Damage damage, Distribution repair) {
        return new FaultCause("fault", scope, law, Visibility.EXPLICIT, damage, repair, MADE_UP);
    }

    private interface Number {
        double of(LifeOutcome life);
    }

    private static double[] lives(
            LongJob job, ClusterShape cluster, FaultCause cause, int crews, long horizonSeconds, Number number) {
        double[] numbers = new double[LIVES];
        LifeSimulation simulation = new LifeSimulation(job, cluster, List.of(cause), crews, horizonSeconds * SECOND);
        for (int i = 0; i < LIVES; i++) {
            numbers[i] = number.of(simulation.run(new RandomStreams(17, i)));
        }
        return numbers;
    }

    /** Within its interval, which is below a tenth of the form. */
    private static void assertIn(double[] numbers, double form) {
        double mean = Arrays.stream(numbers).average().orElseThrow();
        double squares =
                Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).sum();
        double half = T * Math.sqrt(squares / (LIVES - 1) / LIVES);
        assertThat(half).isLessThan(form / 10);
        assertThat(mean).isCloseTo(form, within(half));
    }
}
