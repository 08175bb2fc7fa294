package trainyard.training.dl4j.calibration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import trainyard.training.calibration.measure.CalibrationDevice.Running;
import trainyard.training.calibration.measure.CalibrationDevice.Session;
import trainyard.training.calibration.measure.Work;
import trainyard.training.network.NetworkSpec;

/** Runs work by ND4J in the calling thread. */
final class CpuSession implements Session {

    @Override
    public String method() {
        return "DL4J fit() on one thread of the CPU; cost of an iteration = least processor time of its repetitions";
    }

    @Override
    public String gpu() {
        return "";
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("nd4j", version());
        facts.put("nd4j_backend", Nd4j.getBackend().getClass().getSimpleName());
        facts.put("nd4j_classifier", System.getProperty("org.bytedeco.javacpp.platform.extension", "default"));
        facts.put("blas", String.valueOf(Nd4j.factory().blas().getBlasVendor()));
        facts.put("omp_threads", Integer.toString(Nd4j.getEnvironment().maxThreads()));
        return facts;
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = Nd4j.class.getResourceAsStream("/META-INF/maven/org.nd4j/nd4j-api/pom.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return properties.getProperty("version", "not told");
    }

    @Override
    public boolean supports(Work work) {
        if (work instanceof Work.Gradient gradient) {
            return JobNetworks.isLayered(gradient.job());
        }
        return !(work instanceof Work.Job job && job.network() instanceof NetworkSpec.Softmax);
    }

    @Override
    public Running start(Work work) {
        if (work instanceof Work.Job job) {
            return JobNetworks.start(job);
        }
        if (work instanceof Work.Gradient gradient) {
            return JobNetworks.gradient(gradient.job());
        }
        if (work instanceof Work.Gemm gemm) {
            return gemm(gemm);
        }
        if (work instanceof Work.Copy copy) {
            int values = (int) (copy.bytes() / Float.BYTES);
            INDArray source = Nd4j.rand(1, values);
            INDArray target = Nd4j.create(1, values);
            return running(() -> target.assign(source), source, target);
        }
        INDArray one = Nd4j.create(1);
        return running(() -> one.addi(1), one);
    }

    private static Running gemm(Work.Gemm gemm) {
        INDArray left = Nd4j.rand('f', new int[] {gemm.m(), gemm.k()});
        INDArray right = Nd4j.rand('f', new int[] {gemm.k(), gemm.n()});
        INDArray result = Nd4j.create(new int[] {gemm.m(), gemm.n()}, 'f');
        return running(() -> Nd4j.gemm(left, right, result, false, false, 1, 0), left, right, result);
    }

    private static Running running(Runnable work, INDArray... arrays) {
        return new Running() {
            @Override
            public void repeat() {
                work.run();
            }

            @Override
            public void close() {
                for (INDArray array : arrays) {
                    array.close();
                }
            }
        };
    }

    @Override
    public boolean worksOnCallingThread() {
        return Nd4j.getEnvironment().maxThreads() == 1;
    }

    @Override
    public Optional<String> forEachProcess() {
        return Optional.of(CpuDevice.NAME);
    }

    @Override
    public void close() {
        // ND4J stays loaded until the process ends.
    }
}
