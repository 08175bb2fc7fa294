package trainyard.scenario.importing.kubernetes;

import java.math.BigDecimal;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;

/** Puts what a team may use into a draft. */
final class TeamAmounts {

    private static final BigDecimal GIB = new BigDecimal(1L << 30);

    private TeamAmounts() {}

    /** What a resource of Kubernetes is to a scenario. */
    enum Kind {
        GPUS,
        CPUS,
        MEMORY,
        OTHER
    }

    /** The kind of a resource such as {@code requests.nvidia.com/gpu}. */
    static Kind kind(String resource) {
        String name = resource.replaceFirst("^(requests|limits)\\.", "");
        if (name.matches("(nvidia|amd|gpu\\.intel)\\.com/(gpu|i915|xe)")) {
            return Kind.GPUS;
        }
        return switch (name) {
            case "cpu" -> Kind.CPUS;
            case "memory" -> Kind.MEMORY;
            default -> Kind.OTHER;
        };
    }

    /** Puts a limit of one kind; a number of GPUs has to be whole. */
    static void put(Draft draft, String team, Kind kind, Found found) {
        String path = "scheduler.teams." + team + ".";
        switch (kind) {
            case GPUS -> draft.read(path + "quota", KubeQuantity.whole(found) + " GPUs", found);
            case CPUS -> draft.read(path + "quota-cpus", plain(KubeQuantity.of(found)), found);
            case MEMORY -> draft.read(path + "quota-memory", memory(KubeQuantity.of(found)), found);
            case OTHER -> throw new IllegalArgumentException(found.name() + " is nothing that a team has a quota of");
        }
    }

    private static String memory(BigDecimal bytes) {
        boolean whole = bytes.remainder(GIB).signum() == 0;
        return whole ? plain(bytes.divide(GIB)) + " GiB" : plain(bytes) + " B";
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
