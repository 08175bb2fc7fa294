package trainyard.scenario.verify.collectives;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.verify.RowInput;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.Suite;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.CollectiveTime;
import trainyard.sim.collective.GroupShape;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/**
 * Scores measured collectives: the time of a message of stated size, or the bus bandwidth of a large one. Rows of less
 * than 1 MiB are scored and shown but do not gate: there the time is that of launching kernels, which the source may
 * count or not.
 */
public final class CollectivesSuite implements Suite {

    private static final List<String> COLUMNS = List.of(
            "id",
            "collective",
            "algo",
            "gpu",
            "gpus",
            "nodes",
            "fabric",
            "size_bytes",
            "time_us",
            "busbw_gbps",
            "nvls",
            "gate");

    private static final double GATED_BYTES = 1 << 20;
    private static final String LARGE_BAND = "1 MiB and more";
    private static final String SMALL_BAND = "below 1 MiB";
    private static final String CHART_BAND = "read off charts";
    private static final String LARGE = "peak";
    /** What "large" means where a row gives no size: the largest message that nccl-tests sources commonly print. */
    private static final double LARGE_BYTES = 16.0 * (1L << 30);

    private static final double MICRO = 1e-6;
    private static final double GIGA = 1e9;

    private final HardwareCatalog catalog;
    private final RowCluster clusters;

    public CollectivesSuite(HardwareCatalog catalog) {
        this.catalog = catalog;
        this.clusters = new RowCluster(catalog);
    }

    @Override
    public String name() {
        return "collectives";
    }

    @Override
    public List<List<String>> kinds() {
        return List.of(COLUMNS);
    }

    @Override
    public List<RowInput> inputs() {
        return List.of(
                new RowInput("size_bytes", "Message", "B"),
                new RowInput("gpus", "GPUs", ""),
                new RowInput("nodes", "Nodes", ""));
    }

    @Override
    public List<RowScore> score(CsvRow row) {
        return List.of(scoreOf(row));
    }

    private RowScore scoreOf(CsvRow row) {
        String id = row.requiredText("id");
        try {
            return row.text("size_bytes").startsWith(LARGE)
                    ? scoreBandwidth(row, id).inBand(LARGE_BAND)
                    : scoreTime(row, id);
        } catch (RowSkipped skipped) {
            return RowScore.skipped(id, row.text("gate"), skipped.getMessage());
        } catch (IllegalArgumentException refused) {
            return refused(row, id, refused.getMessage());
        }
    }

    /** The run took place, so that whatever the model refuses about it is the model's error. */
    private static RowScore refused(CsvRow row, String id, String message) {
        boolean timed = !row.isBlank("time_us");
        if (!timed && row.isBlank("busbw_gbps")) {
            return RowScore.skipped(id, row.text("gate"), "refused: " + message);
        }
        return RowScore.refused(
                id,
                timed ? "time" : "bus bandwidth",
                row.number(timed ? "time_us" : "busbw_gbps"),
                timed ? "us" : "GB/s",
                row.text("gate"),
                message);
    }

    private RowScore scoreBandwidth(CsvRow row, String id) {
        if (row.isBlank("busbw_gbps")) {
            throw RowSkipped.missing("busbw_gbps");
        }
        double published = row.positive("busbw_gbps");
        Collective collective = collective(row);
        GroupShape group = group(row);
        double seconds = predict(row, collective, group, LARGE_BYTES).seconds();
        double predicted = collective.busFactor(group.ranks()) * LARGE_BYTES / seconds / GIGA;
        return RowScore.scored(id, "bus bandwidth", predicted, published, "GB/s", row.text("gate"));
    }

    /** As the row states it, or from one of the bandwidths that nccl-tests prints beside it. */
    private static double publishedMicros(CsvRow row, double bytes, double busFactor) {
        if (!row.isBlank("time_us")) {
            return row.positive("time_us");
        }
        if (bytes > 0 && !row.isBlank("busbw_gbps")) {
            return busFactor * bytes / GIGA / row.positive("busbw_gbps") / MICRO;
        }
        if (bytes > 0 && !row.isBlank("algbw_gbps")) {
            return bytes / GIGA / row.positive("algbw_gbps") / MICRO;
        }
        throw RowSkipped.missing("time_us");
    }

    private RowScore scoreTime(CsvRow row, String id) {
        if (row.isBlank("size_bytes")) {
            throw RowSkipped.missing("size_bytes");
        }
        double bytes = row.notNegative("size_bytes");
        Collective collective = collective(row);
        GroupShape group = group(row);
        double published = publishedMicros(row, bytes, collective.busFactor(group.ranks()));
        double seconds = predict(row, collective, group, bytes).seconds();
        double predicted = RowHost.of(row).seconds(seconds, group.ranks()) / MICRO;
        Optional<RowTolerance> stated = RowTolerance.of(row.text("gate"));
        RowScore score = RowScore.scored(
                        id, ChoiceType.word(collective) + " time", predicted, published, "us", gate(row, bytes))
                .inBand(stated.isPresent() ? CHART_BAND : bytes < GATED_BYTES ? SMALL_BAND : LARGE_BAND);
        double bus = collective.busFactor(group.ranks()) * bytes / MICRO / GIGA;
        return stated.map(tolerance -> score.judged(
                        tolerance.allows(score.errorPercent().orElse(0), bus / predicted, bus / published),
                        String.format(
                                Locale.ROOT,
                                "held to the larger of %.0f %% and %.0f GB/s",
                                tolerance.percent(),
                                tolerance.gigabytesPerSecond())))
                .orElse(score);
    }

    private static String gate(CsvRow row, double bytes) {
        String gate = row.text("gate");
        return bytes < GATED_BYTES && gate.equalsIgnoreCase("yes") ? "no: below 1 MiB, shown only" : gate;
    }

    private CollectiveTime predict(CsvRow row, Collective collective, GroupShape stated, double bytes) {
        RowCluster.Machines machines = clusters.of(row, stated);
        ClusterSpec cluster = machines.cluster();
        if (RowOptions.reducesBetweenNodes(row)) {
            cluster = new ClusterSpec(
                    cluster.node(), cluster.nodes(), cluster.fabric().reducing());
        }
        return NcclModel.on(cluster, catalog, RowOptions.of(row)).time(collective, bytes, machines.group());
    }

    private static GroupShape group(CsvRow row) {
        if (row.isBlank("gpus") || row.isBlank("nodes")) {
            throw RowSkipped.missing(row.isBlank("gpus") ? "gpus" : "nodes");
        }
        int gpus = row.integer("gpus", 2, 1_000_000);
        int nodes = row.integer("nodes", 1, gpus);
        return new GroupShape(gpus, nodes, (gpus + nodes - 1) / nodes, gpus / nodes, 1);
    }

    /** By its name, however that parts its words; a reduction to one rank takes as long as a broadcast. */
    private static Collective collective(CsvRow row) {
        String words = letters(row.requiredText("collective"));
        for (Collective collective : Collective.values()) {
            if (words.equals(letters(collective.name()))) {
                return collective;
            }
        }
        if (words.equals("reduce")) {
            return Collective.BROADCAST;
        }
        throw RowSkipped.notBuilt("collective " + row.text("collective"));
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }
}
