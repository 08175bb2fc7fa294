package trainyard.scheduler.trace;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.sharing.PodDemand;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/**
 * Pods of Alibaba's cluster (cluster-trace-gpu-v2023, openb): {@code name, cpu_milli, memory_mib, num_gpu, gpu_milli, gpu_spec,
 * creation_time, deletion_time}; times in seconds from the begin of the trace.
 */
public final class OpenbTrace {

    private static final int MOST = 1_000_000_000;
    private static final double MILLI = 1000;
    private static final double MIB = 1 << 20;

    private OpenbTrace() {}

    /**
     * What each pod wants, in the order of the file.
     *
     * @throws trainyard.faults.trace.TraceException if the file is damaged; the message names file and line
     */
    public static List<PodDemand> demands(TraceFile file) {
        return file.read((name, content) ->
                CsvTable.read(name, content)
                        .require("name", "cpu_milli", "memory_mib", "num_gpu", "gpu_milli")
                        .rows()
                        .stream()
                        .map(OpenbTrace::demand)
                        .toList());
    }

    private static PodDemand demand(CsvRow row) {
        try {
            return new PodDemand(
                    row.integer("cpu_milli", 0, MOST),
                    row.integer("memory_mib", 0, MOST),
                    row.integer("num_gpu", 0, 1024),
                    row.integer("num_gpu", 0, 1024) == 0 ? 0 : row.integer("gpu_milli", 0, PodDemand.WHOLE),
                    types(row));
        } catch (IllegalArgumentException impossible) {
            throw row.problem("gpu_milli", impossible.getMessage());
        }
    }

    private static Set<String> types(CsvRow row) {
        return row.isBlank("gpu_spec")
                ? Set.of()
                : Arrays.stream(row.text("gpu_spec").split("\\|")).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The pods with GPUs as jobs, on the types of GPU that they may use ({@code gpu_spec}). Where the list says how much of a GPU they take ({@code gpu_milli}), they share one.
     *
     * @throws trainyard.faults.trace.TraceException if the file is no table, or a row is bad and such are refused
     */
    public static JobList read(TraceFile file, BadRows badRows) {
        List<CsvRow> rows = JobRows.of(
                file, badRows, "name", "cpu_milli", "memory_mib", "num_gpu", "creation_time", "deletion_time");
        return JobRows.jobs(rows, badRows, row -> !row.text("num_gpu").equals("0"), OpenbTrace::job);
    }

    private static ClusterJob job(CsvRow row) {
        int gpus = row.integer("num_gpu", 1, 1024);
        long submitted = JobRows.nanos(row, "creation_time", 1);
        long ended = JobRows.nanos(row, "deletion_time", 1);
        if (ended < submitted) {
            throw row.problem("deletion_time", "must not be before creation_time");
        }
        boolean shares = gpus == 1 && row.has("gpu_milli");
        JobTraits traits = JobTraits.NONE
                .withHost(
                        row.integer("cpu_milli", 0, MOST) / MILLI / gpus,
                        row.integer("memory_mib", 0, MOST) * MIB / gpus)
                .withGpuTypes(row.has("gpu_spec") ? types(row) : Set.of())
                .withGpuMilli(shares ? row.integer("gpu_milli", 1, PodDemand.WHOLE) : PodDemand.WHOLE);
        return ClusterJob.of(row.requiredText("name"), submitted, gpus, ended - submitted)
                .with(traits);
    }
}
