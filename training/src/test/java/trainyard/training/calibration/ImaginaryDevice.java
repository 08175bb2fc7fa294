package trainyard.training.calibration;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import trainyard.training.calibration.measure.CalibrationDevice.Running;
import trainyard.training.calibration.measure.CalibrationDevice.Session;
import trainyard.training.calibration.measure.Work;

/** Burns time in proportion to what a job has, so that a calibration of it has a known shape. */
final class ImaginaryDevice implements Session {

    private final String name;
    private int starts;

    ImaginaryDevice(String name) {
        this.name = name;
    }

    int starts() {
        return starts;
    }

    @Override
    public String method() {
        return "imaginary";
    }

    @Override
    public String gpu() {
        return name;
    }

    @Override
    public Map<String, String> facts() {
        return new LinkedHashMap<>(Map.of("device", name));
    }

    @Override
    public boolean supports(Work work) {
        return true;
    }

    @Override
    public Running start(Work work) {
        starts++;
        long nanos = work instanceof Work.Gemm gemm ? 2000 + 4L * gemm.m() * gemm.k() / 16 : 20_000;
        return new Running() {
            @Override
            public void repeat() {
                long end = System.nanoTime() + nanos;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Optional<String> forEachProcess() {
        return Optional.of(ImaginaryProvider.NAME);
    }

    @Override
    public boolean worksOnCallingThread() {
        return false;
    }

    @Override
    public void close() {}
}
