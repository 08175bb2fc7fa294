package trainyard.scenario.importing.kubernetes;

import java.util.HashSet;
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
    private final Set<String> teams = new HashSet<>();

    ResourceQuotas(Draft draft) {
        this.draft = draft;
    }

    /** The namespaces that have a quota. */
    Set<String> teams() {
        return Set.copyOf(teams);
    }

    /** Reads one, and returns where its GPUs stand. */
    Found read(KubeObject quota) {
        KubeObject spec = quota.object("spec");
        for (String key : Set.of("scopes", "scopeSelector")) {
            if (spec.node().find(key).isPresent()) {
                throw spec.refused(
                        key, "a team has one quota for all its jobs, not one by " + key, "drop it, or make two teams");
            }
        }
        String team = quota.namespace();
        if (!teams.add(team)) {
            throw quota.refused("metadata", "namespace " + team + " has a second quota", "join the two");
        }
        KubeObject hard = spec.object(HARD);
        Optional<Found> gpus = Optional.empty();
        for (Map.Entry<String, Node.Entry> entry : hard.node().entries().entrySet()) {
            Optional<Found> found = hard.value(entry.getKey());
            if (found.isPresent() && read(hard, team, entry.getKey(), found.get()) == TeamAmounts.Kind.GPUS) {
                gpus = found;
            }
        }
        return gpus.orElseThrow(
                () -> spec.refused(HARD, "the quota of " + team + " counts no GPUs", "add requests.nvidia.com/gpu: N"));
    }

    private TeamAmounts.Kind read(KubeObject hard, String team, String resource, Found found) {
        TeamAmounts.Kind kind = TeamAmounts.kind(resource);
        boolean twice = kind != TeamAmounts.Kind.OTHER && draft.has(path(team, kind));
        if (kind == TeamAmounts.Kind.OTHER) {
            draft.log().note(Fate.IGNORED, found.position(), found.name(), "jobs of a scenario use none of it");
        } else if (!resource.startsWith("limits.") && twice) {
            throw hard.refused(resource, "a second quota of the same resource", "keep one of the two");
        } else if (resource.startsWith("limits.") && (twice || stated(hard, resource))) {
            draft.log().note(Fate.IGNORED, found.position(), found.name(), "jobs use what they request");
        } else {
            TeamAmounts.put(draft, team, kind, found);
            return kind;
        }
        return TeamAmounts.Kind.OTHER;
    }

    /** Whether what jobs may request is limited, too. */
    private static boolean stated(KubeObject hard, String limit) {
        String name = limit.substring("limits.".length());
        return hard.node().find("requests." + name).isPresent()
                || hard.node().find(name).isPresent();
    }

    private static String path(String team, TeamAmounts.Kind kind) {
        String key = kind == TeamAmounts.Kind.GPUS ? "" : kind == TeamAmounts.Kind.CPUS ? "-cpus" : "-memory";
        return "scheduler.teams." + team + ".quota" + key;
    }
}
