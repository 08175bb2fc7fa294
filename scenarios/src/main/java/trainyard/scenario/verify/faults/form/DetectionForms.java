package trainyard.scenario.verify.faults.form;

import trainyard.faults.analytic.Backoff;
import trainyard.faults.analytic.CorruptionScreening;
import trainyard.faults.analytic.HeartbeatDetector;
import trainyard.faults.analytic.PhiAccrual;
import trainyard.faults.analytic.TimeoutChoice;
import trainyard.scenario.verify.RowParameters;

/** Families {@code detector}, {@code backoff} and the screening of {@code sdc}: noticing a fault and trying again. */
final class DetectionForms {

    private static final double SECONDS_PER_DAY = 86_400;

    private DetectionForms() {}

    static void addTo(ClosedForms forms) {
        addDetector(forms);
        addBackoff(forms);
        forms.add(
                "sdc",
                "P_undetected_by_t",
                row -> CorruptionScreening.undetected(
                        row.number("recall"),
                        row.text("period_s").isPresent() ? row.number("period_s") : SECONDS_PER_DAY,
                        row.number("t_s")));
    }

    private static void addDetector(ClosedForms forms) {
        String family = "detector";
        forms.add(family, "mean_detection_latency", row -> heartbeat(row).meanDetectionSeconds());
        forms.add(
                family, "mean_time_between_false_alarms", row -> heartbeat(row).meanSecondsBetweenFalseAlarms());
        forms.add(
                family,
                "phi_accrual_timeout",
                row -> PhiAccrual.timeoutSeconds(row.number("mean_s"), row.number("sd_s"), row.number("phi")));
        forms.add(family, "phi_false_alarm_prob", row -> PhiAccrual.falseAlarmProbability(row.number("phi")));
        forms.add(
                family,
                "timeout_opt_exponential_tail",
                row -> TimeoutChoice.bestSeconds(
                        row.number("lam_hz"), row.number("Cr_s"), row.number("a"), row.number("h_s")));
    }

    private static HeartbeatDetector heartbeat(RowParameters row) {
        return new HeartbeatDetector(row.number("interval_s"), row.whole("misses"), row.number("loss"));
    }

    private static void addBackoff(ClosedForms forms) {
        String family = "backoff";
        forms.add(family, "E_total_delay_uncapped", row -> backoff(row).meanUncappedSeconds());
        forms.add(family, "E_total_delay_full_jitter", row -> backoff(row).meanUncappedSecondsWithFullJitter());
        forms.add(
                family,
                "E_total_delay_capped",
                row -> backoff(row).meanCappedSeconds(row.number("cap_s"), row.whole("max_attempts")));
        forms.add(
                family,
                "P_give_up",
                row -> Backoff.giveUpProbability(row.number("p_success"), row.whole("max_attempts")));
    }

    private static Backoff backoff(RowParameters row) {
        return new Backoff(row.number("base_s"), row.number("factor"), row.number("p_success"));
    }
}
