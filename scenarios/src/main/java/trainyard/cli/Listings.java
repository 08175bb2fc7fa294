package trainyard.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultPresets;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.scenario.Scenario;
import trainyard.scenario.WorkloadKinds;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.section.preset.Presets;
import trainyard.scenario.section.scheduler.SchedulerPresets;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.metric.Metric;
import trainyard.sim.hardware.FabricSpec;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.NodeSpec;
import trainyard.sim.hardware.Precision;
import trainyard.sim.hardware.calibration.CalibrationProfile;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;

/** What {@code show} lists. */
final class Listings {

    private Listings() {}

    /** Models, software profiles, causes of faults and schedulers. */
    static Listing presets() {
        List<List<String>> rows = new ArrayList<>();
        Presets.models().forEach((word, model) -> rows.add(List.of("model", word, describe(model))));
        Presets.software().forEach((word, software) -> rows.add(List.of("software", word, describe(software))));
        FaultPresets.all().forEach((word, causes) -> rows.add(List.of("faults", word, describe(causes))));
        SchedulerPresets.all().forEach((word, preset) -> rows.add(List.of("scheduler", word, preset.doc())));
        return new Listing(List.of("kind", "name", "what"), rows);
    }

    private static String describe(List<FaultCause> causes) {
        String counted = causes.size() == 1 ? "1 cause" : causes.size() + " causes";
        return counted + ", " + causes.get(0).provenance().source();
    }

    /** Nodes, GPUs and fabrics with their sources. */
    static Listing hardware() {
        List<List<String>> rows = new ArrayList<>();
        Presets.nodes()
                .forEach((word, node) -> rows.add(
                        List.of("node", word, describe(node), node.provenance().source())));
        Presets.gpus()
                .forEach((word, gpu) -> rows.add(
                        List.of("gpu", word, describe(gpu), gpu.provenance().source())));
        Presets.fabrics()
                .forEach((word, fabric) -> rows.add(List.of(
                        "fabric", word, describe(fabric), fabric.provenance().source())));
        for (String name : CalibrationProfile.shippedNames()) {
            CalibrationProfile profile = CalibrationProfile.shipped(name).orElseThrow();
            rows.add(
                    List.of("profile", name, describe(profile), profile.origin().method()));
        }
        return new Listing(List.of("kind", "name", "what", "source"), rows);
    }

    private static String describe(CalibrationProfile profile) {
        return "measured machine, for sgd.machine and gpu.calibration, "
                + profile.machine().cores() + " cores"
                + (profile.machine().gpu().isEmpty()
                        ? ""
                        : ", " + profile.machine().gpu());
    }

    static Listing metrics() {
        List<List<String>> rows = new ArrayList<>();
        for (WorkloadKind kind : WorkloadKinds.all()) {
            String name = kind.section().key();
            kind.metrics().forEach(metric -> rows.add(row(name, metric)));
            kind.series().forEach(metric -> rows.add(row(name + " over time", metric)));
            kind.samples().forEach(metric -> rows.add(row(name + ", many in one run", metric)));
        }
        return new Listing(List.of("of", "name", "unit", "what"), rows);
    }

    private static List<String> row(String workload, Metric metric) {
        return List.of(workload, metric.name(), metric.unit(), metric.doc());
    }

    /** The gallery: one question per scenario file. */
    static Listing questions(Path gallery) {
        if (!Files.isDirectory(gallery)) {
            throw new ScenarioException(
                    Problem.of(Problem.Kind.FILE, "no gallery at " + gallery, "run it from the project's folder"));
        }
        List<List<String>> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(gallery)) {
            files.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(file -> {
                Scenario scenario = Scenario.read(file, List.of());
                rows.add(List.of(String.valueOf(file.getFileName()), scenario.question()));
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new Listing(List.of("file", "question"), rows);
    }

    /** Every preset of a name, whatever its kind; else what a driver, cloud or paper calls so. */
    static Listing preset(String name) {
        List<List<String>> all = new ArrayList<>();
        presets().rows().forEach(all::add);
        hardware().rows().forEach(row -> all.add(row));
        List<List<String>> found = named(all, List.of(name));
        if (found.isEmpty()) {
            found = named(all, Presets.wordsOf(name));
        }
        if (found.isEmpty()) {
            List<String> names = all.stream().map(row -> row.get(1)).toList();
            throw new ScenarioException(
                    Problem.of(Problem.Kind.PRESET, "no preset '" + name + "'", Nearest.hint(name, names)));
        }
        List<List<String>> rows = new ArrayList<>();
        for (List<String> row : found) {
            rows.add(List.of("kind", row.get(0)));
            rows.add(List.of("name", row.get(1)));
            for (String part : row.get(2).split(", ")) {
                rows.add(List.of("", part));
            }
            if (row.size() > 3) {
                rows.add(List.of("source", row.get(3)));
            }
            if (row.get(0).equals("scheduler")) {
                SchedulerPresets.all()
                        .get(name)
                        .values()
                        .forEach((key, value) -> rows.add(
                                List.of(key, value.text() + " (" + value.source() + ", " + value.asOf() + ")")));
            }
        }
        return new Listing(List.of("", ""), rows);
    }

    private static List<List<String>> named(List<List<String>> rows, List<String> names) {
        return rows.stream().filter(row -> names.contains(row.get(1))).toList();
    }

    private static String describe(Model model) {
        String size = millions(model.parameters()) + " parameters";
        if (model.activeParameters() < model.parameters()) {
            size += ", " + millions(model.activeParameters()) + " active";
        }
        long blocks = model.layers().stream()
                .filter(layer -> layer.role() == LayerRole.BLOCK)
                .count();
        String shape = size + ", " + blocks + " layers";
        return model instanceof TransformerModel transformer ? shape + ", " + describe(transformer) : shape;
    }

    private static String millions(double parameters) {
        boolean large = parameters >= 1e9;
        return String.format(Locale.ROOT, large ? "%.1f G" : "%.1f M", parameters / (large ? 1e9 : 1e6));
    }

    private static String describe(TransformerModel model) {
        Block block = model.lastBlock();
        String mlp = block.mlp() instanceof DenseMlp x ? "ffn " + x.ffn() : model.experts() + " experts";
        String heads = block.attention().heads() + " heads";
        if (block.attention() instanceof GroupedQueryAttention x) {
            heads += ", " + x.kvHeads() + " kv-heads";
        }
        return "hidden " + model.hidden() + ", " + mlp + ", " + heads + ", vocabulary "
                + model.vocabulary().rows();
    }

    private static String describe(SoftwareProfile software) {
        return software.provenance().source();
    }

    private static String describe(NodeSpec node) {
        return node.gpus() + " x " + Presets.word(node.gpu().name()) + ", "
                + ChoiceType.word(node.scaleUp()) + ", " + node.nics() + " x "
                + Units.format(node.nicBytesPerSecond(), Dimension.DATA_RATE);
    }

    private static String describe(GpuSpec gpu) {
        Map<Precision, Double> peaks = gpu.peakFlopsPerSecond();
        String peak = peaks.containsKey(Precision.FP16)
                ? Units.format(peaks.get(Precision.FP16), Dimension.COMPUTE_RATE) + " fp16, "
                : "";
        return peak + Units.format(gpu.memoryBytes(), Dimension.DATA) + ", "
                + Units.format(gpu.memoryBytesPerSecond(), Dimension.DATA_RATE) + " memory, "
                + Units.format(gpu.scaleUpBytesPerSecond(), Dimension.DATA_RATE) + " scale-up";
    }

    private static String describe(FabricSpec fabric) {
        return Units.format(fabric.portBytesPerSecond(), Dimension.DATA_RATE) + " ports, "
                + Units.format(fabric.latencySeconds(), Dimension.DURATION) + " latency, "
                + Units.format(fabric.achievedFraction(), Dimension.FRACTION) + " of the port rate";
    }
}
