package trainyard.sim.hardware.calibration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The profiles that come with the product, each with its samples beside it. */
final class ShippedProfiles {

    private static final String INDEX = "profiles/index.txt";

    private ShippedProfiles() {}

    static List<String> names() {
        return text(INDEX).lines().filter(line -> !line.isBlank()).toList();
    }

    static Optional<CalibrationProfile> read(String id) {
        if (!names().contains(id)) {
            return Optional.empty();
        }
        String file = "profiles/" + id + ".yaml";
        return Optional.of(ProfileReader.read(file, text(file)));
    }

    private static String text(String name) {
        try (InputStream in = ShippedProfiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new CalibrationException(name + ": no such profile in the product");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new CalibrationException(name + ": cannot be read", broken);
        }
    }
}
