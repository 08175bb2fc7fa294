package trainyard.sim.hardware.calibration;

import java.util.Objects;
import java.util.Optional;

/**
 * Rates of a disk or file system.
 *
 * @param name where the files lie, such as {@code local_disk}
 * @param writeBytesPerSecond rate of writing
 * @param readBytesPerSecond rate of reading
 * @param cached whether reads came from the page cache, so that they say nothing about the disk
 * @param fsync whether writing includes reaching the disk
 * @param bytes smallest and largest file that was measured; empty where the file does not say
 */
public record StorageFit(
        String name,
        double writeBytesPerSecond,
        double readBytesPerSecond,
        boolean cached,
        boolean fsync,
        Optional<FitQuality.Interval> bytes) {

    public StorageFit {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(bytes, "bytes");
    }
}
