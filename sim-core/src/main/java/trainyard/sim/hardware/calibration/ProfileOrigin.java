package trainyard.sim.hardware.calibration;

import java.util.Objects;
import trainyard.sim.hardware.Provenance;

/**
 * How a profile came about.
 *
 * @param kind measured, published or assumed
 * @param tool program and version that wrote it, empty where written by hand
 * @param revision commit of that program, empty where not known
 * @param date day of the measurement, ISO 8601
 * @param method how it was fitted
 * @param samples file of all repetitions, relative to the profile; empty where none is kept
 * @param samplesSha256 SHA-256 of that file in hexadecimal; empty where none is kept
 */
public record ProfileOrigin(
        Provenance.Kind kind,
        String tool,
        String revision,
        String date,
        String method,
        String samples,
        String samplesSha256) {

    public ProfileOrigin {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(date, "date");
    }
}
