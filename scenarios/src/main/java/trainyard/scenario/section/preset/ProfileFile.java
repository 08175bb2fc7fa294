package trainyard.scenario.section.preset;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.hardware.calibration.CalibrationException;
import trainyard.sim.hardware.calibration.CalibrationProfile;

/** Reads the profile of a measured machine that a scenario names: one that comes with the product, or a file. */
public final class ProfileFile {

    private ProfileFile() {}

    /**
     * @param name as the scenario has it; a file is relative to the folder of the scenario
     * @param position where it stands
     * @throws ScenarioException if there is no such profile, or it cannot be read
     */
    public static CalibrationProfile load(String name, Position position) {
        try {
            Optional<CalibrationProfile> shipped = CalibrationProfile.shipped(name);
            return shipped.isPresent()
                    ? shipped.get()
                    : CalibrationProfile.load(Path.of(position.source().name()).resolveSibling(name));
        } catch (CalibrationException | InvalidPathException unreadable) {
            throw new ScenarioException(Problem.at(position, Problem.Kind.DATA, unreadable.getMessage(), hint(name)));
        }
    }

    /** A profile that comes with the product, where the name is near to it; else what a file has to be. */
    private static String hint(String name) {
        String near = Nearest.hint(name, CalibrationProfile.shippedNames());
        return near.isEmpty() ? "a profile begins with schema: " + CalibrationProfile.SCHEMA : near;
    }
}
