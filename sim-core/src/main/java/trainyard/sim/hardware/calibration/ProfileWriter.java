package trainyard.sim.hardware.calibration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Writes a profile with the keys that {@link ProfileReader} reads. */
final class ProfileWriter {

    private ProfileWriter() {}

    static String write(CalibrationProfile profile) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("schema", CalibrationProfile.SCHEMA);
        root.put("id", profile.id());
        root.put("provenance", origin(profile.origin()));
        root.put("machine", machine(profile.machine()));
        profile.launch().ifPresent(launch -> root.put("launch", map("gap_s", launch.gapSeconds())));
        root.put(
                "compute",
                profile.compute().stream().map(ProfileWriter::compute).toList());
        root.put("memory", profile.memory().stream().map(ProfileWriter::memory).toList());
        root.put("links", profile.links().stream().map(ProfileWriter::link).toList());
        root.put(
                "storage",
                profile.storage().stream().map(ProfileWriter::storage).toList());
        root.put(
                "job_families",
                profile.families().stream().map(ProfileWriter::family).toList());
        root.put(
                "concurrency",
                profile.concurrency().stream().map(ProfileWriter::concurrency).toList());
        root.put("jobs", profile.jobs().stream().map(ProfileWriter::job).toList());
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setDereferenceAliases(true)
                .build();
        return new Dump(settings).dumpToString(root);
    }

    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static Map<String, Object> origin(ProfileOrigin origin) {
        return map(
                "kind", origin.kind().name().toLowerCase(Locale.ROOT),
                "tool", origin.tool(),
                "git", origin.revision(),
                "date", origin.date(),
                "method", origin.method(),
                "samples", origin.samples(),
                "samples_sha256", origin.samplesSha256());
    }

    private static Map<String, Object> machine(Machine machine) {
        Map<String, Object> map = map(
                "gpu", machine.gpu(),
                "sms", machine.sms(),
                "memory_bytes", machine.memoryBytes(),
                "cores", machine.cores());
        map.putAll(machine.software());
        return map;
    }

    private static Map<String, Object> compute(ComputeFit fit) {
        ShapeRange valid = fit.valid();
        return withFit(
                fit.fit(),
                map(
                        "op", fit.op(),
                        "dtype", fit.precision().name().toLowerCase(Locale.ROOT),
                        "model", "roofline-eff",
                        "peak_flops_per_s", fit.peakFlopsPerSecond(),
                        "half_k", fit.halfK(),
                        "half_tile", fit.halfTile(),
                        "launch_s", fit.launchSeconds(),
                        "valid",
                                map(
                                        "m", List.of(valid.leastM(), valid.mostM()),
                                        "n", List.of(valid.leastN(), valid.mostN()),
                                        "k", List.of(valid.leastK(), valid.mostK())),
                        "points",
                                fit.points().stream()
                                        .map(point -> map(
                                                "m",
                                                point.m(),
                                                "n",
                                                point.n(),
                                                "k",
                                                point.k(),
                                                "seconds",
                                                point.seconds()))
                                        .toList()));
    }

    private static Map<String, Object> memory(MemoryFit fit) {
        Map<String, Object> map = map("op", fit.op());
        fit.bytesPerParameter().ifPresent(bytes -> map.put("bytes_per_param", bytes));
        map.put("bandwidth_bytes_per_s", fit.bytesPerSecond());
        map.put("launch_s", fit.launchSeconds());
        return withFit(fit.fit(), withBytes(fit.bytes(), map));
    }

    private static Map<String, Object> link(LinkFit fit) {
        Map<String, Object> map = map(
                "name", fit.name(),
                "alpha_s", fit.alphaSeconds(),
                "beta_s_per_byte", fit.betaSecondsPerByte(),
                "pieces",
                        fit.pieces().stream()
                                .map(piece -> map(
                                        "upto_bytes", piece.upToBytes(),
                                        "alpha_s", piece.alphaSeconds(),
                                        "beta_s_per_byte", piece.betaSecondsPerByte()))
                                .toList());
        return withFit(fit.fit(), withBytes(fit.bytes(), map));
    }

    private static Map<String, Object> storage(StorageFit fit) {
        return withBytes(
                fit.bytes(),
                map(
                        "name", fit.name(),
                        "write_bytes_per_s", fit.writeBytesPerSecond(),
                        "read_bytes_per_s", fit.readBytesPerSecond(),
                        "cached", fit.cached(),
                        "fsync", fit.fsync()));
    }

    private static Map<String, Object> withBytes(Optional<FitQuality.Interval> bytes, Map<String, Object> map) {
        bytes.ifPresent(range -> map.put("valid", map("bytes", List.of(range.low(), range.high()))));
        return map;
    }

    private static Map<String, Object> family(JobFamilyFit fit) {
        return withFit(
                fit.fit(),
                map(
                        "family",
                        fit.family(),
                        "dtype",
                        fit.precision().name().toLowerCase(Locale.ROOT),
                        "coefficients",
                        coefficients(fit.seconds()),
                        "valid",
                        amounts(fit.valid())));
    }

    private static Map<String, Object> amounts(Map<JobTerm, FitQuality.Interval> valid) {
        Map<String, Object> ranges = new LinkedHashMap<>();
        valid.forEach((term, range) -> ranges.put(amounts(term), List.of(range.low(), range.high())));
        return ranges;
    }

    private static Map<String, Object> coefficients(Map<JobTerm, Double> seconds) {
        Map<String, Object> coefficients = new LinkedHashMap<>();
        seconds.forEach((term, value) -> coefficients.put(term.key(), value));
        return coefficients;
    }

    private static Map<String, Object> concurrency(ConcurrencyFit fit) {
        return map(
                "family", fit.family(),
                "processes", fit.processes(),
                "coefficients", coefficients(fit.seconds()),
                "valid", amounts(fit.valid()),
                "cv", fit.cv(),
                "jobs", fit.jobs(),
                "n", fit.samples());
    }

    /** The key of the amounts of a term, such as {@code flops}. */
    static String amounts(JobTerm term) {
        return term.name().toLowerCase(Locale.ROOT) + "s";
    }

    private static Map<String, Object> job(JobCheck job) {
        return map(
                "job", job.job(),
                "trace", job.trace(),
                "measured_s",
                        map(
                                "min", job.minSeconds(),
                                "p50", job.medianSeconds(),
                                "p95", job.p95Seconds(),
                                "n", job.repetitions()),
                "predicted_s", job.predictedSeconds(),
                "ape_pct", job.errorPercent());
    }

    private static Map<String, Object> withFit(Optional<FitQuality> fit, Map<String, Object> map) {
        fit.ifPresent(quality -> map.put(
                "fit",
                map(
                        "n", quality.samples(),
                        "held_out", quality.heldOut(),
                        "mape_pct", quality.meanPercent(),
                        "median_ape_pct", quality.medianPercent(),
                        "p90_ape_pct", quality.p90Percent(),
                        "max_ape_pct", quality.maxPercent(),
                        "loss", quality.loss(),
                        "ci95", intervals(quality))));
        return map;
    }

    private static Map<String, Object> intervals(FitQuality quality) {
        Map<String, Object> map = new LinkedHashMap<>();
        quality.ci95().forEach((key, interval) -> map.put(key, List.of(interval.low(), interval.high())));
        return map;
    }
}
