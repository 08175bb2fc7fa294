package trainyard.faults.life.job;

import java.util.Objects;
import trainyard.faults.detect.Detector;
import trainyard.faults.detect.StatedDetector;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.retry.RestartPolicy;

/**
 * Who watches a job and starts it again.
 *
 * @param detector when its faults are noticed, and how often there is an alarm without one
 * @param restarts whether and when it is started again
 */
public record Supervision(Detector detector, RestartPolicy restarts) {

    public Supervision {
        Objects.requireNonNull(detector, "detector");
        Objects.requireNonNull(restarts, "restarts");
    }

    /** Notices after stated times and starts the job again at once and for ever. */
    public static Supervision of(RecoveryTimes times) {
        return new Supervision(new StatedDetector(times.detectExplicit(), times.detectHang()), RestartPolicy.ALWAYS);
    }
}
