package trainyard.scenario.importing.calculon;

import java.util.List;
import java.util.Optional;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.JsonObject;
import trainyard.scenario.importing.draft.Machines;
import trainyard.scenario.importing.draft.Target;

/**
 * The machine: peak rate, memory and two networks, the first inside a server. Calculon's curves of efficiency have no
 * counterpart, since a scenario's kernels have their own.
 */
final class SystemFile {

    private SystemFile() {}

    static void put(Optional<JsonObject> system, Optional<JsonObject> execution, Draft draft, Target target) {
        List<JsonObject> networks = system.map(file -> file.objects("networks")).orElse(List.of());
        Optional<Found> perNode = networks.stream().findFirst().flatMap(network -> network.value("size"));
        Optional<Found> processors = execution.flatMap(file -> file.value("num_procs"));
        new Machines(processors, Optional.empty(), perNode).put(draft, target);
        system.ifPresent(file -> hardware(file, draft));
        system.flatMap(file -> file.object("mem2")).ifPresent(memory -> secondTier(memory, perNode, draft));
        if (!networks.isEmpty()) {
            rate(networks.get(0), "bandwidth", "cluster.node.gpu.scale-up-bandwidth", " GB/s", draft);
        }
        if (networks.size() > 1) {
            port(networks.get(1), perNode, draft);
        }
        networks.forEach(network -> network.ignoreRest(draft.log(), SystemFile::reason));
        system.ifPresent(file -> file.ignoreRest(draft.log(), SystemFile::reason));
    }

    private static void hardware(JsonObject file, Draft draft) {
        Optional<JsonObject> matrix = file.object("matrix");
        Optional<JsonObject> format =
                matrix.flatMap(unit -> unit.object("bfloat16").or(() -> unit.object("float16")));
        format.or(() -> matrix)
                .ifPresent(unit -> rate(unit, "tflops", "cluster.node.gpu.peak-fp16", " TFLOP/s", draft));
        format.ifPresent(unit -> unit.ignoreRest(draft.log(), SystemFile::reason));
        file.object("mem1").ifPresent(memory -> {
            rate(memory, "GiB", "cluster.node.gpu.memory", " GiB", draft);
            rate(memory, "GBps", "cluster.node.gpu.memory-bandwidth", " GB/s", draft);
            memory.ignoreRest(draft.log(), SystemFile::reason);
        });
        matrix.ifPresent(unit -> unit.ignoreRest(draft.log(), SystemFile::reason));
    }

    /** What is offloaded lies there: Calculon's size and rate are of one processor, a server's memory is of all its GPUs. */
    private static void secondTier(JsonObject memory, Optional<Found> perNode, Draft draft) {
        Optional<Found> size = memory.value("GiB").filter(found -> isCount(found));
        Optional<Found> gpus = perNode.filter(found -> isCount(found));
        if (size.isPresent() && gpus.isPresent()) {
            draft.infer(
                    "cluster.node.host-memory",
                    Math.multiplyExact(size.get().count(), gpus.get().count()) + " GiB",
                    size.get(),
                    size.get().text() + " GiB for each of " + gpus.get().text() + " GPUs");
            rate(memory, "GBps", "cluster.node.pcie-bandwidth", " GB/s", draft);
        }
        memory.ignoreRest(draft.log(), SystemFile::reason);
    }

    /** Whether it is a whole number above 0 that no product of two overflows; a size of 0 is no second tier. */
    private static boolean isCount(Found found) {
        return found.text().matches("[1-9][0-9]{0,6}");
    }

    /** Bandwidth, efficiency and latency between servers. Calculon's bandwidth is that of one processor, so each GPU has a port of its own. */
    private static void port(JsonObject network, Optional<Found> perNode, Draft draft) {
        network.value("bandwidth").ifPresent(found -> {
            perNode.ifPresent(gpus ->
                    draft.infer("cluster.node.nics", Long.toString(gpus.count()), gpus, "one port for each GPU"));
            draft.read("cluster.node.nic-bandwidth", found.text() + " GB/s", found);
        });
        network.value("efficiency").ifPresent(found -> draft.read("cluster.network.efficiency", found.text(), found));
        network.value("latency").ifPresent(found -> draft.read("cluster.network.latency", found.text() + " s", found));
    }

    private static void rate(JsonObject file, String key, String path, String unit, Draft draft) {
        file.value(key).ifPresent(found -> draft.read(path, found.text() + unit, found));
    }

    private static String reason(String key) {
        return key.contains("efficiency")
                        || key.endsWith("latency")
                        || key.endsWith("ops")
                        || key.contains("processor_usage")
                ? "kernels and collectives have costs of their own"
                : "no part of a scenario";
    }
}
