package trainyard.scenario.section.preset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.scenario.format.ChoiceType.OtherNames;
import trainyard.sim.hardware.FabricSpec;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.NodeSpec;

/**
 * Named parts by the word that a scenario uses: the catalogue's name in lower case with hyphens, so {@code DGX A100}
 * is {@code dgx-a100}.
 */
public final class Presets {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();

    /** Nodes that are named of those with a GPU. */
    private static final int MOST_NODES = 4;

    private Presets() {}

    public static Map<String, GpuSpec> gpus() {
        return byWord(CATALOG.gpus(), GpuSpec::name);
    }

    public static Map<String, NodeSpec> nodes() {
        return byWord(CATALOG.nodes(), NodeSpec::name);
    }

    public static Map<String, FabricSpec> fabrics() {
        return byWord(CATALOG.fabrics(), FabricSpec::name);
    }

    /** Other names of GPUs: those of drivers, clouds and papers. */
    public static OtherNames<GpuSpec> otherGpus() {
        return others(CATALOG.gpuAliases(), CATALOG::findGpu);
    }

    /** Other names of nodes, such as the instance types of clouds. */
    public static OtherNames<NodeSpec> otherNodes() {
        return others(CATALOG.nodeAliases(), CATALOG::findNode);
    }

    /** What to write instead of the name of a GPU where a node is asked for; empty where nodes have names that begin with it. */
    public static Optional<String> nodesOfGpu(String name) {
        if (nodes().keySet().stream().anyMatch(node -> node.startsWith(word(name)))) {
            return Optional.empty();
        }
        return CATALOG.findGpu(name)
                .or(() -> Optional.ofNullable(gpus().get(name)))
                .map(gpu -> {
                    List<String> with = nodes().entrySet().stream()
                            .filter(node -> node.getValue().gpu().name().equals(gpu.name()))
                            .map(Map.Entry::getKey)
                            .limit(MOST_NODES)
                            .toList();
                    return "it is a GPU; "
                            + (with.isEmpty()
                                    ? "no node has it: write gpu: {preset: " + word(gpu.name()) + "} beside preset"
                                    : "nodes with it: " + String.join(", ", with));
                });
    }

    /** The node of a word or another name. */
    public static Optional<NodeSpec> node(String name) {
        return Optional.ofNullable(nodes().get(name)).or(() -> CATALOG.findNode(name));
    }

    /** Other names of fabrics. */
    public static OtherNames<FabricSpec> otherFabrics() {
        return others(CATALOG.fabricAliases(), CATALOG::findFabric);
    }

    /** The words of the nodes, GPUs and fabrics that a name of a driver, cloud or paper stands for. */
    public static List<String> wordsOf(String name) {
        return Stream.of(
                        CATALOG.findNode(name).map(NodeSpec::name),
                        CATALOG.findGpu(name).map(GpuSpec::name),
                        CATALOG.findFabric(name).map(FabricSpec::name))
                .flatMap(Optional::stream)
                .map(Presets::word)
                .distinct()
                .toList();
    }

    public static Map<String, Model> models() {
        return byWord(ModelPresets.all(), Model::name);
    }

    public static Map<String, SoftwareProfile> software() {
        return byWord(SoftwareProfiles.all(), SoftwareProfile::name);
    }

    public static Map<String, PrecisionRecipe> precisions() {
        return byWord(PrecisionRecipe.ALL, PrecisionRecipe::name);
    }

    /** The word for a catalogue name. */
    public static String word(String name) {
        String word = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
        return word.replaceAll("^-|-$", "");
    }

    private static <T> OtherNames<T> others(List<String> aliases, Function<String, Optional<T>> find) {
        return new OtherNames<>(aliases.stream().map(Presets::word).distinct().toList(), find);
    }

    private static <T> Map<String, T> byWord(List<T> parts, Function<T, String> name) {
        Map<String, T> words = new LinkedHashMap<>();
        parts.forEach(part -> words.putIfAbsent(word(name.apply(part)), part));
        return words;
    }
}
