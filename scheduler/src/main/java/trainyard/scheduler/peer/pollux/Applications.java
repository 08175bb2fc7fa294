package trainyard.scheduler.peer.pollux;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.faults.trace.TraceException;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.trace.TarArchive;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/** The applications that were measured, by name. */
public final class Applications {

    private static final Pattern RUN = Pattern.compile("traces/([^/]+)/validation-(\\d+)\\.csv");
    /** Its largest local batch is set below the largest that was measured. */
    private static final Map<String, Integer> MOST_LOCAL_BATCH = Map.of("yolov3", 8);

    private final Map<String, Application> byName;

    private Applications(Map<String, Application> byName) {
        this.byName = byName;
    }

    /**
     * @param archive the tables of all applications
     * @param interpolated step times on more nodes than were measured
     * @throws TraceException if one is damaged; the message names file and line
     */
    public static Applications read(TraceFile archive, TraceFile interpolated) {
        return read(archive, beyond(interpolated), "");
    }

    /**
     * The same without step times on more nodes than were measured, which are then those of the nearest numbers.
     *
     * @param gpuType whose step times are taken of an archive that has those of several types, as Sia's; empty for an archive of one
     * @throws TraceException if a table is missing or damaged; the message names file and line
     */
    public static Applications read(TraceFile archive, String gpuType) {
        return read(archive, Map.of(), gpuType.isEmpty() ? "" : "-" + gpuType);
    }

    private static Applications read(
            TraceFile archive, Map<String, Map<List<Integer>, StepTime>> beyond, String suffix) {
        TarArchive tables = TarArchive.read(archive);
        Map<String, Map<Integer, CsvTable>> runs = new TreeMap<>();
        for (String path : tables.paths()) {
            Matcher run = RUN.matcher(path);
            if (run.matches()) {
                runs.computeIfAbsent(run.group(1), name -> new HashMap<>())
                        .put(Integer.parseInt(run.group(2)), tables.table(path).orElseThrow());
            }
        }
        Map<String, Application> applications = new LinkedHashMap<>();
        runs.forEach((name, byBatch) -> {
            CsvTable placements = table(archive, tables, name, "placements" + suffix);
            StepTimes times = new StepTimes(
                    placements,
                    table(archive, tables, name, "scalability" + suffix),
                    beyond.getOrDefault(name, Map.of()));
            int[] sizes = placements.rows().stream()
                    .mapToInt(row -> row.integer("local_bsz", 1, Integer.MAX_VALUE))
                    .sorted()
                    .toArray();
            int most = MOST_LOCAL_BATCH.getOrDefault(name, sizes[sizes.length - 1]);
            applications.put(name, new Application(name, times, byBatch, sizes[0], most));
        });
        return new Applications(applications);
    }

    private static CsvTable table(TraceFile archive, TarArchive tables, String application, String kind) {
        return tables.table("traces/" + application + "/" + kind + ".csv")
                .orElseThrow(() -> new TraceException(archive.name() + ":1: no " + kind + ".csv of " + application));
    }

    private static Map<String, Map<List<Integer>, StepTime>> beyond(TraceFile file) {
        Map<String, Map<List<Integer>, StepTime>> beyond = new HashMap<>();
        for (CsvRow row : file.read(CsvTable::read)
                .require("application", "num_nodes", "num_replicas", "local_bsz", "step_time", "sync_time")
                .rows()) {
            beyond.computeIfAbsent(row.requiredText("application"), name -> new HashMap<>())
                    .put(
                            List.of(
                                    row.integer("num_nodes", 1, 10_000),
                                    row.integer("num_replicas", 1, 10_000),
                                    row.integer("local_bsz", 1, Integer.MAX_VALUE)),
                            StepTimes.time(row));
        }
        return beyond;
    }

    /**
     * Time that a job trains with the replicas and the batch size that it asks for, on as few nodes as hold them, without a restart.
     *
     * @return whole seconds, as epochs end in this simulator
     * @throws IllegalArgumentException if nothing was measured of its application or of such a batch size
     */
    public long runSeconds(PolluxJob job, int gpusPerNode) {
        return TrainingJob.runSeconds(job, named(job.application()), gpusPerNode);
    }

    /**
     * @throws IllegalArgumentException if nothing was measured of it
     */
    Application named(String name) {
        Application application = byName.get(name);
        if (application == null) {
            throw new IllegalArgumentException(
                    "no application " + name + " was measured; measured were " + String.join(", ", byName.keySet()));
        }
        return application;
    }
}
