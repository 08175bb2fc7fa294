package trainyard.scenario.importing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** The keys of a model configuration; it remembers which were read, so that what nobody read can be reported. */
final class ModelConfig {

    private static final int LARGEST = 100_000_000;

    private static final String LAYER_TYPES = "layer_types";
    private static final String USE_WINDOW = "use_sliding_window";
    private static final String WINDOW = "sliding_attention";
    private static final String WHOLE = "full_attention";

    /** Keys that change neither shape nor cost of training: numerics, generation, tokens, loss, saved formats. */
    private static final Pattern IMMATERIAL = Pattern.compile(".*(token|_eps|epsilon|initializer|dropout|pdrop|drop$|"
            + "rope|rotary|theta|scale|scaling|scalar|softcap|cache|_coef|coeff|loss|logits|act$|_act_|_fn$|version|"
            + "dtype|_type$|pretraining_tp|max_position|max_sequence|n_ctx|summary|norm_topk|topk_method|scoring|aux|"
            + "relative_attention_max|return_|output_|chunk_size|gradient_checkpointing|fused|pruned|label|task|"
            + "length_penalty|max_length|min_length|no_repeat|num_beams|swiglu_limit|max_window_layers|ep_size|"
            + "attention_multiplier|initial_context|sliding_window_size|is_encoder_decoder|is_decoder|unk_index|reorder_and_upcast|slow_but_exact|"
            + "apply_residual|offset_alibi|_remove_final|seq_length|use_mambapy|direction|pooler|bos|eos|"
            + "softmax|skip_bias_add|is_llama_config|interpolate_factor|"
            + "architectures|auto_map|activation|attn_implementation|name|quantization|compression|generation|"
            + "transformers\\.js|init_std).*");

    /** Far above any model, so that a damaged file cannot ask for a list that fills the memory. */
    private static final int MOST_LAYERS = 100_000;

    private final Node.Mapping keys;
    private final Set<String> read = new HashSet<>();
    private final Map<String, String> assumed = new LinkedHashMap<>();
    private final List<ModelConfig> parts = new ArrayList<>();

    ModelConfig(Node.Mapping keys) {
        this.keys = keys;
    }

    /** Keys that were looked at, whether they are there or not. */
    Set<String> lookedAt() {
        return Set.copyOf(read);
    }

    /** Defaults that stand for keys that are left out, in the order of reading. */
    Map<String, String> assumed() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(assumed));
    }

    /** Takes note of what the library does where a key is left out. */
    void assume(String key, String value) {
        assumed.put(key, value);
    }

    private <T> T orAssumed(String key, Optional<T> value, T otherwise) {
        if (value.isEmpty()) {
            assume(key, otherwise.toString());
        }
        return value.orElse(otherwise);
    }

    /** Whether a key is stated to have no value, which is not the same as to leave it out. */
    private boolean isNull(String key) {
        return keys.find(key).isPresent() && find(key).isEmpty();
    }

    /** Marks a key as looked at whose value changes nothing here. */
    void look(String key) {
        read.add(key);
    }

    /** A size of at least 1. */
    int size(String key) {
        return find(key).map(value -> number(value, key, 1)).orElseThrow(() -> missing(key));
    }

    /** A number of layers. */
    int layers(String key) {
        int layers = size(key);
        if (layers > MOST_LAYERS) {
            throw fail(keys.find(key).orElse(keys), layers + " layers are more than " + MOST_LAYERS);
        }
        return layers;
    }

    /** A size of at least 1, or the library's default. */
    int size(String key, int otherwise) {
        return orAssumed(key, find(key).map(value -> number(value, key, 1)), otherwise);
    }

    /**
     * A size of at least 1.
     *
     * @param leftOut the library's default
     * @param ofNull what the library takes for {@code null}
     */
    int size(String key, int leftOut, int ofNull) {
        return isNull(key) ? ofNull : size(key, leftOut);
    }

    /** Whether the key is there with a value. */
    boolean has(String key) {
        return find(key).isPresent();
    }

    /** A count that may be 0, which is what {@code null} stands for; or the library's default. */
    int count(String key, int otherwise) {
        return isNull(key) ? 0 : orAssumed(key, find(key).map(value -> number(value, key, 0)), otherwise);
    }

    /**
     * Tokens of a window, 0 for none; {@code use_sliding_window} switches it off where it says false.
     *
     * @param otherwise the library's default
     */
    int window(int otherwise) {
        boolean off =
                find(USE_WINDOW).filter(value -> !truth(value, USE_WINDOW)).isPresent();
        if (off) {
            look("sliding_window");
            return 0;
        }
        return count("sliding_window", otherwise);
    }

    boolean flag(String key, boolean otherwise) {
        return orAssumed(key, find(key).map(value -> truth(value, key)), otherwise);
    }

    String text(String key, String otherwise) {
        return orAssumed(key, find(key).map(this::scalar).map(Node.Scalar::text), otherwise);
    }

    /** Whether a probability is given and above 0. */
    boolean isPositive(String key, boolean otherwise) {
        Optional<Boolean> stated = find(key).map(value -> !scalar(value).text().matches("0*\\.?0*"));
        if (stated.isEmpty()) {
            assume(key, otherwise ? "above 0" : "0");
        }
        return stated.orElse(otherwise);
    }

    /** The layers that a list names, which count from 0; none where it is left out. */
    Set<Integer> layersOf(String key) {
        return new HashSet<>(numbers(key));
    }

    /**
     * A list with a number for every layer; empty where it is left out or empty.
     *
     * @param layers layers of the model
     */
    List<Integer> numbers(String key, int layers) {
        List<Integer> numbers = numbers(key);
        if (!numbers.isEmpty() && numbers.size() != layers) {
            throw fail(
                    keys.find(key).orElse(keys),
                    "'" + key + "' has " + numbers.size() + " layers, the model " + layers);
        }
        return numbers;
    }

    /**
     * A number for every layer, where the file may have one for all.
     *
     * @param layers layers of the model
     * @param otherwise the library's default
     */
    List<Integer> oneOrEach(String key, int layers, int otherwise) {
        boolean each = find(key).filter(Node.Sequence.class::isInstance).isPresent();
        return each ? numbers(key, layers) : Collections.nCopies(layers, size(key, otherwise));
    }

    /** Refuses a list with any number but one. */
    void requireOnly(String key, int only) {
        find(key).map(value -> items(value, key)).orElse(List.of()).forEach(item -> {
            if (number(item, key, 0) != only) {
                throw fail(item, "only layers of '" + key + "' " + only + " are understood");
            }
        });
    }

    /** A layer that is counted from the end where it is negative; the last where the key is left out. */
    int indexFromEnd(String key, int layers) {
        boolean negative = find(key)
                .map(value -> scalar(value).text())
                .filter(text -> text.matches("-[0-9]{1,9}"))
                .isPresent();
        if (negative) {
            return layers + Integer.parseInt(scalar(find(key).get()).text());
        }
        return has(key) ? count(key, 0) : layers - 1;
    }

    private List<Integer> numbers(String key) {
        return find(key).map(value -> items(value, key)).orElse(List.of()).stream()
                .map(item -> number(item, key, 0))
                .toList();
    }

    /**
     * Which layers see a window, by {@code layer_types}; empty where it is left out.
     *
     * @param layers layers of the model, each of which the list names
     */
    List<Boolean> windowed(int layers) {
        return windowed(layers, WINDOW);
    }

    /**
     * The same, of layers that go by another word.
     *
     * @param limited what the library calls layers that do not see all tokens
     */
    List<Boolean> windowed(int layers, String limited) {
        List<Boolean> windowed = new ArrayList<>();
        Optional<Node> list = find(LAYER_TYPES);
        for (Node item : list.map(value -> items(value, LAYER_TYPES)).orElse(List.of())) {
            String type = scalar(item).text();
            if (!type.equals(limited) && !type.equals(WHOLE)) {
                throw new ScenarioException(Problem.at(
                        item.position(),
                        Problem.Kind.VALUE,
                        "layers of type '" + type + "' are not understood",
                        Nearest.hint(type, List.of(limited, WHOLE)),
                        "known: " + WHOLE + " " + limited));
            }
            windowed.add(type.equals(limited));
        }
        if (!windowed.isEmpty() && windowed.size() != layers) {
            throw fail(list.get(), "'" + LAYER_TYPES + "' has " + windowed.size() + " layers, the model " + layers);
        }
        return windowed;
    }

    private static List<Node> items(Node value, String key) {
        if (value instanceof Node.Sequence list) {
            return list.items();
        }
        throw fail(value, "'" + key + "' is a list, this is " + value.kind());
    }

    /** Refuses any value but one, where others would need a model that is not there. */
    void require(String key, int only) {
        find(key).ifPresent(value -> {
            String text = scalar(value).text();
            if (!text.matches(only + "(\\.0*)?")) {
                throw fail(value, "only '" + key + "': " + only + " is understood");
            }
        });
    }

    /** Refuses a switch that is on, where that would need a model that is not there. */
    void requireOff(String key) {
        find(key).filter(value -> truth(value, key)).ifPresent(value -> {
            throw fail(value, "'" + key + "' is understood for this kind of model only where it is false");
        });
    }

    /** The table of a key, whose keys are looked at like others; empty where it is left out. */
    ModelConfig part(String key) {
        Node value = find(key).orElseGet(() -> new Node.Mapping(Map.of(), keys.position()));
        if (!(value instanceof Node.Mapping inner)) {
            throw fail(value, "'" + key + "' is a mapping, this is " + value.kind());
        }
        ModelConfig part = new ModelConfig(inner);
        parts.add(part);
        return part;
    }

    /**
     * Refuses keys that nobody read and that may matter: all but {@link #IMMATERIAL} ones that are neither 0, false nor empty.
     */
    void requireAllRead() {
        parts.forEach(ModelConfig::requireAllRead);
        keys.entries().forEach((key, entry) -> {
            if (!read.contains(key) && matters(key, entry.value())) {
                throw new ScenarioException(Problem.at(
                        entry.keyPosition(),
                        Problem.Kind.KEY,
                        "key '" + key + "' is not understood for this kind of model and may change it",
                        Nearest.hint(key, absent())));
            }
        });
    }

    /** Keys that count and are not there, of which one may be meant by another that is there. */
    private Set<String> absent() {
        Set<String> absent = new HashSet<>(read);
        absent.removeAll(keys.entries().keySet());
        return absent;
    }

    private static boolean matters(String key, Node value) {
        return !key.startsWith("_") && !IMMATERIAL.matcher(key).matches() && saysSomething(value);
    }

    private static boolean saysSomething(Node value) {
        if (value instanceof Node.Sequence list) {
            // Every layer sees all tokens, as where nothing is said of layers.
            return !list.items().stream()
                    .allMatch(item ->
                            item instanceof Node.Scalar scalar && scalar.text().equals(WHOLE));
        }
        if (value instanceof Node.Mapping mapping) {
            return !mapping.entries().isEmpty();
        }
        // Words name what a library or a tool goes by; shapes are numbers, switches, and lists or tables of them.
        return value instanceof Node.Scalar scalar
                && !scalar.isEmpty()
                && !scalar.quoted()
                && !scalar.text().equals("false")
                && !scalar.text().matches("-?0*\\.?0*");
    }

    private Optional<Node> find(String key) {
        read.add(key);
        return keys.find(key).filter(value -> !(value instanceof Node.Scalar scalar && scalar.isEmpty()));
    }

    private Node.Scalar scalar(Node value) {
        if (value instanceof Node.Scalar scalar) {
            return scalar;
        }
        throw fail(value, "a single value is needed here, this is " + value.kind());
    }

    private int number(Node value, String key, int least) {
        String text = scalar(value).text();
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= LARGEST) {
                return number;
            }
        }
        throw fail(value, "'" + key + "' is a whole number from " + least + " to " + LARGEST + ", not '" + text + "'");
    }

    private boolean truth(Node value, String key) {
        String text = scalar(value).text();
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw fail(value, "'" + key + "' is true or false, not '" + text + "'");
    }

    private ScenarioException missing(String key) {
        return new ScenarioException(Problem.at(
                keys.position(),
                Problem.Kind.KEY,
                "key '" + key + "' is missing",
                Nearest.hint(key, keys.entries().keySet())));
    }

    private static ScenarioException fail(Node value, String message) {
        return new ScenarioException(Problem.at(value.position(), Problem.Kind.VALUE, message, ""));
    }
}
