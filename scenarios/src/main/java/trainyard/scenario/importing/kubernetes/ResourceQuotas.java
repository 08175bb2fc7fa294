package trainyard.scenario.importing.kubernetes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.source.Node;

/** {@code ResourceQuota} of Kubernetes: a hard quota of a namespace, which becomes a team. */
final class ResourceQuotas {

    private static final String HARD = "hard";

    private final Draft draft;
    private final TeamAmounts amounts;
    /** The namespaces that have a quota, by the team that they are. */
    private final Map<String, String> namespaces = new HashMap<>();

    ResourceQuotas(Draft draft, TeamAmounts amounts) {
        this.draft = draft;
        this.amounts = amounts;
    }

    /** Reads one whose namespace is a team of its own, and returns where its GPUs stand. */
    Found read(KubeObject quota) {
        String team = quota.namespace();
        List<Limit> limits = limits(quota);
        amounts.own(team, quota);
        limits.forEach(limit -> amounts.put(team, limit.kind, limit.found));
        return limits.stream()
                .filter(limit -> limit.kind == TeamAmounts.Kind.GPUS)
                .findFirst()
                .orElseThrow(() -> quota.object("spec")
                        .refused(HARD, "the quota of " + team + " counts no GPUs", "add requests.nvidia.com/gpu: N"))
                .found;
    }

    /** Whether a quota limits GPUs; one that does not makes no team. */
    static boolean countsGpus(KubeObject quota) {
        return quota.object("spec").object(HARD).node().entries().keySet().stream()
                .anyMatch(resource -> TeamAmounts.kind(resource) == TeamAmounts.Kind.GPUS);
    }

    /** Notes that a quota without GPUs is passed over. */
    static void passOver(KubeObject quota, Draft draft) {
        draft.log()
                .note(
                        Fate.IGNORED,
                        quota.position("kind"),
                        "ResourceQuota of " + quota.statedNamespace(),
                        "it counts no GPUs, and a team has a quota of them");
    }

    /** Reads one whose namespace is all that uses a queue: its jobs wait for both. */
    void read(KubeObject quota, String queue) {
        limits(quota).forEach(limit -> amounts.lower(queue, limit.kind, limit.found));
    }

    private record Limit(TeamAmounts.Kind kind, Found found) {}

    private List<Limit> limits(KubeObject quota) {
        KubeObject spec = quota.object("spec");
        for (String key : Set.of("scopes", "scopeSelector")) {
            if (spec.node().find(key).isPresent()) {
                throw spec.refused(
                        key, "a team has one quota for all its jobs, not one by " + key, "drop it, or make two teams");
            }
        }
        String namespace = quota.statedNamespace();
        String other = namespaces.put(quota.namespace(), namespace);
        if (other != null) {
            throw quota.refused(
                    "metadata",
                    other.equals(namespace)
                            ? "namespace " + namespace + " has a second quota"
                            : "namespaces " + other + " and " + namespace + " would both be team " + quota.namespace(),
                    other.equals(namespace) ? "join the two" : "give one another name");
        }
        KubeObject hard = spec.object(HARD);
        List<Limit> limits = new ArrayList<>();
        for (Map.Entry<String, Node.Entry> entry : hard.node().entries().entrySet()) {
            hard.value(entry.getKey())
                    .flatMap(found -> limit(hard, limits, entry.getKey(), found))
                    .ifPresent(limits::add);
        }
        return limits;
    }

    private Optional<Limit> limit(KubeObject hard, List<Limit> before, String resource, Found found) {
        TeamAmounts.Kind kind = TeamAmounts.kind(resource);
        boolean twice = before.stream().anyMatch(limit -> limit.kind == kind);
        if (kind == TeamAmounts.Kind.OTHER) {
            draft.log().note(Fate.IGNORED, found, "jobs of a scenario use none of it");
        } else if (!resource.startsWith("limits.") && twice) {
            throw hard.refused(resource, "a second quota of the same resource", "keep one of the two");
        } else if (resource.startsWith("limits.") && (twice || stated(hard, resource))) {
            draft.log().note(Fate.IGNORED, found, "jobs use what they request");
        } else {
            return Optional.of(new Limit(kind, found));
        }
        return Optional.empty();
    }

    /** Whether what jobs may request is limited, too. */
    private static boolean stated(KubeObject hard, String limit) {
        String name = limit.substring("limits.".length());
        return hard.node().find("requests." + name).isPresent()
                || hard.node().find(name).isPresent();
    }
}
