package trainyard.scheduler.format;

import java.util.List;
import java.util.Optional;
import trainyard.scheduler.trace.HeliosTrace;
import trainyard.scheduler.trace.MuriTrace;
import trainyard.scheduler.trace.OpenbTrace;
import trainyard.scheduler.trace.PaiTrace;
import trainyard.scheduler.trace.PhillyTrace;
import trainyard.scheduler.trace.SacctTrace;
import trainyard.scheduler.trace.TiresiasTrace;

/** The formats of lists of jobs that can be read, by name. */
public final class TraceFormats {

    private static final String APPLICATIONS =
            "the archive of measured step times and gradients, traces/APPLICATION/placements.csv and so on (tar.gz)";

    private static final List<TraceFormat> ALL = List.of(
            TraceFormat.of(
                    "philly",
                    "timestamp, duration (s), num_gpus, cluster: Microsoft's Philly as a table",
                    (file, badRows) -> PhillyTrace.read(file, badRows).list()),
            TraceFormat.of("tiresias", "job_id, num_gpu, submit_time (s), duration (s): Tiresias", TiresiasTrace::read),
            TraceFormat.of(
                    "muri",
                    "job_id, num_gpu, submit_time (ms), iterations, model_name, iteration_time (ms) and, for the stages of jobs,"
                            + " resource_time_0 to resource_time_2 (ms): Muri",
                    MuriTrace::read),
            TraceFormat.of(
                    "openb",
                    "name, cpu_milli, memory_mib, num_gpu, gpu_milli, creation_time (s), deletion_time (s): pods of Alibaba's"
                            + " openb, which may share GPUs",
                    OpenbTrace::read),
            TraceFormat.of(
                    "helios", "job_id, gpu_num, submit_time, duration (s), vc: SenseTime's Helios", HeliosTrace::read),
            TraceFormat.of(
                    "sacct",
                    "what Slurm's sacct -P -o JobID,Account,Submit,ElapsedRaw,TimelimitRaw,AllocTRES writes",
                    SacctTrace::read),
            new TraceFormat(
                    "gavel",
                    "Gavel's lines of 10 cells between tabulators, or of 7 of its older lists; run times are steps over measured"
                            + " steps a second",
                    Optional.of("steps a second by type of GPU and of job, as Gavel's simulation_throughputs.json"),
                    true,
                    (file, tables, badRows) -> GavelJobs.gavel(file, tables.orElseThrow(), badRows)),
            TraceFormat.of(
                    "shockwave",
                    "Shockwave's lines of 12 cells between tabulators, with the run time (s) in the eleventh",
                    GavelJobs::shockwave),
            new TraceFormat(
                    "pollux",
                    "name, time (s), application, num_replicas, batch_size: Pollux; run times follow from measured step times"
                            + " and gradients",
                    Optional.of(APPLICATIONS),
                    false,
                    (file, tables, badRows) -> PolluxJobs.read(file, tables.orElseThrow(), badRows)),
            new TraceFormat(
                    "sia",
                    "the same of Sia, on one of its types of GPU",
                    Optional.of(APPLICATIONS + ", with placements-TYPE.csv for each type of GPU"),
                    true,
                    (file, tables, badRows) -> PolluxJobs.read(file, tables.orElseThrow(), badRows)),
            new TraceFormat(
                    "pai",
                    "pai_job_table.csv of Alibaba's PAI (cluster-trace-gpu-v2020)",
                    Optional.of("its pai_task_table.csv"),
                    false,
                    (file, tables, badRows) ->
                            PaiTrace.read(file, tables.orElseThrow().file(), badRows)));

    private TraceFormats() {}

    public static List<TraceFormat> all() {
        return ALL;
    }

    /** The format of a name. */
    public static Optional<TraceFormat> named(String name) {
        return ALL.stream().filter(format -> format.name().equals(name)).findFirst();
    }
}
