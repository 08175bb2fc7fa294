package trainyard.scenario.importing.kubernetes;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog.Fate;

/** Puts what teams may use into a draft. */
final class TeamAmounts {

    private static final BigDecimal GIB = new BigDecimal(1L << 30);

    private final Draft draft;
    /** What was put in, by path. */
    private final Map<String, BigDecimal> amounts = new HashMap<>();
    /** The objects whose limits teams have. */
    private final Map<String, KubeObject> owners = new HashMap<>();

    TeamAmounts(Draft draft) {
        this.draft = draft;
    }

    /**
     * Gives the name of a team to the object whose limits it has.
     *
     * @throws trainyard.scenario.source.ScenarioException if another object has it
     */
    void own(String team, KubeObject owner) {
        KubeObject other = owners.putIfAbsent(team, owner);
        if (other != null) {
            throw owner.refused(
                    "metadata",
                    other.label() + " (" + other.position("metadata").label() + ") and " + owner.label()
                            + " would both be team " + team,
                    other.kind().equals(owner.kind())
                            ? "give one another name"
                            : "give one another name, or add the LocalQueue that leads from the namespace to the queue");
        }
    }

    /** What a resource of Kubernetes is to a scenario. */
    enum Kind {
        GPUS("quota"),
        CPUS("quota-cpus"),
        MEMORY("quota-memory"),
        OTHER("");

        private final String key;

        Kind(String key) {
            this.key = key;
        }
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

    /** Puts in a limit of one kind; a number of GPUs has to be whole. */
    void put(String team, Kind kind, Found found) {
        String path = path(team, kind);
        BigDecimal amount = kind == Kind.GPUS ? BigDecimal.valueOf(KubeQuantity.whole(found)) : KubeQuantity.of(found);
        switch (kind) {
            case GPUS -> draft.read(path, plain(amount) + " GPUs", found);
            case CPUS -> draft.read(path, plain(amount), found, "counts for jobs that state cpus-per-gpu");
            case MEMORY -> draft.read(path, memory(amount), found, "counts for jobs that state memory-per-gpu");
            case OTHER -> throw new IllegalArgumentException(found.name() + " is nothing that a team has a quota of");
        }
        amounts.put(path, amount);
    }

    /** Puts in a second limit of what a team may use: both hold, so the smaller one does. */
    void lower(String team, Kind kind, Found found) {
        BigDecimal first = amounts.get(path(team, kind));
        if (first == null || KubeQuantity.of(found).compareTo(first) < 0) {
            put(team, kind, found);
        } else {
            draft.log().note(Fate.IGNORED, found, "the queue of team " + team + " has no more");
        }
    }

    /** GPUs of all teams. */
    long gpus() {
        return amounts.entrySet().stream()
                .filter(amount -> amount.getKey().endsWith("." + Kind.GPUS.key))
                .mapToLong(amount -> amount.getValue().longValueExact())
                .reduce(0, Math::addExact);
    }

    private static String path(String team, Kind kind) {
        return "scheduler.teams." + team + "." + kind.key;
    }

    private static String memory(BigDecimal bytes) {
        boolean whole = bytes.remainder(GIB).signum() == 0;
        return whole ? plain(bytes.divide(GIB)) + " GiB" : plain(bytes) + " B";
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
