package trainyard.training.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Traces as JSON: the distinct kernels, and the order of their execution as numbers into that list, where {@code [n, times]}
 * stands for the same kernel several times in a row.
 */
public final class KernelTraceFile {

    /** Format of the file, its first key. */
    public static final String SCHEMA = "trainyard/kernel-trace/1";

    private static final int MOST_FILE_BYTES = 16 << 20;
    private static final int MOST_KERNELS = 1_000_000;
    private static final Set<String> KEYS =
            Set.of("schema", "job", "framework", "network", "batch", "parameters", "kernels", "sequence");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String name;

    private KernelTraceFile(String name) {
        this.name = name;
    }

    /**
     * Reads a file.
     *
     * @throws KernelTraceException if there is no such file or it is no trace
     */
    public static KernelTrace read(Path file) {
        try {
            if (Files.size(file) > MOST_FILE_BYTES) {
                throw new KernelTraceException(file + ": larger than 16 MiB; a trace has a few KiB");
            }
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new KernelTraceException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new KernelTraceException(file + ": cannot be read as UTF-8 text: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a text.
     *
     * @param name of the file, for messages
     */
    public static KernelTrace parse(String name, String text) {
        KernelTraceFile file = new KernelTraceFile(name);
        try {
            return file.trace(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new KernelTraceException(
                    name + ":" + e.getLocation().getLineNr() + ":"
                            + e.getLocation().getColumnNr() + ": no JSON: " + e.getOriginalMessage(),
                    e);
        } catch (IllegalArgumentException e) {
            throw new KernelTraceException(name + ": " + e.getMessage(), e);
        }
    }

    /** The text of a file that {@link #parse} reads back to an equal value. */
    public static String text(KernelTrace trace) {
        Map<Kernel, Integer> distinct = new LinkedHashMap<>();
        trace.kernels().forEach(kernel -> distinct.putIfAbsent(kernel, distinct.size()));
        ObjectNode root = JSON.createObjectNode()
                .put("schema", SCHEMA)
                .put("job", trace.job())
                .put("framework", trace.framework())
                .put("network", trace.network())
                .put("batch", trace.batch())
                .put("parameters", trace.parameters());
        ArrayNode kernels = root.putArray("kernels");
        distinct.keySet().forEach(kernel -> kernels.add(TraceKernels.json(JSON, kernel)));
        sequence(trace.kernels().stream().map(distinct::get).toList(), root.putArray("sequence"));
        return layout(root);
    }

    private static void sequence(List<Integer> numbers, ArrayNode into) {
        for (int i = 0, times; i < numbers.size(); i += times) {
            times = 1;
            while (i + times < numbers.size() && numbers.get(i + times).equals(numbers.get(i))) {
                times++;
            }
            if (times == 1) {
                into.add(numbers.get(i));
            } else {
                into.add(JSON.createArrayNode().add(numbers.get(i)).add(times));
            }
        }
    }

    /** One line for each key and each kernel. */
    private static String layout(ObjectNode root) {
        List<String> lines = new ArrayList<>();
        root.properties().forEach(entry -> {
            String value = entry.getKey().equals("kernels")
                    ? lines("[\n    ", ",\n    ", "\n  ]", entry.getValue())
                    : entry.getValue().toString();
            lines.add("  \"" + entry.getKey() + "\": " + value);
        });
        return "{\n" + String.join(",\n", lines) + "\n}\n";
    }

    private static String lines(String first, String between, String last, JsonNode array) {
        List<String> items = new ArrayList<>();
        array.forEach(item -> items.add(item.toString()));
        return first + String.join(between, items) + last;
    }

    private KernelTrace trace(JsonNode root) {
        if (!root.isObject()) {
            throw new KernelTraceException(name + ": a trace is a JSON object");
        }
        root.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw new KernelTraceException(name + ": unknown key " + key);
            }
        });
        if (!text(root, "schema").equals(SCHEMA)) {
            throw new KernelTraceException(
                    name + ": schema must be " + SCHEMA + ", got \"" + text(root, "schema") + "\"");
        }
        return new KernelTrace(
                text(root, "job"),
                text(root, "framework"),
                text(root, "network"),
                Math.toIntExact(TraceKernels.whole(name, root, "batch")),
                TraceKernels.whole(name, root, "parameters"),
                kernels(root));
    }

    private List<Kernel> kernels(JsonNode root) {
        List<Kernel> distinct = new ArrayList<>();
        array(root, "kernels").forEach(node -> distinct.add(TraceKernels.kernel(name, node)));
        List<Kernel> kernels = new ArrayList<>();
        for (JsonNode item : array(root, "sequence")) {
            int number = item.isArray() ? item.path(0).asInt(-1) : item.asInt(-1);
            int times = item.isArray() ? item.path(1).asInt(-1) : 1;
            if (number < 0 || number >= distinct.size() || times < 1) {
                throw new KernelTraceException(name + ": sequence names no kernel by " + item);
            }
            if (kernels.size() + (long) times > MOST_KERNELS) {
                throw new KernelTraceException(name + ": more than " + MOST_KERNELS + " kernels");
            }
            for (int i = 0; i < times; i++) {
                kernels.add(distinct.get(number));
            }
        }
        return kernels;
    }

    private JsonNode array(JsonNode root, String key) {
        if (!root.path(key).isArray()) {
            throw new KernelTraceException(name + ": " + key + " must be a list");
        }
        return root.path(key);
    }

    private String text(JsonNode root, String key) {
        if (!root.path(key).isTextual()) {
            throw new KernelTraceException(name + ": " + key + " must be a text");
        }
        return root.path(key).asText();
    }
}
