package trainyard.scenario.verify.calibration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.Suite;
import trainyard.scenario.verify.VerificationDataException;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.hardware.Precision;
import trainyard.sim.hardware.calibration.CalibrationException;
import trainyard.sim.hardware.calibration.CalibrationProfile;
import trainyard.sim.hardware.calibration.JobFamilyFit;
import trainyard.training.calibration.MeasuredJobTable;

/**
 * Predicts the training iterations in the table beside a profile from the constants in the profile. Iterations that the fit
 * never saw gate, by their mean error; those that it was made of are shown apart.
 */
public final class CalibrationSuite implements Suite {

    /** Most mean error over held-out iterations of a profile, in percent. */
    private static final double MOST_PERCENT = 10;

    private static final String HELD_OUT = "held out";

    /** It becomes the name of a file. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private final Function<String, Optional<CalibrationProfile>> profiles;

    private CalibrationSuite(Function<String, Optional<CalibrationProfile>> profiles) {
        this.profiles = profiles;
    }

    /** With the profiles that come with the product. */
    public static CalibrationSuite shipped() {
        return new CalibrationSuite(CalibrationProfile::shipped);
    }

    /** With the profiles of a folder; where it lacks one, with those that come with the product. */
    public CalibrationSuite withProfiles(Path folder) {
        return new CalibrationSuite(id -> {
            Path file = folder.resolve(id + ".yaml");
            return Files.exists(file) ? Optional.of(load(file)) : profiles.apply(id);
        });
    }

    private static CalibrationProfile load(Path file) {
        try {
            return CalibrationProfile.load(file);
        } catch (CalibrationException unreadable) {
            throw new VerificationDataException(unreadable.getMessage(), unreadable);
        }
    }

    @Override
    public String name() {
        return "calibration";
    }

    @Override
    public String shippedFolder() {
        return "calibration";
    }

    @Override
    public List<List<String>> kinds() {
        return List.of(MeasuredJobTable.COLUMNS);
    }

    @Override
    public List<RowScore> score(CsvRow row) {
        String id = row.requiredText("job");
        boolean heldOut = row.requiredText("held_out").equals("yes");
        String gate = heldOut ? "yes" : "no: fitted";
        Optional<CalibrationProfile> profile = profiles.apply(profile(row));
        if (profile.isEmpty()) {
            return List.of(RowScore.skipped(id, gate, "no profile " + row.text("profile") + ".yaml beside the table"));
        }
        String family = row.requiredText("family");
        Optional<JobFamilyFit> fit = profile.get().family(family, Precision.FP32);
        if (fit.isEmpty()) {
            return List.of(RowScore.skipped(id, gate, "the profile has no fit of " + family));
        }
        double seconds = fit.get().seconds(MeasuredJobTable.counts(row));
        return List.of(
                RowScore.scored(id, "time of an iteration", 1e3 * seconds, 1e3 * row.positive("fastest_s"), "ms", gate)
                        .inBand(heldOut ? HELD_OUT : "fitted"));
    }

    private static String profile(CsvRow row) {
        String name = row.requiredText("profile");
        if (!NAME.matcher(name).matches()) {
            throw row.problem("profile", "no name of a profile: \"" + name + "\"");
        }
        return name;
    }

    /** The mean error over held-out iterations; its bar counts where the machine was quiet. */
    @Override
    public List<RowScore> overall(List<String> header, List<RowScore> scores) {
        List<RowScore> overall = new ArrayList<>();
        scores.stream()
                .filter(row -> row.compared() && row.band().equals(HELD_OUT))
                .mapToDouble(row -> Math.abs(row.errorPercent().orElseThrow()))
                .average()
                .ifPresent(mean -> overall.add(
                        RowScore.overall("all held-out jobs", "mean absolute error", mean, MOST_PERCENT, "%")));
        return overall;
    }
}
