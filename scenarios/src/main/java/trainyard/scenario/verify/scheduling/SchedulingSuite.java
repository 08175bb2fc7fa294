package trainyard.scenario.verify.scheduling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import trainyard.faults.trace.TraceFile;
import trainyard.faults.trace.TraceFolder;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.Suite;
import trainyard.scheduler.run.ClusterOutcome;
import trainyard.scheduler.run.JobOutcome;
import trainyard.sim.csv.CsvRow;

/** Plays the runs of other simulators from the same jobs and compares: mean times, makespan, preemptions, and each job. */
public final class SchedulingSuite implements Suite {

    private static final List<String> RUNS =
            List.of("peer", "trace", "cluster", "placement", "policy", "rc", "avg_jct");
    private static final String GATE = "yes";
    private static final double NANO = 1e-9;
    /** Half of the last digit that the tables give. */
    private static final double LAST_DIGIT = 0.00051;

    private final List<PeerModel> models = List.of(new TiresiasModel(), new MuriModel(), new HeliosModel());
    private final TraceFolder traces;
    private final TraceFolder perJob;

    private SchedulingSuite(TraceFolder traces, TraceFolder perJob) {
        this.traces = traces;
        this.perJob = perJob;
    }

    /** With the traces shipped with the product. */
    public static SchedulingSuite shipped() {
        return new SchedulingSuite(TraceFolder.shipped("workloads"), TraceFolder.shipped("workloads/per_job"));
    }

    /** The same suite, which looks for traces in a folder first. */
    public SchedulingSuite withTraces(TraceFolder folder) {
        return new SchedulingSuite(folder.or(traces), perJob);
    }

    /** The same suite, which looks for the jobs of runs in a folder first. */
    public SchedulingSuite withPerJob(TraceFolder folder) {
        return new SchedulingSuite(traces, folder.or(perJob));
    }

    @Override
    public String name() {
        return "scheduling";
    }

    @Override
    public String shippedFolder() {
        return "scheduling";
    }

    @Override
    public List<List<String>> kinds() {
        return List.of(RUNS);
    }

    @Override
    public List<RowScore> score(CsvRow row) {
        PeerRun run = PeerRun.of(row);
        String id = run.id();
        if (!finished(row)) {
            return List.of(RowScore.skipped(id, GATE, "record: the run of the peer did not finish"));
        }
        Optional<PeerModel> model = models.stream()
                .filter(candidate -> candidate.peer().equals(run.peer()))
                .findFirst();
        if (model.isEmpty()) {
            return List.of(RowScore.skipped(id, GATE, "not built: the scheduler of " + run.peer()));
        }
        try {
            return compare(row, run, model.get().play(run, traces));
        } catch (RowSkipped skipped) {
            return List.of(RowScore.skipped(id, GATE, skipped.getMessage()));
        } catch (IllegalArgumentException refused) {
            return List.of(RowScore.skipped(id, GATE, "refused: " + refused.getMessage()));
        }
    }

    /** Some runs ended well but before all jobs did; tables of those state how many there were. */
    private static boolean finished(CsvRow row) {
        boolean all = !row.has("n_jobs_in_trace")
                || row.optionalNumber("n_jobs").equals(row.optionalNumber("n_jobs_in_trace"));
        return row.text("rc").equals("0") && all;
    }

    private List<RowScore> compare(CsvRow row, PeerRun run, ClusterOutcome outcome) {
        List<RowScore> scores = new ArrayList<>();
        scores.add(exact(row, run, "avg_jct", "mean job completion time", mean(outcome, JobOutcome::completionNanos)));
        scores.add(exact(row, run, "makespan", "makespan", outcome.makespanNanos() * NANO));
        perJobFile(run).ifPresent(file -> scores.add(perJob(run, file, outcome)));
        return scores;
    }

    private static RowScore exact(CsvRow row, PeerRun run, String column, String quantity, double predicted) {
        double published = row.number(column);
        return RowScore.scored(run.id() + " " + column, quantity, predicted, published, "s", GATE)
                .judged(Math.abs(predicted - published) <= LAST_DIGIT, "equal to the last digit");
    }

    private Optional<TraceFile> perJobFile(PeerRun run) {
        return List.of("tiresias_runs", "muri_runs", "helios_qssf_runs").stream()
                .flatMap(source -> perJob.file(run.perJobFile(source)).stream())
                .findFirst();
    }

    private static RowScore perJob(PeerRun run, TraceFile file, ClusterOutcome outcome) {
        double recorded = PerJob.recorded(file);
        double equal = PerJob.equal(file, outcome);
        return RowScore.scored(run.id() + " per job", "jobs with the same completion time", equal, recorded, "", GATE)
                .judged(equal == recorded, "every job to the millisecond");
    }

    private static double mean(ClusterOutcome outcome, ToDoubleFunction<JobOutcome> value) {
        return outcome.jobs().stream().mapToDouble(value).average().orElse(0) * NANO;
    }
}
