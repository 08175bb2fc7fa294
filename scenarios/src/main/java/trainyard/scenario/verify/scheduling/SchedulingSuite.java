package trainyard.scenario.verify.scheduling;

import java.util.List;
import java.util.function.Predicate;
import trainyard.faults.trace.TraceFolder;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.Suite;
import trainyard.sim.csv.CsvRow;

/** Plays the runs of other simulators from the same jobs and compares what became of them. */
public final class SchedulingSuite implements Suite {

    private static final PeerModel MURI = new MuriModel();

    private final List<PeerTable> tables = List.of(
            new RunsTable(List.of(new TiresiasModel(), MURI, new HeliosModel(), new GavelModel())),
            new MuriTable(MURI),
            new PolluxTable(),
            new FgdTable(),
            new ShockwaveTable(),
            new PolluxVariantsTable(),
            new HeliosClustersTable(),
            new UnplayedTable(
                    List.of("setting", "trace", "policy", "avg_jct_h"),
                    List.of("setting", "trace", "policy"),
                    "Sia's simulator is not built: its factors for real runs, restart times and fitted models by application, its Gavel on jobs"
                            + " tuned by hand, and Shockwave and Themis there"));
    private final PeerData data;

    private SchedulingSuite(PeerData data) {
        this.data = data;
    }

    /** With the traces shipped with the product. */
    public static SchedulingSuite shipped() {
        return new SchedulingSuite(
                new PeerData(TraceFolder.shipped("workloads"), TraceFolder.shipped("workloads/per_job")));
    }

    /** The same suite, which looks for traces in a folder first. */
    public SchedulingSuite withTraces(TraceFolder folder) {
        return new SchedulingSuite(new PeerData(folder.or(data.traces()), data.perJob()));
    }

    /** The same suite, which looks for the jobs of runs in a folder first. */
    public SchedulingSuite withPerJob(TraceFolder folder) {
        return new SchedulingSuite(new PeerData(data.traces(), folder.or(data.perJob())));
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
        return tables.stream().map(PeerTable::columns).toList();
    }

    @Override
    public List<RowScore> score(CsvRow row) {
        PeerTable table = table(row::has);
        try {
            return table.score(row, data);
        } catch (RowSkipped skipped) {
            return List.of(RowScore.skipped(table.id(row), "yes", skipped.getMessage()));
        } catch (IllegalArgumentException refused) {
            return List.of(RowScore.skipped(table.id(row), "yes", "refused: " + refused.getMessage()));
        }
    }

    @Override
    public boolean scoresInParallel() {
        return true;
    }

    @Override
    public List<RowScore> overall(List<String> header, List<RowScore> scores) {
        return table(header::contains).overall(scores);
    }

    private PeerTable table(Predicate<String> hasColumn) {
        return tables.stream()
                .filter(candidate -> candidate.columns().stream().allMatch(hasColumn))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a table of no kind that the suite has"));
    }
}
