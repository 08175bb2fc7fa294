package trainyard.training.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Optional;

/** Kernels as JSON objects. */
final class TraceKernels {

    private TraceKernels() {}

    static ObjectNode json(ObjectMapper mapper, Kernel kernel) {
        ObjectNode node = mapper.createObjectNode();
        if (kernel instanceof Kernel.Stream stream) {
            return node.put("op", "stream")
                    .put("name", stream.op())
                    .put("reads", stream.reads())
                    .put("writes", stream.writes());
        }
        node.put("op", kernel.op());
        if (kernel instanceof Kernel.Gemm gemm) {
            return gemm(node, gemm);
        } else if (kernel instanceof Kernel.Elementwise elementwise) {
            return node.put("elements", elementwise.elements());
        } else if (kernel instanceof Kernel.Rows rows) {
            return node.put("rows", rows.rows()).put("columns", rows.columns());
        } else if (kernel instanceof Kernel.Windows windows) {
            return window(node, windows.window());
        }
        return node.put("parameters", ((Kernel.Adam) kernel).parameters());
    }

    private static ObjectNode gemm(ObjectNode node, Kernel.Gemm gemm) {
        return node.put("batch", gemm.batch())
                .put("m", gemm.m())
                .put("n", gemm.n())
                .put("k", gemm.k())
                .put("transpose_a", gemm.transposeA())
                .put("transpose_b", gemm.transposeB())
                .put("accumulate", gemm.accumulate());
    }

    private static ObjectNode window(ObjectNode node, Window window) {
        return node.put("images", window.images())
                .put("channels", window.channels())
                .put("height", window.height())
                .put("width", window.width())
                .put("side", window.side())
                .put("stride", window.stride())
                .put("padding", window.padding())
                .put("out_height", window.outHeight())
                .put("out_width", window.outWidth());
    }

    static Kernel kernel(String file, JsonNode node) {
        String op = node.path("op").asText();
        Optional<ElementOp> element = Arrays.stream(ElementOp.values())
                .filter(known -> known.word().equals(op))
                .findFirst();
        Optional<RowOp> row = Arrays.stream(RowOp.values())
                .filter(known -> known.word().equals(op))
                .findFirst();
        Optional<WindowOp> windowed = Arrays.stream(WindowOp.values())
                .filter(known -> known.word().equals(op))
                .findFirst();
        if (element.isPresent()) {
            return new Kernel.Elementwise(element.get(), whole(file, node, "elements"));
        } else if (row.isPresent()) {
            return new Kernel.Rows(row.get(), size(file, node, "rows"), size(file, node, "columns"));
        } else if (windowed.isPresent()) {
            return new Kernel.Windows(windowed.get(), window(file, node));
        }
        return switch (op) {
            case "gemm" -> gemm(file, node);
            case "adam" -> new Kernel.Adam(whole(file, node, "parameters"));
            case "stream" ->
                new Kernel.Stream(
                        node.path("name").asText("stream"), whole(file, node, "reads"), whole(file, node, "writes"));
            default -> throw new KernelTraceException(file + ": unknown op in " + node);
        };
    }

    private static Kernel.Gemm gemm(String file, JsonNode node) {
        return new Kernel.Gemm(
                size(file, node, "batch"),
                size(file, node, "m"),
                size(file, node, "n"),
                size(file, node, "k"),
                flag(file, node, "transpose_a"),
                flag(file, node, "transpose_b"),
                flag(file, node, "accumulate"));
    }

    private static Window window(String file, JsonNode node) {
        return new Window(
                size(file, node, "images"),
                size(file, node, "channels"),
                size(file, node, "height"),
                size(file, node, "width"),
                size(file, node, "side"),
                size(file, node, "stride"),
                size(file, node, "padding"),
                size(file, node, "out_height"),
                size(file, node, "out_width"));
    }

    static long whole(String file, JsonNode node, String key) {
        if (!node.path(key).isIntegralNumber() || !node.path(key).canConvertToLong()) {
            throw new KernelTraceException(file + ": " + key + " must be a whole number in " + shortened(node));
        }
        return node.path(key).asLong();
    }

    private static int size(String file, JsonNode node, String key) {
        long size = whole(file, node, key);
        if (size < 0 || size > Integer.MAX_VALUE) {
            throw new KernelTraceException(file + ": " + key + " is out of range in " + shortened(node));
        }
        return (int) size;
    }

    private static boolean flag(String file, JsonNode node, String key) {
        if (!node.path(key).isBoolean()) {
            throw new KernelTraceException(file + ": " + key + " must be true or false in " + shortened(node));
        }
        return node.path(key).asBoolean();
    }

    private static String shortened(JsonNode node) {
        String text = node.toString();
        return text.length() <= 120 ? text : text.substring(0, 120) + "...";
    }
}
