package trainyard.sim.hardware.calibration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.sim.hardware.Precision;
import trainyard.sim.hardware.Provenance;

/** Reads a profile: which keys there are and what range each value may have. */
final class ProfileReader {

    /** More than any machine does for decades: rates up to 1e18 per second, times up to a day. */
    private static final double MOST_RATE = 1e18;

    private static final double MOST_SECONDS = 86_400;
    private static final double MOST_SIZE = 1e9;
    private static final double LEAST_RATE = 1;
    private static final int MOST_PROCESSES = 100_000;
    private static final int MOST_COUNT = 1_000_000_000;
    private static final long MOST_FILE_BYTES = 1 << 20;

    private ProfileReader() {}

    static CalibrationProfile read(Path file) {
        try {
            if (Files.size(file) > MOST_FILE_BYTES) {
                throw new CalibrationException(file + ": larger than 1 MiB; a profile has a few KiB");
            }
            return read(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new CalibrationException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new CalibrationException(file + ": cannot be read as UTF-8 text: " + e.getMessage(), e);
        }
    }

    /**
     * @param name for messages
     */
    static CalibrationProfile read(String name, String text) {
        return profile(new ProfileNode(name, ProfileYaml.parse(name, text)));
    }

    private static CalibrationProfile profile(ProfileNode root) {
        root.allow(
                "schema",
                "id",
                "provenance",
                "machine",
                "launch",
                "compute",
                "memory",
                "links",
                "storage",
                "job_families",
                "concurrency",
                "jobs");
        if (!root.text("schema").equals(CalibrationProfile.SCHEMA)) {
            throw root.problem(
                    "schema", "must be " + CalibrationProfile.SCHEMA + ", got \"" + root.text("schema") + "\"");
        }
        return new CalibrationProfile(
                root.text("id"),
                origin(root.map("provenance")),
                machine(root.map("machine")),
                root.optionalMap("launch").map(ProfileReader::launch),
                root.maps("compute").stream().map(ProfileReader::compute).toList(),
                root.maps("memory").stream().map(ProfileReader::memory).toList(),
                root.maps("links").stream().map(ProfileReader::link).toList(),
                root.maps("storage").stream().map(ProfileReader::storage).toList(),
                root.maps("job_families").stream().map(ProfileReader::family).toList(),
                root.maps("concurrency").stream()
                        .map(ProfileReader::concurrency)
                        .toList(),
                root.maps("jobs").stream().map(ProfileReader::job).toList());
    }

    private static ProfileOrigin origin(ProfileNode node) {
        node.allow("kind", "tool", "git", "date", "method", "samples", "samples_sha256");
        List<String> kinds = List.of("measured", "published", "assumed");
        String kind = node.text("kind");
        if (!kinds.contains(kind)) {
            throw node.problem("kind", "must be one of " + String.join(", ", kinds) + ", got \"" + kind + "\"");
        }
        if (!node.text("date").matches("\\d{4}-\\d{2}-\\d{2}")) {
            throw node.problem("date", "must be a day such as 2026-11-22, got \"" + node.text("date") + "\"");
        }
        String sha256 = node.optionalText("samples_sha256");
        if (!sha256.isEmpty() && !sha256.matches("[0-9a-f]{64}")) {
            throw node.problem("samples_sha256", "must be 64 hexadecimal digits");
        }
        return new ProfileOrigin(
                Provenance.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                node.optionalText("tool"),
                node.optionalText("git"),
                node.text("date"),
                node.optionalText("method"),
                node.optionalText("samples"),
                sha256);
    }

    private static Machine machine(ProfileNode node) {
        return new Machine(
                node.optionalText("gpu"),
                node.has("sms") ? node.integer("sms", 0, 100_000) : 0,
                node.has("memory_bytes") ? node.number("memory_bytes", 0, MOST_RATE) : 0,
                node.has("cores") ? node.integer("cores", 0, 100_000) : 0,
                node.others("gpu", "sms", "memory_bytes", "cores"));
    }

    private static LaunchFit launch(ProfileNode node) {
        node.allow("gap_s");
        return new LaunchFit(node.number("gap_s", 0, MOST_SECONDS));
    }

    private static ComputeFit compute(ProfileNode node) {
        node.allow(
                "op",
                "dtype",
                "model",
                "peak_flops_per_s",
                "half_k",
                "half_tile",
                "launch_s",
                "valid",
                "points",
                "fit");
        if (!node.text("model").equals("roofline-eff")) {
            throw node.problem("model", "must be roofline-eff, got \"" + node.text("model") + "\"");
        }
        ProfileNode valid = node.map("valid").allow("m", "n", "k");
        double[] m = valid.range("m", 1, MOST_SIZE);
        double[] n = valid.range("n", 1, MOST_SIZE);
        double[] k = valid.range("k", 1, MOST_SIZE);
        return new ComputeFit(
                node.text("op"),
                precision(node),
                node.number("peak_flops_per_s", LEAST_RATE, MOST_RATE),
                node.number("half_k", 0, MOST_SIZE),
                node.number("half_tile", 0, MOST_SIZE),
                node.number("launch_s", 0, MOST_SECONDS),
                new ShapeRange(m[0], m[1], n[0], n[1], k[0], k[1]),
                node.maps("points").stream().map(ProfileReader::point).toList(),
                fit(node));
    }

    private static GemmPoint point(ProfileNode node) {
        node.allow("m", "n", "k", "seconds");
        return new GemmPoint(
                node.number("m", 1, MOST_SIZE),
                node.number("n", 1, MOST_SIZE),
                node.number("k", 1, MOST_SIZE),
                node.number("seconds", 1 / MOST_RATE, MOST_SECONDS));
    }

    private static Precision precision(ProfileNode node) {
        String text = node.text("dtype").toUpperCase(Locale.ROOT);
        return Arrays.stream(Precision.values())
                .filter(precision -> precision.name().equals(text))
                .findFirst()
                .orElseThrow(() -> node.problem(
                        "dtype",
                        "must be one of fp32, tf32, fp16, bf16, fp8, fp4, got \"" + node.text("dtype") + "\""));
    }

    private static MemoryFit memory(ProfileNode node) {
        node.allow("op", "bytes_per_param", "bandwidth_bytes_per_s", "launch_s", "valid", "fit");
        return new MemoryFit(
                node.text("op"),
                node.has("bytes_per_param")
                        ? OptionalDouble.of(node.number("bytes_per_param", 0, 1000))
                        : OptionalDouble.empty(),
                node.number("bandwidth_bytes_per_s", LEAST_RATE, MOST_RATE),
                node.number("launch_s", 0, MOST_SECONDS),
                bytes(node),
                fit(node));
    }

    /** The least and the most bytes that were measured, which older profiles do not state. */
    private static Optional<FitQuality.Interval> bytes(ProfileNode node) {
        return node.optionalMap("valid").map(valid -> {
            double[] range = valid.allow("bytes").range("bytes", 0, MOST_RATE);
            return new FitQuality.Interval(range[0], range[1]);
        });
    }

    private static LinkFit link(ProfileNode node) {
        node.allow("name", "alpha_s", "beta_s_per_byte", "pieces", "valid", "fit");
        double largest = 0;
        for (ProfileNode piece : node.maps("pieces")) {
            piece.allow("upto_bytes", "alpha_s", "beta_s_per_byte");
            if (piece.number("upto_bytes", 1, MOST_RATE) <= largest) {
                throw piece.problem("upto_bytes", "pieces must be ascending");
            }
            largest = piece.number("upto_bytes", 1, MOST_RATE);
        }
        return new LinkFit(
                node.text("name"),
                node.number("alpha_s", 0, MOST_SECONDS),
                node.number("beta_s_per_byte", 0, 1),
                node.maps("pieces").stream().map(ProfileReader::piece).toList(),
                bytes(node),
                fit(node));
    }

    private static LinkFit.Piece piece(ProfileNode node) {
        return new LinkFit.Piece(
                node.number("upto_bytes", 1, MOST_RATE),
                node.number("alpha_s", 0, MOST_SECONDS),
                node.number("beta_s_per_byte", 0, 1));
    }

    private static StorageFit storage(ProfileNode node) {
        node.allow("name", "write_bytes_per_s", "read_bytes_per_s", "cached", "fsync", "valid");
        return new StorageFit(
                node.text("name"),
                node.number("write_bytes_per_s", LEAST_RATE, MOST_RATE),
                node.number("read_bytes_per_s", LEAST_RATE, MOST_RATE),
                node.flag("cached"),
                node.flag("fsync"),
                bytes(node));
    }

    private static JobFamilyFit family(ProfileNode node) {
        node.allow("family", "dtype", "coefficients", "valid", "fit");
        return new JobFamilyFit(node.text("family"), precision(node), coefficients(node), amounts(node), fit(node));
    }

    /** Smallest and largest amount of each term that the node states. */
    private static Map<JobTerm, FitQuality.Interval> amounts(ProfileNode node) {
        Map<JobTerm, FitQuality.Interval> valid = new EnumMap<>(JobTerm.class);
        Optional<ProfileNode> ranges = node.optionalMap("valid");
        for (JobTerm term : JobTerm.values()) {
            String amounts = ProfileWriter.amounts(term);
            ranges.filter(map -> map.has(amounts)).ifPresent(map -> {
                double[] range = map.range(amounts, 0, MOST_RATE);
                valid.put(term, new FitQuality.Interval(range[0], range[1]));
            });
        }
        ranges.ifPresent(map -> map.allow(
                Arrays.stream(JobTerm.values()).map(ProfileWriter::amounts).toArray(String[]::new)));
        return valid;
    }

    private static Map<JobTerm, Double> coefficients(ProfileNode node) {
        String[] keys = Arrays.stream(JobTerm.values()).map(JobTerm::key).toArray(String[]::new);
        ProfileNode coefficients = node.map("coefficients").allow(keys);
        Map<JobTerm, Double> seconds = new EnumMap<>(JobTerm.class);
        for (JobTerm term : JobTerm.values()) {
            if (coefficients.has(term.key())) {
                seconds.put(term, coefficients.number(term.key(), 0, MOST_SECONDS));
            }
        }
        return seconds;
    }

    private static ConcurrencyFit concurrency(ProfileNode node) {
        node.allow("family", "processes", "coefficients", "valid", "cv", "jobs", "n");
        return new ConcurrencyFit(
                node.text("family"),
                node.integer("processes", 2, MOST_PROCESSES),
                coefficients(node),
                amounts(node),
                node.number("cv", 0, MOST_RATE),
                node.integer("jobs", 1, MOST_COUNT),
                node.integer("n", 1, MOST_COUNT));
    }

    private static JobCheck job(ProfileNode node) {
        node.allow("job", "trace", "measured_s", "predicted_s", "ape_pct");
        ProfileNode measured = node.map("measured_s").allow("min", "p50", "p95", "n");
        return new JobCheck(
                node.text("job"),
                node.optionalText("trace"),
                measured.number("min", 0, MOST_SECONDS),
                measured.number("p50", 0, MOST_SECONDS),
                measured.number("p95", 0, MOST_SECONDS),
                measured.integer("n", 1, 1_000_000_000),
                node.number("predicted_s", 0, MOST_SECONDS),
                node.number("ape_pct", 0, MOST_RATE));
    }

    private static Optional<FitQuality> fit(ProfileNode node) {
        return node.optionalMap("fit").map(fit -> {
            fit.allow("n", "held_out", "mape_pct", "median_ape_pct", "p90_ape_pct", "max_ape_pct", "loss", "ci95");
            return new FitQuality(
                    fit.integer("n", 0, 1_000_000_000),
                    fit.integer("held_out", 0, 1_000_000_000),
                    fit.number("mape_pct", 0, MOST_RATE),
                    fit.number("median_ape_pct", 0, MOST_RATE),
                    fit.number("p90_ape_pct", 0, MOST_RATE),
                    fit.number("max_ape_pct", 0, MOST_RATE),
                    fit.optionalText("loss"),
                    intervals(fit));
        });
    }

    private static Map<String, FitQuality.Interval> intervals(ProfileNode fit) {
        Map<String, FitQuality.Interval> intervals = new LinkedHashMap<>();
        fit.optionalMap("ci95")
                .ifPresent(ci95 -> ci95.keys().forEach(key -> {
                    double[] range = ci95.range(key, -MOST_RATE, MOST_RATE);
                    intervals.put(key, new FitQuality.Interval(range[0], range[1]));
                }));
        return intervals;
    }
}
