package trainyard.training.replay.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.training.calibration.measure.CalibrationDevice;
import trainyard.training.calibration.measure.Work;
import trainyard.training.replay.DeviceArray;
import trainyard.training.replay.ElementOp;
import trainyard.training.replay.Kernel;
import trainyard.training.replay.KernelDevice;
import trainyard.training.replay.MatrixMath;
import trainyard.training.replay.PreparedKernel;
import trainyard.training.replay.TraceReplay;

/** Work of a calibration on a device that replays kernels. Each repetition waits until the device is done. */
public final class ReplaySession implements CalibrationDevice.Session {

    private final KernelDevice device;
    private final JobTraces traces;

    public ReplaySession(KernelDevice device, JobTraces traces) {
        this.device = device;
        this.traces = traces;
    }

    @Override
    public String method() {
        return "kernels of a traced DL4J iteration, replayed on the device with tensors resident and no host copies; cost = least"
                + " time from the first kernel queued until the host knows that the last has ended";
    }

    @Override
    public String gpu() {
        return device.facts().getOrDefault("gpu", "");
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>(device.facts());
        facts.remove("gpu");
        return facts;
    }

    @Override
    public boolean supports(Work work) {
        return !(work instanceof Work.Gradient) && (!(work instanceof Work.Job job) || traces.has(job));
    }

    @Override
    public CalibrationDevice.Running start(Work work) {
        if (work instanceof Work.Job job) {
            TraceReplay.Iteration iteration = new TraceReplay(device).prepare(traces.trace(job), MatrixMath.FP32);
            return running(iteration::queue, iteration);
        } else if (work instanceof Work.Gemm gemm) {
            return kernel(new Kernel.Gemm(gemm.m(), gemm.n(), gemm.k(), false, false));
        } else if (work instanceof Work.Copy copy) {
            return kernel(new Kernel.Elementwise(ElementOp.COPY, copy.bytes() / Kernel.FLOAT_BYTES));
        }
        return running(device::nothing);
    }

    private CalibrationDevice.Running kernel(Kernel kernel) {
        List<DeviceArray> operands =
                kernel.operands().stream().map(device::allocate).toList();
        PreparedKernel prepared = device.prepare(kernel, MatrixMath.FP32, operands);
        AutoCloseable[] parts = new AutoCloseable[operands.size() + 1];
        parts[0] = prepared;
        for (int i = 0; i < operands.size(); i++) {
            parts[i + 1] = operands.get(i);
        }
        return running(prepared::queue, parts);
    }

    private CalibrationDevice.Running running(Runnable work, AutoCloseable... parts) {
        return new CalibrationDevice.Running() {
            @Override
            public void repeat() {
                device.seconds(work);
            }

            @Override
            public void close() {
                closeAll(parts);
            }
        };
    }

    private static void closeAll(AutoCloseable... parts) {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (RuntimeException unchecked) {
                throw unchecked;
            } catch (Exception checked) {
                throw new IllegalStateException(checked);
            }
        }
    }

    @Override
    public boolean worksOnCallingThread() {
        return false;
    }

    @Override
    public void close() {
        device.close();
    }
}
