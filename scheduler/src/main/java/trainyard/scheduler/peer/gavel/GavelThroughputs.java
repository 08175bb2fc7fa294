package trainyard.scheduler.peer.gavel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.faults.trace.TraceException;
import trainyard.faults.trace.TraceFile;

/**
 * Measured steps per second of types of jobs on types of GPU, alone and beside another job on the same GPUs; in Gavel's JSON.
 */
public final class GavelThroughputs {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ALONE = "null";

    private final String name;
    private final Map<String, Map<String, Map<String, double[]>>> byGpu;

    private GavelThroughputs(String name, Map<String, Map<String, Map<String, double[]>>> byGpu) {
        this.name = name;
        this.byGpu = byGpu;
    }

    /**
     * @throws TraceException if the file is damaged; the message names file and line
     */
    public static GavelThroughputs read(TraceFile file) {
        return file.read(GavelThroughputs::parse);
    }

    private static GavelThroughputs parse(String name, InputStream content) throws IOException {
        JsonNode root = MAPPER.readTree(content);
        Map<String, Map<String, Map<String, double[]>>> byGpu = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> gpu : object(name, root, "the file").properties()) {
            Map<String, Map<String, double[]>> byJob = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> job :
                    object(name, gpu.getValue(), gpu.getKey()).properties()) {
                Map<String, double[]> beside = new LinkedHashMap<>();
                for (Map.Entry<String, JsonNode> other :
                        object(name, job.getValue(), job.getKey()).properties()) {
                    beside.put(other.getKey(), numbers(name, other.getValue(), job.getKey()));
                }
                byJob.put(job.getKey(), beside);
            }
            byGpu.put(gpu.getKey(), byJob);
        }
        return new GavelThroughputs(name, byGpu);
    }

    private static JsonNode object(String name, JsonNode node, String what) {
        if (node == null || !node.isObject()) {
            throw new TraceException(name + ":1: " + what + " is not an object");
        }
        return node;
    }

    private static double[] numbers(String name, JsonNode node, String job) {
        double[] numbers = new double[node.isArray() ? node.size() : 1];
        for (int i = 0; i < numbers.length; i++) {
            JsonNode number = node.isArray() ? node.get(i) : node;
            if (!number.isNumber() || number.asDouble() < 0 || !Double.isFinite(number.asDouble())) {
                throw new TraceException(
                        name + ":1: " + job + " has a throughput that is not a number of at least 0: " + number);
            }
            numbers[i] = number.asDouble();
        }
        return numbers;
    }

    /** Whether it has the throughput of a job that has its GPUs for itself. */
    public boolean has(String gpu, String jobType, int gpus) {
        return entry(gpu, jobType, gpus, ALONE).isPresent();
    }

    /** Whether it has the throughputs of two jobs on the same GPUs, and of the first one alone. */
    public boolean hasTogether(String gpu, String jobType, String otherType, int gpus) {
        return has(gpu, jobType, gpus)
                && entry(gpu, jobType, gpus, key(otherType, gpus)).isPresent();
    }

    /** The types of GPU on which it was measured. */
    public List<String> gpuTypes() {
        return List.copyOf(byGpu.keySet());
    }

    /**
     * Steps per second of a job that has its GPUs for itself.
     *
     * @throws TraceException if the table has no such job
     */
    public double alone(String gpu, String jobType, int gpus) {
        return entry(gpu, jobType, gpus, ALONE)
                .filter(found -> found.length == 1)
                .orElseThrow(() -> missing(gpu, jobType, gpus))[0];
    }

    /**
     * Steps per second of two jobs on the same GPUs.
     *
     * @throws TraceException if the table has no such pair
     */
    public double[] together(String gpu, String jobType, String otherType, int gpus) {
        return entry(gpu, jobType, gpus, key(otherType, gpus))
                .filter(found -> found.length == 2)
                .orElseThrow(() -> missing(gpu, jobType + " beside " + otherType, gpus));
    }

    private Optional<double[]> entry(String gpu, String jobType, int gpus, String beside) {
        return Optional.ofNullable(byGpu.get(gpu))
                .map(jobs -> jobs.get(key(jobType, gpus)))
                .map(pairs -> pairs.get(beside));
    }

    private static String key(String jobType, int gpus) {
        return "('" + jobType + "', " + gpus + ")";
    }

    private TraceException missing(String gpu, String jobType, int gpus) {
        return new TraceException(name + ":1: no throughput of " + jobType + " on " + gpus + " GPUs of type " + gpu);
    }
}
