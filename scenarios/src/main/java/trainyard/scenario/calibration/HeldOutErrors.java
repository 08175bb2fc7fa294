package trainyard.scenario.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.sim.hardware.calibration.CalibrationProfile;
import trainyard.sim.hardware.calibration.FitQuality;
import trainyard.sim.hardware.calibration.JobCheck;

/**
 * Errors of a fit on jobs that it never saw.
 *
 * @param of kind of network
 * @param quality the errors
 */
public record HeldOutErrors(String of, FitQuality quality) {

    /** Those of each kind of network. */
    public static List<HeldOutErrors> of(CalibrationProfile profile) {
        List<HeldOutErrors> errors = new ArrayList<>();
        profile.families().forEach(family -> {
            Optional<FitQuality> quality = family.fit();
            quality.ifPresent(one -> errors.add(new HeldOutErrors(family.family(), one)));
        });
        return errors;
    }

    /** Mean over all held-out jobs, in percent; empty where there are none. */
    public static OptionalDouble meanPercent(CalibrationProfile profile) {
        return profile.jobs().stream().mapToDouble(JobCheck::errorPercent).average();
    }
}
