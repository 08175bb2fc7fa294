package trainyard.scheduler.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import trainyard.faults.trace.TraceException;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;

/**
 * Jobs of Alibaba's PAI (cluster-trace-gpu-v2020; Weng et al., NSDI 2022): its table of jobs, {@code job_name, inst_id, user, status,
 * start_time, end_time}, and its table of tasks, {@code job_name, task_name, inst_num, status, start_time, end_time, plan_cpu, plan_mem,
 * plan_gpu, gpu_type}, which come without a header; one with these names is passed over. Times are in seconds, {@code plan_cpu} and {@code
 * plan_gpu} in percent of a processor and of a GPU for each instance, {@code plan_mem} in GB.
 *
 * <p>A job is submitted at the {@code start_time} of the table of jobs. It holds the GPUs of its tasks from the first start to the last
 * end of those that have GPUs. Instances that want less than a GPU share one with others of their task, as many as fit on it, and with no other
 * job: 5 instances of 40 % are 3 GPUs, an instance of 150 % is 2. Jobs without GPUs are left out, and so are those of which no task
 * with GPUs has both a start and an end: they never ran or still did when the record ended.
 */
public final class PaiTrace {

    private static final List<String> JOB = List.of("job_name", "inst_id", "user", "status", "start_time", "end_time");
    private static final List<String> TASK = List.of(
            "job_name",
            "task_name",
            "inst_num",
            "status",
            "start_time",
            "end_time",
            "plan_cpu",
            "plan_mem",
            "plan_gpu",
            "gpu_type");

    private static final String SEPARATOR = ",";
    private static final double PERCENT = 100;
    private static final double GIGABYTE = 1e9;
    private static final double MOST_SECONDS = 1e9;
    private static final int MOST_INSTANCES = 1_000_000;
    private static final int MOST_GPUS = 1_000_000;
    private static final double MOST_PERCENT = 1e6;
    private static final double MOST_GIGABYTES = 1e6;

    private PaiTrace() {}

    /** What the tasks of a job want together. */
    private static final class Demand {
        private double gpus;
        private double cpus;
        private double memoryBytes;
        private double startSeconds = Double.POSITIVE_INFINITY;
        private double endSeconds;
    }

    /**
     * @param jobs its table of jobs
     * @param tasks its table of tasks
     * @throws TraceException if a table is damaged and bad rows are refused; the message names file and line
     */
    public static JobList read(TraceFile jobs, TraceFile tasks, BadRows badRows) {
        Map<String, Demand> demands = new HashMap<>();
        List<String> skipped = new ArrayList<>(PlainTable.each(tasks, SEPARATOR, badRows, row -> {
            if (!isHeader(row, TASK)) {
                add(row, demands);
            }
        }));
        AtomicInteger withoutGpus = new AtomicInteger();
        JobList read = PlainTable.jobs(jobs, SEPARATOR, badRows, row -> {
            if (isHeader(row, JOB)) {
                return Optional.empty();
            }
            Optional<ClusterJob> job = job(row, demands);
            withoutGpus.addAndGet(job.isPresent() ? 0 : 1);
            return job;
        });
        skipped.addAll(read.skipped());
        return new JobList(read.jobs(), skipped, withoutGpus.get());
    }

    /** Whether a line has the names of the columns. */
    private static boolean isHeader(PlainTable.Row row, List<String> columns) {
        row.require(columns.size());
        if (row.line() > 1 || !row.optionalText(0).equals(columns.get(0))) {
            return false;
        }
        for (int i = 0; i < columns.size(); i++) {
            if (!row.optionalText(i).equals(columns.get(i))) {
                throw row.problem(i, "expected the column " + columns.get(i) + ", got \"" + row.optionalText(i) + "\"");
            }
        }
        return true;
    }

    private static void add(PlainTable.Row row, Map<String, Demand> demands) {
        String job = row.text(0);
        int instances = (int) row.whole(2, 1, MOST_INSTANCES);
        double cpus = row.isBlank(6) ? 0 : row.number(6, 0, MOST_PERCENT) / PERCENT;
        double memory = row.isBlank(7) ? 0 : row.number(7, 0, MOST_GIGABYTES) * GIGABYTE;
        double percent = row.isBlank(8) ? 0 : row.number(8, 0, MOST_PERCENT);
        boolean ran = !row.isBlank(4) && !row.isBlank(5);
        double start = ran ? row.number(4, 0, MOST_SECONDS) : 0;
        double end = ran ? row.number(5, 0, MOST_SECONDS) : 0;
        if (end < start) {
            throw row.problem(5, "must not be before start_time");
        }
        Demand demand = demands.computeIfAbsent(job, name -> new Demand());
        demand.cpus += cpus * instances;
        demand.memoryBytes += memory * instances;
        if (percent > 0 && ran) {
            demand.gpus += gpus(instances, percent);
            demand.startSeconds = Math.min(demand.startSeconds, start);
            demand.endSeconds = Math.max(demand.endSeconds, end);
        }
    }

    /** GPUs that hold all instances of a task. */
    private static double gpus(int instances, double percent) {
        return percent > PERCENT
                ? instances * Math.ceil(percent / PERCENT)
                : Math.ceil(instances / Math.floor(PERCENT / percent));
    }

    private static Optional<ClusterJob> job(PlainTable.Row row, Map<String, Demand> demands) {
        String name = row.text(0);
        Demand demand = demands.get(name);
        if (demand == null || demand.gpus == 0) {
            return Optional.empty();
        }
        if (demand.gpus > MOST_GPUS) {
            throw row.problem("its tasks want " + demand.gpus + " GPUs");
        }
        int gpus = (int) demand.gpus;
        JobTraits traits =
                JobTraits.NONE.withUser(row.optionalText(2)).withHost(demand.cpus / gpus, demand.memoryBytes / gpus);
        return Optional.of(
                ClusterJob.of(name, row.nanos(4), gpus, row.nanosOf(0, demand.endSeconds - demand.startSeconds))
                        .with(traits));
    }
}
