package trainyard.training.dl4j.calibration;

import trainyard.training.calibration.measure.CalibrationDevice;
import trainyard.training.dl4j.Nd4jRuntime;

/** The processor, by ND4J with one thread. */
public final class CpuDevice implements CalibrationDevice {

    static final String NAME = "cpu";

    @Override
    public String name() {
        return NAME;
    }

    /**
     * @throws trainyard.training.nativecode.NativeCodeException if the native library does not load here
     */
    @Override
    public Session open() {
        Nd4jRuntime.start();
        return new CpuSession();
    }
}
