package trainyard.training.calibration;

import trainyard.training.calibration.measure.CalibrationDevice;

/** Lets the processes of a calibration find the imaginary device. */
public final class ImaginaryProvider implements CalibrationDevice {

    static final String NAME = "imaginary";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Session open() {
        return new ImaginaryDevice(NAME);
    }
}
