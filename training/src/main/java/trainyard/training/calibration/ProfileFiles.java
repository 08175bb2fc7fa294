package trainyard.training.calibration;

import java.nio.file.Path;

/**
 * The files of a calibration, beside each other.
 *
 * @param profile what scenarios name
 * @param samples every repetition
 * @param jobs every job in a line
 */
public record ProfileFiles(Path profile, Path samples, Path jobs) {

    /** The files of a profile by its own: {@code cpu.yaml} has {@code cpu.samples.csv} and {@code cpu.jobs.csv}. */
    public static ProfileFiles of(Path profile) {
        String name = profile.getFileName().toString().replaceFirst("\\.ya?ml$", "");
        return new ProfileFiles(
                profile, profile.resolveSibling(name + ".samples.csv"), profile.resolveSibling(name + ".jobs.csv"));
    }

    /** Name of the profile: that of its file without the ending. */
    public String id() {
        return profile.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    }
}
