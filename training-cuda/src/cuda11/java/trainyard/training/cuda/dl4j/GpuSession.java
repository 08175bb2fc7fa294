package trainyard.training.cuda.dl4j;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.cuda.global.cudart;
import trainyard.training.calibration.measure.CalibrationDevice.Running;
import trainyard.training.calibration.measure.CalibrationDevice.Session;
import trainyard.training.calibration.measure.Work;
import trainyard.training.gpu.GpuProbe;
import trainyard.training.nativecode.NativeCodeException;

/** Jobs of ND4J, each repetition of which ends when the GPU is done with all that it was given. */
final class GpuSession implements Session {

    private static final String BACKEND = "nd4j_backend";
    private static final String GPU_BACKEND = "JCublasBackend";
    private static final int SUCCESS = 0;

    private final Session jobs;
    private final GpuProbe.Device device;

    GpuSession(Session jobs, GpuProbe.Device device) {
        this.jobs = jobs;
        this.device = device;
    }

    /**
     * ND4J falls back to the processor where its backend for the GPU does not start.
     *
     * @throws NativeCodeException if it did
     */
    void requireGpu() {
        String backend = jobs.facts().get(BACKEND);
        if (!GPU_BACKEND.equals(backend)) {
            throw new NativeCodeException(
                    "ND4J does not take the GPU " + device.name() + ", its backend is " + backend,
                    "install the libraries of CUDA 11.6, cublas and cusolver, and name their folder in LD_LIBRARY_PATH, or"
                            + " calibrate the processor: calibrate --device cpu");
        }
    }

    @Override
    public String method() {
        return "DL4J fit() on the GPU, with ND4J's kernels for CUDA 11.6; cost = least time until the GPU is done with an"
                + " iteration";
    }

    @Override
    public String gpu() {
        return device.name();
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>(jobs.facts());
        facts.put("compute_capability", device.capability().toString());
        return facts;
    }

    @Override
    public boolean supports(Work work) {
        return jobs.supports(work);
    }

    @Override
    public Running start(Work work) {
        Running running = jobs.start(work);
        return new Running() {
            @Override
            public void repeat() {
                running.repeat();
                synchronise();
            }

            @Override
            public void close() {
                running.close();
            }
        };
    }

    private static void synchronise() {
        int status = cudart.cudaDeviceSynchronize();
        if (status != SUCCESS) {
            throw new IllegalStateException("the GPU cannot finish its work: "
                    + cudart.cudaGetErrorString(status).getString() + " (error " + status + ")");
        }
    }

    @Override
    public boolean worksOnCallingThread() {
        return false;
    }

    @Override
    public void close() {
        jobs.close();
    }
}
