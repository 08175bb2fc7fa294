package trainyard.sim.hardware.calibration;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The machine that a profile describes.
 *
 * @param gpu name of the GPU, empty for a machine without one
 * @param sms streaming multiprocessors, 0 where not stated
 * @param memoryBytes device memory, 0 where not stated
 * @param cores CPU cores, 0 where not stated
 * @param software versions and settings by name, such as {@code driver} or {@code clocks_locked}, in the file's order
 */
public record Machine(String gpu, int sms, double memoryBytes, int cores, Map<String, String> software) {

    public Machine {
        Objects.requireNonNull(gpu, "gpu");
        software = Collections.unmodifiableMap(new LinkedHashMap<>(software));
    }
}
