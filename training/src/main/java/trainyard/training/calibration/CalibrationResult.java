package trainyard.training.calibration;

import java.util.List;
import trainyard.sim.hardware.calibration.CalibrationProfile;

/**
 * A finished calibration.
 *
 * @param profile what was fitted
 * @param jobs every job that was measured
 * @param notes what a reader must know, such as that the machine was busy; may be empty
 */
public record CalibrationResult(CalibrationProfile profile, List<MeasuredJob> jobs, List<String> notes) {

    public CalibrationResult {
        jobs = List.copyOf(jobs);
        notes = List.copyOf(notes);
    }

    /** The table of all jobs. */
    public String jobTable() {
        return MeasuredJobTable.csv(profile.id(), jobs);
    }
}
