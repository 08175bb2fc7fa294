package trainyard.faults.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.faults.analytic.GossipDetector;
import trainyard.faults.analytic.HeartbeatDetector;
import trainyard.faults.analytic.PhiAccrual;
import trainyard.faults.detect.DetectorOutcome.Detection;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.stats.Tally;

class DetectorSimulationTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3600 * SECOND;
    private static final double SHARE = 0.03;

    private static Tally latencies(DetectorOutcome outcome) {
        Tally tally = new Tally();
        outcome.detections().forEach(detection -> tally.add(detection.latencySeconds()));
        return tally;
    }

    /** A crash falls between two heartbeats; the timer runs from the last one: 4 to 5 periods for 5 misses. */
    @Test
    void heartbeatsNoticeACrashAfterTheirTimeout() {
        Watch watch = new Watch(64, 2000, 50 * HOUR);
        DetectorOutcome outcome = new HeartbeatSimulation(watch, SECOND, 5, 0).run(new RandomStreams(1, 0));
        assertThat(outcome.detections()).hasSize(2000);
        Tally latency = latencies(outcome);
        assertThat(latency.min()).isBetween(4.0, 4.05);
        assertThat(latency.max()).isBetween(4.95, 5.0);
        assertThat(latency.mean())
                .isCloseTo(new HeartbeatDetector(1, 5, 0).meanDetectionSeconds(), within(SHARE * 4.5));
        assertThat(outcome.falseAlarms()).isZero();
        assertThat(outcome.monitorMessagesPerSecond()).isCloseTo(64, within(0.01 * 64));
        assertThat(outcome.nodeMessagesPerSecond()).isCloseTo(1, within(0.01));
    }

    @Test
    void lostHeartbeatsRaiseFalseAlarmsAndShortenTheWait() {
        HeartbeatDetector form = new HeartbeatDetector(1, 3, 0.2);
        DetectorOutcome outcome =
                new HeartbeatSimulation(new Watch(32, 10_000, 60 * HOUR), SECOND, 3, 0.2).run(new RandomStreams(3, 0));
        double expected = outcome.aliveNodeSeconds() / form.meanSecondsBetweenFalseAlarms();
        assertThat(expected).isGreaterThan(10_000);
        assertThat((double) outcome.falseAlarms()).isCloseTo(expected, within(SHARE * expected));
        assertThat(latencies(outcome).mean())
                .isCloseTo(form.meanDetectionSecondsAfterLosses(), within(0.01 * form.meanDetectionSeconds()));
        // Those whose last heartbeat arrived: the simple form.
        double heard = outcome.detections().stream()
                .filter(detection -> detection.silenceSeconds() - detection.latencySeconds() <= 1)
                .mapToDouble(Detection::latencySeconds)
                .average()
                .orElseThrow();
        assertThat(heard).isCloseTo(form.meanDetectionSeconds(), within(0.01 * form.meanDetectionSeconds()));
    }

    @Test
    void phiAccrualSuspectsWhereItsFormSays() {
        double phi = 3;
        PhiAccrualSimulation design =
                new PhiAccrualSimulation(new Watch(50, 1500, 15 * HOUR), SECOND, SECOND / 5, phi, 10_000, 0);
        DetectorOutcome outcome = design.run(new RandomStreams(2, 0));
        double timeout = PhiAccrual.timeoutSeconds(1, 0.2, phi);
        double silence = outcome.detections().stream()
                .mapToDouble(Detection::silenceSeconds)
                .average()
                .orElseThrow();
        assertThat(silence).isCloseTo(timeout, within(0.005 * timeout));
        assertThat(latencies(outcome).mean()).isCloseTo(PhiAccrual.meanDetectionSeconds(1, 0.2, phi), within(SHARE));
        double alarms = PhiAccrual.falseAlarmProbability(phi) * outcome.aliveNodeSeconds();
        assertThat((double) outcome.falseAlarms()).isCloseTo(alarms, within(0.05 * alarms));
    }

    @Test
    void swimSuspectsWhereItsFormSaysAtAnySize() {
        for (int nodes : new int[] {2, 16, 100}) {
            SwimSimulation design = new SwimSimulation(new Watch(nodes, 600, 3 * HOUR), SECOND, 3, 4 * SECOND, 0);
            DetectorOutcome outcome = design.run(new RandomStreams(5, nodes));
            GossipDetector form = new GossipDetector(nodes, 1, 3, 0);
            assertThat(outcome.detections()).hasSize(600);
            double expected = form.meanSuspicionSeconds() + 4;
            assertThat(latencies(outcome).mean()).as("%d nodes", nodes).isCloseTo(expected, within(SHARE * expected));
            assertThat(outcome.falseAlarms()).isZero();
        }
    }

    /** Pings, answers, and pings by k others where one of both is lost, sent and received a period; q is what arrives. */
    private static double nodeMessagesPerSecond(double q, int k) {
        return (1 + q) * (1 + q + (1 - q * q) * k * (1 + q + q * q + q * q * q));
    }

    @Test
    void theLoadOfSwimDoesNotGrowWithNodesAndThatOfAMonitorDoes() {
        for (int nodes : new int[] {32, 1024}) {
            Watch watch = new Watch(nodes, 0, 300 * SECOND);
            DetectorOutcome swim = new SwimSimulation(watch, SECOND, 3, 5 * SECOND, 0.02).run(new RandomStreams(8, 0));
            double load = nodeMessagesPerSecond(0.98, 3);
            assertThat(swim.nodeMessagesPerSecond()).isCloseTo(load, within(SHARE * load));
            assertThat(swim.monitorMessagesPerSecond()).isLessThan(1.5 * load);
            DetectorOutcome central = new HeartbeatSimulation(watch, SECOND, 3, 0.02).run(new RandomStreams(8, 0));
            assertThat(central.monitorMessagesPerSecond()).isCloseTo(0.98 * nodes, within(0.02 * nodes));
        }
    }

    /** A suspected node that lives contradicts in time, so that suspicions come and deaths do not. */
    @Test
    void suspectedNodesContradict() {
        int nodes = 128;
        double loss = 0.1;
        Watch watch = new Watch(nodes, 0, 1200 * SECOND);
        DetectorOutcome outcome = new SwimSimulation(watch, SECOND, 1, 12 * SECOND, loss).run(new RandomStreams(4, 0));
        double pings = 1200.0 * nodes;
        double suspicions = pings * new GossipDetector(nodes, 1, 1, loss).falseSuspicionProbability();
        assertThat(suspicions).isGreaterThan(5000);
        // Nodes that are suspected already are not suspected again, so a few less.
        assertThat((double) outcome.falseSuspicions()).isBetween(0.5 * suspicions, 1.02 * suspicions);
        assertThat(outcome.falseAlarms()).isLessThan(outcome.falseSuspicions() / 100);
        DetectorOutcome hasty = new SwimSimulation(watch, SECOND, 1, 0, loss).run(new RandomStreams(4, 0));
        assertThat(hasty.falseAlarms()).isEqualTo(hasty.falseSuspicions());
    }

    @Test
    void theNewsOfADeathReachAllWithinAFewPeriods() {
        SwimSimulation design = new SwimSimulation(new Watch(1024, 20, HOUR / 4), SECOND, 3, 5 * SECOND, 0.01);
        DetectorOutcome outcome = design.run(new RandomStreams(6, 0));
        assertThat(outcome.detections()).isNotEmpty();
        // An infection that doubles each period reaches 1,024 in ten, both ways at once in fewer.
        assertThat(outcome.detections())
                .allSatisfy(detection -> assertThat(detection.spreadSeconds()).isBetween(2.0, 15.0));
    }

    /**
     * Many live nodes are held for dead when each of three messages is lost or there is no time to contradict. Such a node may crash, too:
     * somebody knows it at once, and the crashes after it come all the same.
     */
    @Test
    void aCrashOfANodeThatIsHeldForDeadIsNoticed() {
        for (double loss : new double[] {0.1, 0.3}) {
            for (long suspicion : new long[] {0, SECOND}) {
                for (int replication = 0; replication < 3; replication++) {
                    DetectorOutcome outcome = new SwimSimulation(
                                    new Watch(64, 100, 4 * HOUR), SECOND, 1, suspicion, loss)
                            .run(new RandomStreams(1, replication));
                    assertThat(outcome.falseAlarms()).isPositive();
                    assertThat(outcome.detections()).hasSize(100).allSatisfy(detection -> {
                        assertThat(detection.latencySeconds()).isNotNegative();
                        assertThat(detection.spreadSeconds()).isNotNegative();
                    });
                }
            }
        }
    }

    @Test
    void aRunIsAFunctionOfItsSeed() {
        Watch watch = new Watch(40, 10, HOUR / 4);
        for (long seed = 0; seed < 3; seed++) {
            RandomStreams streams = new RandomStreams(seed, 1);
            assertThat(new HeartbeatSimulation(watch, SECOND, 3, 0.1).run(streams))
                    .isEqualTo(new HeartbeatSimulation(watch, SECOND, 3, 0.1).run(streams));
            assertThat(new PhiAccrualSimulation(watch, SECOND, SECOND / 4, 2, 50, 0.1).run(streams))
                    .isEqualTo(new PhiAccrualSimulation(watch, SECOND, SECOND / 4, 2, 50, 0.1).run(streams));
            assertThat(new SwimSimulation(watch, SECOND, 2, 3 * SECOND, 0.1).run(streams))
                    .isEqualTo(new SwimSimulation(watch, SECOND, 2, 3 * SECOND, 0.1).run(streams));
        }
    }
}
