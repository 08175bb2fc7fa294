package trainyard.scenario.verify.faults.simulation;

import java.util.Map;
import java.util.Optional;
import trainyard.faults.analytic.HeartbeatDetector;
import trainyard.faults.detect.DetectorOutcome;
import trainyard.faults.detect.DetectorOutcome.Detection;
import trainyard.faults.detect.HeartbeatSimulation;
import trainyard.faults.detect.PhiAccrualSimulation;
import trainyard.faults.detect.Watch;
import trainyard.faults.retry.BackoffRule;
import trainyard.faults.retry.Jitter;
import trainyard.faults.retry.RetrySimulation;
import trainyard.scenario.verify.Replications;
import trainyard.scenario.verify.Replications.Observed;
import trainyard.scenario.verify.SimulatedMean;
import trainyard.sim.engine.SimTime;

/** Simulates rows of the families {@code detector} and {@code backoff} with the detectors and retries that scenarios use. */
final class DetectionRows implements RowSimulation {

    /** Events of a row that are simulated; more would take minutes. */
    private static final double MOST_EVENTS = 3e8;

    /** Observations that bring the standard error of a rare event below 0.8 %. */
    private static final double EVENTS_NEEDED = 16_000;

    private static final double MOST_PHI = 3.5;
    private static final int HISTORY = 10_000;
    private static final int ALARMS_OF_A_REPLICATION = 20;

    /** No chance of getting there. */
    private static final int WITHOUT_LIMIT = 1000;

    /** Waits of that scale leave the clock room for dozens of doublings. */
    private static final double SHORT_WAITS = 1e-4;

    /** A little below the 292 years of the clock. */
    private static final double CLOCK_SECONDS = 9e9;

    /** Share of a mean that may be lost with waits for which the clock has no room. */
    private static final double MOST_LEFT_OUT = 1e-4;

    private static final int MOST_CLIENTS = 20_000_000;

    /** Periods of one replication in which heartbeats are lost more often than the row says. */
    private static final int PERIODS_OF_A_REPLICATION = 10_000;

    private final Replications replications;

    DetectionRows(Replications replications) {
        this.replications = replications;
    }

    @Override
    public Optional<SimulatedMean> simulate(String family, String name, Map<String, String> parameters) {
        RowNumbers row = new RowNumbers(parameters);
        return switch (family + " " + name) {
            case "detector mean_detection_latency" -> latency(row);
            case "detector mean_time_between_false_alarms" -> falseAlarms(row);
            case "detector phi_accrual_timeout" -> timeout(row);
            case "detector phi_false_alarm_prob" -> suspicions(row);
            case "backoff E_total_delay_uncapped" -> waits(row, Jitter.NONE);
            case "backoff E_total_delay_full_jitter" -> waits(row, Jitter.FULL);
            case "backoff E_total_delay_capped" ->
                replications.mean(streams -> capped(row).run(streams).waitedSeconds());
            case "backoff P_give_up" -> giveUp(row);
            default -> Optional.empty();
        };
    }

    /** The form says that the timer runs from the last heartbeat, so crashes behind a lost one are left out. */
    private Optional<SimulatedMean> latency(RowNumbers row) {
        double period = row.value("interval_s");
        int misses = (int) row.value("misses");
        Watch watch = new Watch(10, 10, SimTime.nanos(100 * period * misses));
        HeartbeatSimulation design = new HeartbeatSimulation(watch, SimTime.nanos(period), misses, row.value("loss"));
        return replications.ratio(
                streams -> design.run(streams).detections().stream()
                        .filter(one -> wasHeard(one, period))
                        .mapToDouble(Detection::latencySeconds)
                        .sum(),
                streams -> design.run(streams).detections().stream()
                        .filter(one -> wasHeard(one, period))
                        .count());
    }

    private static boolean wasHeard(Detection detection, double period) {
        return detection.silenceSeconds() - detection.latencySeconds() <= period;
    }

    private Optional<SimulatedMean> falseAlarms(RowNumbers row) {
        double period = row.value("interval_s");
        int misses = (int) row.value("misses");
        double loss = row.value("loss");
        double between = new HeartbeatDetector(period, misses, loss).meanSecondsBetweenFalseAlarms();
        if (!(between / period * loss * EVENTS_NEEDED <= MOST_EVENTS)) {
            return loss > 0 ? rareAlarms(period, misses, loss) : Optional.empty();
        }
        Watch watch = new Watch(1, 0, SimTime.nanos(ALARMS_OF_A_REPLICATION * between));
        HeartbeatSimulation design = new HeartbeatSimulation(watch, SimTime.nanos(period), misses, loss);
        return replications.ratio(
                streams -> ALARMS_OF_A_REPLICATION * between,
                streams -> design.run(streams).falseAlarms());
    }

    /**
     * Alarms that take too long to come. The monitor starts to count anew with each heartbeat that it hears and with each alarm.
     * How long a count takes is seen at the loss of the row. How many counts end in an alarm is seen where heartbeats are lost more
     * often, so that one in e does, and each such count weighs as much as it is less likely (importance sampling, Kahn and
     * Marshall 1953): {@code (p / p')^m}.
     */
    private Optional<SimulatedMean> rareAlarms(double period, int misses, double loss) {
        double often = Math.max(loss, misses / (misses + 1.0));
        double weight = Math.pow(loss / often, misses);
        double seconds = PERIODS_OF_A_REPLICATION * period;
        HeartbeatSimulation stated = heartbeats(seconds, period, misses, loss);
        HeartbeatSimulation lossy = heartbeats(seconds, period, misses, often);
        return replications.ratio(streams -> seconds / counts(stated.run(streams), seconds), streams -> {
            DetectorOutcome outcome = lossy.run(streams);
            return weight * outcome.falseAlarms() / counts(outcome, seconds);
        });
    }

    private static HeartbeatSimulation heartbeats(double seconds, double period, int misses, double loss) {
        return new HeartbeatSimulation(new Watch(1, 0, SimTime.nanos(seconds)), SimTime.nanos(period), misses, loss);
    }

    /** How often the monitor of one node started to count anew. */
    private static double counts(DetectorOutcome outcome, double seconds) {
        return outcome.monitorMessagesPerSecond() * seconds + outcome.falseAlarms();
    }

    private Optional<SimulatedMean> timeout(RowNumbers row) {
        double mean = row.value("mean_s");
        double deviation = row.value("sd_s");
        if (deviation > mean / 4) {
            return Optional.empty(); // a normal time that is often below 0 is no time between heartbeats
        }
        PhiAccrualSimulation design = phi(mean, deviation, row.value("phi"), new Watch(1, 1, SimTime.nanos(4 * mean)));
        return replications.mean(
                streams -> design.run(streams).detections().get(0).silenceSeconds());
    }

    private Optional<SimulatedMean> suspicions(RowNumbers row) {
        if (row.value("phi") > MOST_PHI) {
            return Optional.empty();
        }
        double heartbeats = 20_000;
        PhiAccrualSimulation design = phi(1, 0.1, row.value("phi"), new Watch(1, 0, SimTime.nanos(heartbeats)));
        return replications.mean(streams -> design.run(streams).falseAlarms() / heartbeats);
    }

    private static PhiAccrualSimulation phi(double mean, double deviation, double phi, Watch watch) {
        return new PhiAccrualSimulation(watch, SimTime.nanos(mean), SimTime.nanos(deviation), phi, HISTORY, 0);
    }

    /**
     * Tries are alike and independent of each other, so the share of them that fail is counted, and taken to the power of their
     * number: that all fail may be too rare to be seen.
     */
    private Optional<SimulatedMean> giveUp(RowNumbers row) {
        int tries = row.whole("max_attempts");
        BackoffRule rule = new BackoffRule(0, 1, 0, tries, Jitter.NONE);
        RetrySimulation retry = new RetrySimulation(rule, row.value("p_success"));
        return replications.power(tries, MOST_CLIENTS, streams -> {
            RetrySimulation.Outcome outcome = retry.run(streams);
            return new Observed(outcome.tries() - (outcome.succeeded() ? 1 : 0), outcome.tries());
        });
    }

    /**
     * Without a cap. Where long waits are so rare that their variance is infinite, or nearly so, tries fail as often as waits
     * grow, {@code g (1 - p)} in place of {@code 1 - p}, and each outcome counts by how much likelier that made it (importance
     * sampling, Kahn and Marshall 1953).
     */
    private Optional<SimulatedMean> waits(RowNumbers row, Jitter jitter) {
        double growth = row.value("factor");
        double success = row.value("p_success");
        double failure = growth * (1 - success);
        if (growth <= 1) {
            BackoffRule rule =
                    new BackoffRule(row.value("base_s"), growth, Double.POSITIVE_INFINITY, WITHOUT_LIMIT, jitter);
            RetrySimulation retry = new RetrySimulation(rule, success);
            return replications.mean(streams -> retry.run(streams).waitedSeconds());
        }
        double base = SHORT_WAITS * row.value("base_s");
        // All waits of so many tries, base (g^n - 1) / (g - 1), are what the clock can hold.
        double tries = Math.floor(Math.log1p(CLOCK_SECONDS * (growth - 1) / base) / Math.log(growth));
        if (!(failure < 1) || Math.pow(failure, tries) > MOST_LEFT_OUT) {
            return Optional.empty();
        }
        BackoffRule rule =
                new BackoffRule(base, growth, Double.POSITIVE_INFINITY, (int) Math.min(tries, WITHOUT_LIMIT), jitter);
        RetrySimulation retry = new RetrySimulation(rule, 1 - failure);
        return replications.mean(streams -> {
            RetrySimulation.Outcome outcome = retry.run(streams);
            if (!outcome.succeeded()) {
                return 0;
            }
            double likelier = success / (1 - failure) * Math.pow(growth, 1 - outcome.tries());
            return likelier * outcome.waitedSeconds() / SHORT_WAITS;
        });
    }

    private static RetrySimulation capped(RowNumbers row) {
        return new RetrySimulation(
                new BackoffRule(
                        row.value("base_s"),
                        row.value("factor"),
                        row.value("cap_s"),
                        (int) row.value("max_attempts"),
                        Jitter.NONE),
                row.value("p_success"));
    }
}
