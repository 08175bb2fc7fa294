package trainyard.scenario.verify.scheduling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.faults.trace.TraceFile;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.sim.csv.CsvRow;

/** Runs of the peers' own programs: mean completion time, makespan and, where they were recorded, each job. */
final class RunsTable implements PeerTable {

    private static final List<String> SOURCES = List.of("tiresias_runs", "muri_runs", "helios_qssf_runs", "gavel_runs");

    private final List<PeerModel> models;

    RunsTable(List<PeerModel> models) {
        this.models = List.copyOf(models);
    }

    @Override
    public List<String> columns() {
        return List.of("peer", "trace", "cluster", "placement", "policy", "rc", "avg_jct");
    }

    @Override
    public String id(CsvRow row) {
        return PeerRun.of(row).id();
    }

    @Override
    public List<RowScore> score(CsvRow row, PeerData data) {
        PeerRun run = PeerRun.of(row);
        if (!finished(row)) {
            return List.of(RowScore.skipped(run.id(), "yes", "record: the run of the peer did not finish"));
        }
        PeerModel model = models.stream()
                .filter(candidate -> candidate.peer().equals(run.peer()))
                .findFirst()
                .orElseThrow(() -> RowSkipped.notBuilt("the scheduler of " + run.peer()));
        return compare(row, run, model.play(run, data.traces()), model.closeness(run), perJobFile(run, data));
    }

    /** Some runs ended well but before all jobs did; tables of those state how many there were. */
    private static boolean finished(CsvRow row) {
        boolean all = !row.has("n_jobs_in_trace")
                || row.optionalNumber("n_jobs").equals(row.optionalNumber("n_jobs_in_trace"));
        return row.text("rc").equals("0") && all;
    }

    private static List<RowScore> compare(
            CsvRow row, PeerRun run, PeerOutcome outcome, Closeness closeness, Optional<TraceFile> perJob) {
        List<RowScore> scores = new ArrayList<>();
        scores.add(closeness.score(row, "avg_jct", run.id(), "mean job completion time", outcome.meanSeconds(), "s"));
        scores.add(closeness.score(row, "makespan", run.id(), "makespan", outcome.makespanSeconds(), "s"));
        if (closeness.exact()) {
            perJob.ifPresent(file -> scores.add(PerJob.score(run.id(), file, outcome)));
        }
        return scores;
    }

    private static Optional<TraceFile> perJobFile(PeerRun run, PeerData data) {
        return SOURCES.stream()
                .flatMap(source -> data.perJob().file(run.perJobFile(source)).stream())
                .findFirst();
    }
}
