package trainyard.scenario.importing.megatron;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/**
 * Flags that give stages unequal numbers of layers (Megatron-Core 0.14, arguments.py, transformer_block.py,
 * get_num_layers_to_build, and pipeline_parallel_layer_layout.py).
 */
final class StageFlags {

    static final String LAYOUT = "pipeline-model-parallel-layout";
    private static final String FIRST = "decoder-first-pipeline-num-layers";
    private static final String LAST = "decoder-last-pipeline-num-layers";
    private static final String EMBEDDING = "account-for-embedding-in-pipeline-split";
    private static final String LOSS = "account-for-loss-in-pipeline-split";

    static final Set<String> NAMES = Set.of(LAYOUT, FIRST, LAST, EMBEDDING, LOSS);

    private static final String PREDICTED = "mtp-num-layers";

    /** All parts in their order, the bars between chunks left out. */
    private static final Pattern PARTS = Pattern.compile("Et*m*L");

    private static final String CHUNKS = "job.parallel.layers-per-chunk";
    private static final String VIRTUAL = "job.parallel.virtual-stages";

    private final LaunchFlags flags;
    private final Draft draft;
    private final int stages;

    /**
     * @param flags flags of the command
     * @param draft has the degrees and the schedule already
     */
    StageFlags(LaunchFlags flags, Draft draft) {
        this.flags = flags;
        this.draft = draft;
        this.stages = count("job.parallel.pipeline", 1);
    }

    void put() {
        if (stages == 1) {
            ignore("counts with several stages only");
            return;
        }
        Optional<Found> layout = flags.value(LAYOUT);
        Optional<Found> end = flags.value(FIRST).or(() -> flags.value(LAST));
        Optional<Found> counted = flags.flag(EMBEDDING).or(() -> flags.flag(LOSS));
        requireOne(layout, end, counted);
        if (!flags.has("num-layers")) {
            ignore("no --num-layers is there to go by");
        } else if (layout.isPresent()) {
            layout(layout.get());
        } else if (end.isPresent()) {
            ends(end.get());
        } else {
            counted.ifPresent(this::counted);
        }
    }

    /** TransformerConfig takes a layout, the numbers of the ends, or the counting of embedding and loss, one of these. */
    private static void requireOne(Optional<Found> layout, Optional<Found> end, Optional<Found> counted) {
        List<Found> given =
                Stream.of(layout, end, counted).flatMap(Optional::stream).toList();
        if (given.size() > 1) {
            throw refusal(
                    given.get(1),
                    given.get(0).name() + " and " + given.get(1).name() + " both say how many layers the stages have",
                    "Megatron-LM would not start; leave one out");
        }
    }

    private int count(String path, int otherwise) {
        return draft.find(path).map(Integer::parseInt).orElse(otherwise);
    }

    private void ignore(String why) {
        NAMES.stream()
                .sorted()
                .flatMap(name -> flags.flag(name).stream())
                .forEach(found -> draft.log().note(Fate.IGNORED, found, why));
    }

    /** {@code E} is the embedding, {@code t} a layer, {@code m} a predicted token, {@code L} the loss, a bar ends a chunk. */
    private void layout(Found found) {
        String parts = expanded(found);
        if (!PARTS.matcher(parts.replace("|", "")).matches()) {
            throw refusal(
                    found,
                    "the layout is not E, then a t for each layer, an m for each predicted token, and L at last",
                    "Megatron-LM would not start; such as Et*3|(tt|)*29m|L, where a bar ends a chunk");
        }
        String[] chunks = parts.split("\\|", -1);
        if (chunks.length % stages != 0) {
            throw refusal(found, chunks.length + " chunks do not divide into " + stages + " stages");
        }
        int[] layers = Arrays.stream(chunks)
                .mapToInt(chunk -> (int)
                        chunk.chars().filter(part -> part == 't' || part == 'm').count())
                .toArray();
        long all = flags.count("num-layers", 1) + predicted();
        if (Arrays.stream(layers).sum() != all) {
            throw refusal(found, "the layout has " + Arrays.stream(layers).sum() + " layers, the model " + all);
        }
        int perStage = chunks.length / stages;
        if (perStage > 1) {
            draft.infer("job.parallel.schedule", "interleaved-1f1b", found, "several chunks on each rank");
            draft.infer(VIRTUAL, Integer.toString(perStage), found, chunks.length + " chunks / " + stages + " stages");
        }
        put(layers, found);
    }

    private static String expanded(Found found) {
        try {
            return RepeatedText.expand(found.text());
        } catch (IllegalArgumentException wrong) {
            throw refusal(found, wrong.getMessage());
        }
    }

    /** The first or the last stage has a number of its own, the others share what is left. */
    private void ends(Found found) {
        long all = flags.count("num-layers", 1);
        long first = flags.count(FIRST, -1);
        long last = flags.count(LAST, -1);
        long middle = all - Math.max(0, first) - Math.max(0, last);
        int others = stages - (first >= 0 ? 1 : 0) - (last >= 0 ? 1 : 0);
        if (middle < 0 || others > 0 && middle % others != 0 || others == 0 && middle != 0) {
            throw refusal(found, middle + " layers do not divide into the other " + others + " stages");
        }
        int chunks = count(VIRTUAL, 1);
        int[] layers = new int[stages * chunks];
        for (int chunk = 0; chunk < layers.length; chunk++) {
            int stage = chunk % stages;
            long ofStage = others == 0 ? 0 : middle / others;
            ofStage = stage == 0 && first >= 0 ? first : ofStage;
            ofStage = stage == stages - 1 && last >= 0 ? last : ofStage;
            if (ofStage % chunks != 0) {
                throw refusal(found, ofStage + " layers of a stage do not divide into its " + chunks + " chunks");
            }
            layers[chunk] = Math.toIntExact(ofStage / chunks);
        }
        layers[layers.length - 1] += predicted();
        put(layers, found);
    }

    /** Layers of the model, with embedding and loss where they count as a layer each. */
    static long countedLayers(LaunchFlags flags) {
        return flags.count("num-layers", 1) + (flags.has(EMBEDDING) ? 1 : 0) + (flags.has(LOSS) ? 1 : 0);
    }

    private void counted(Found found) {
        int embedding = flags.has(EMBEDDING) ? 1 : 0;
        int loss = flags.has(LOSS) ? 1 : 0;
        long all = countedLayers(flags);
        int chunks = stages * count(VIRTUAL, 1);
        if (all % chunks != 0) {
            throw refusal(found, all + " layers, embedding and loss counted, do not divide into " + chunks + " chunks");
        }
        int[] layers = new int[chunks];
        Arrays.fill(layers, Math.toIntExact(all / chunks));
        layers[0] -= embedding;
        layers[chunks - 1] += predicted() - loss;
        put(layers, found);
    }

    /** Layers that predict further tokens lie before the loss, unless a layout says otherwise. */
    private int predicted() {
        return Math.toIntExact(flags.count(PREDICTED, 0));
    }

    private void put(int[] layers, Found found) {
        String list = Arrays.stream(layers).mapToObj(Integer::toString).collect(Collectors.joining(", ", "[", "]"));
        draft.read(CHUNKS, list, found);
        for (String name : List.of(LAST, LOSS)) {
            flags.flag(name)
                    .filter(other -> !other.name().equals(found.name()))
                    .ifPresent(other -> draft.log().note(Fate.READ, other, "with " + found.name()));
        }
    }

    private static ScenarioException refusal(Found found, String what) {
        return refusal(found, what, "Megatron-LM would not start; change one of them");
    }

    private static ScenarioException refusal(Found found, String what, String fix) {
        return new ScenarioException(Problem.at(found.position(), Problem.Kind.PLAN, what, fix));
    }
}
