package trainyard.scheduler.trace;

import java.util.List;
import java.util.Optional;

/** The formats of lists of jobs that can be read, by name. */
public final class TraceFormats {

    private static final List<TraceFormat> ALL = List.of(
            new TraceFormat(
                    "philly",
                    "timestamp, duration (s), num_gpus, cluster: Microsoft's Philly as a table",
                    (file, badRows) -> PhillyTrace.read(file, badRows).list()),
            new TraceFormat(
                    "tiresias", "job_id, num_gpu, submit_time (s), duration (s): Tiresias", TiresiasTrace::read),
            new TraceFormat(
                    "muri",
                    "job_id, num_gpu, submit_time (ms), iterations, model_name, iteration_time (ms): Muri",
                    MuriTrace::read),
            new TraceFormat(
                    "openb",
                    "name, cpu_milli, memory_mib, num_gpu, creation_time (s), deletion_time (s): pods of Alibaba's openb",
                    OpenbTrace::read),
            new TraceFormat(
                    "helios", "job_id, gpu_num, submit_time, duration (s), vc: SenseTime's Helios", HeliosTrace::read),
            new TraceFormat(
                    "sacct",
                    "what Slurm's sacct -P -o JobID,Account,Submit,ElapsedRaw,TimelimitRaw,AllocTRES writes",
                    SacctTrace::read));

    private TraceFormats() {}

    public static List<TraceFormat> all() {
        return ALL;
    }

    /** The format of a name. */
    public static Optional<TraceFormat> named(String name) {
        return ALL.stream().filter(format -> format.name().equals(name)).findFirst();
    }
}
