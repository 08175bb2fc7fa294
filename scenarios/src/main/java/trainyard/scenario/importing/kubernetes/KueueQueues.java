package trainyard.scenario.importing.kubernetes;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.source.Node;

/** {@code ClusterQueue} of Kueue: a team (Kueue API v1beta1 and v1beta2, read 2026-11). */
final class KueueQueues {

    private static final String STOP = "stopPolicy";

    private static final Set<String> KNOWN = Set.of(
            "cohort",
            "cohortName",
            "resourceGroups",
            "queueingStrategy",
            "preemption",
            "fairSharing",
            "namespaceSelector",
            "flavorFungibility",
            STOP);
    private static final String RESOURCES = "resources";
    private static final String BORROWING = "borrowingLimit";
    private static final String LENDING = "lendingLimit";

    private final Draft draft;
    private final TeamAmounts amounts;
    private final Map<String, String> strategies = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> inCohorts = new HashSet<>();
    /** Queues without GPUs, which are no teams. */
    private final Set<String> passedOver = new HashSet<>();

    /** The namespaces that use a queue. */
    private final Map<String, Set<String>> users = new TreeMap<>();

    KueueQueues(Draft draft, TeamAmounts amounts) {
        this.draft = draft;
        this.amounts = amounts;
    }

    /** Whether a queue counts no GPUs and shares nothing with others, which could lend or borrow processors and memory. */
    static boolean isForOtherJobs(KubeObject queue) {
        KubeObject spec = queue.object("spec");
        boolean shares = spec.value("cohortName").or(() -> spec.value("cohort")).isPresent();
        List<KubeObject> groups = spec.objects("resourceGroups");
        return !shares
                && !groups.isEmpty()
                && groups.stream()
                        .flatMap(group -> group.objects("flavors").stream())
                        .flatMap(flavor -> flavor.objects(RESOURCES).stream())
                        .noneMatch(resource ->
                                TeamAmounts.kind(resource.required("name").text()) == TeamAmounts.Kind.GPUS);
    }

    /** Notes that a queue without GPUs is passed over. */
    void passOver(KubeObject queue) {
        passedOver.add(queue.statedName());
        draft.log()
                .note(
                        Fate.IGNORED,
                        queue.position("kind"),
                        "ClusterQueue " + queue.statedName(),
                        "it counts no GPUs, and a team has a quota of them");
    }

    /** Reads one, and returns where its GPUs stand. */
    Found read(KubeObject queue) {
        String team = queue.name();
        KubeObject spec = queue.object("spec");
        amounts.own(team, queue);
        names.add(queue.statedName());
        spec.node().entries().keySet().stream()
                .filter(key -> !KNOWN.contains(key))
                .forEach(key -> {
                    throw spec.refused(
                            key, "a scenario has nothing like spec." + key + " of a ClusterQueue", "drop it");
                });
        stop(spec);
        strategy(spec);
        Optional<Found> cohort = spec.value("cohortName").or(() -> spec.value("cohort"));
        Found gpus = quotas(team, spec, cohort.isPresent());
        cohort.ifPresent(found -> {
            draft.read(path(team, "cohort"), found.text(), found);
            inCohorts.add(team);
        });
        preemption(team, spec.object("preemption"), cohort.isPresent());
        spec.object("fairSharing").value("weight").ifPresent(found -> {
            draft.read(
                    path(team, "weight"),
                    KubeQuantity.of(found).stripTrailingZeros().toPlainString(),
                    found);
            draft.infer("scheduler.fair-sharing", "true", found, "weights count in fair sharing alone");
        });
        for (String key : List.of("namespaceSelector", "flavorFungibility")) {
            if (spec.node().find(key).isPresent()) {
                draft.log()
                        .note(
                                Fate.IGNORED,
                                spec.position(key),
                                "spec." + key,
                                "jobs name their team, which has one flavour");
            }
        }
        return gpus;
    }

    /** The server writes {@code None} into every queue that is exported. */
    private void stop(KubeObject spec) {
        spec.value(STOP).ifPresent(found -> {
            if (!choice(spec, STOP, found, "None", "Hold", "HoldAndDrain").equals("None")) {
                throw spec.refused(
                        STOP, "the queue lets no job in, and queues of a scenario always do", "drop the queue");
            }
            draft.log().note(Fate.READ, found, "the queue lets jobs in");
        });
    }

    private void strategy(KubeObject spec) {
        Optional<Found> stated = spec.value("queueingStrategy");
        String strategy = stated.map(Found::text).orElse("BestEffortFIFO");
        strategies.put(strategy, strategy);
        if (strategies.size() > 1) {
            throw spec.refused(
                    "queueingStrategy", "all queues of a scenario have the same strategy", "make them alike");
        }
        stated.ifPresent(found -> draft.read(
                "scheduler.strict",
                Boolean.toString(choice(spec, "queueingStrategy", found, "BestEffortFIFO", "StrictFIFO")
                        .equals("StrictFIFO")),
                found));
    }

    private Found quotas(String team, KubeObject spec, boolean inCohort) {
        List<KubeObject> flavors = spec.objects("resourceGroups").stream()
                .flatMap(group -> group.objects("flavors").stream())
                .toList();
        Map<TeamAmounts.Kind, Found> seen = new HashMap<>();
        for (KubeObject flavor : flavors) {
            for (KubeObject resource : flavor.objects(RESOURCES)) {
                TeamAmounts.Kind kind = quota(team, resource, inCohort);
                if (kind != TeamAmounts.Kind.OTHER && seen.put(kind, resource.required("nominalQuota")) != null) {
                    throw resource.refused(
                            "name",
                            "a team has one quota of a resource, this one has it of two flavours",
                            "make a queue for each flavour");
                }
            }
        }
        return Optional.ofNullable(seen.get(TeamAmounts.Kind.GPUS))
                .orElseThrow(() -> spec.refused(
                        "resourceGroups",
                        "queue " + team + " counts no GPUs, of which a team has a quota",
                        "add nvidia.com/gpu"));
    }

    private TeamAmounts.Kind quota(String team, KubeObject resource, boolean inCohort) {
        Found name = resource.required("name");
        TeamAmounts.Kind kind = TeamAmounts.kind(name.text());
        Found nominal = resource.required("nominalQuota");
        if (kind == TeamAmounts.Kind.OTHER) {
            draft.log().note(Fate.IGNORED, name.position(), name.text(), "jobs of a scenario use none of it");
            return kind;
        }
        amounts.put(team, kind, nominal);
        limit(team, resource, BORROWING, "borrow", kind, inCohort);
        limit(team, resource, LENDING, "lend", kind, inCohort);
        return kind;
    }

    private void limit(
            String team, KubeObject resource, String key, String word, TeamAmounts.Kind kind, boolean inCohort) {
        resource.value(key).ifPresent(found -> {
            if (kind != TeamAmounts.Kind.GPUS) {
                throw resource.refused(key, "teams borrow and lend GPUs; other resources have no " + key, "drop it");
            }
            if (!inCohort) {
                throw resource.refused(
                        key, "a queue without a cohort has nobody to " + word + " from or to", "drop it");
            }
            draft.read(path(team, word), KubeQuantity.whole(found) + " GPUs", found);
        });
    }

    private void preemption(String team, KubeObject rules, boolean inCohort) {
        rules.value("withinClusterQueue")
                .ifPresent(found -> draft.read(
                        path(team, "preempt-within"),
                        kebab(choice(
                                rules,
                                "withinClusterQueue",
                                found,
                                "Never",
                                "LowerPriority",
                                "LowerOrNewerEqualPriority")),
                        found));
        rules.value("reclaimWithinCohort").ifPresent(found -> {
            String word = kebab(choice(rules, "reclaimWithinCohort", found, "Never", "LowerPriority", "Any"));
            if (inCohort) {
                draft.read(path(team, "reclaim"), word, found);
            } else {
                draft.log().note(Fate.IGNORED, found, "the queue has no cohort");
            }
        });
        rules.object("borrowWithinCohort")
                .value("policy")
                .filter(found -> !found.text().equals("Never"))
                .ifPresent(found -> {
                    throw rules.refused(
                            "borrowWithinCohort", "jobs of a scenario stop nobody so that they can borrow", "drop it");
                });
    }

    /** A {@code LocalQueue}: jobs of its namespace count against a team. */
    void local(KubeObject local) {
        Found queue = local.object("spec").required("clusterQueue");
        String team = KubeObject.word(queue.text());
        if (passedOver.contains(queue.text())) {
            draft.log()
                    .note(
                            Fate.IGNORED,
                            queue.position(),
                            "LocalQueue " + local.name(),
                            "queue " + queue.text() + " counts no GPUs");
            return;
        }
        if (!names.contains(queue.text())) {
            throw local.object("spec")
                    .refused("clusterQueue", "there is no ClusterQueue " + queue.text(), "import its file, too");
        }
        draft.log()
                .note(
                        Fate.READ,
                        queue.position(),
                        "LocalQueue " + local.name(),
                        "jobs of " + local.statedNamespace() + " are those of team " + team);
        users.computeIfAbsent(team, any -> new HashSet<>()).add(local.statedNamespace());
    }

    /**
     * The queue that jobs wait for beside the quota of their namespace. Both hold: Kueue lets in what fits the queue, and
     * Kubernetes refuses pods beyond the quota. The smaller one says who waits if nobody else uses what it leaves of the queue.
     *
     * @throws trainyard.scenario.source.ScenarioException if others do
     */
    String besideQuota(KubeObject quota) {
        String namespace = quota.statedNamespace();
        List<String> queues = users.entrySet().stream()
                .filter(queue -> queue.getValue().contains(namespace))
                .map(Map.Entry::getKey)
                .toList();
        String first = queues.get(0);
        String others = queues.size() > 1
                ? "for queue " + queues.get(1)
                : users.get(first).size() > 1
                        ? "other namespaces use that queue, too"
                        : inCohorts.contains(first) ? "that queue shares a cohort" : "";
        if (!others.isEmpty()) {
            throw quota.refused(
                    "metadata",
                    "jobs of namespace " + namespace + " wait for its ResourceQuota and for queue " + first + ", and "
                            + others + ": jobs of a scenario wait for the quota of one team",
                    "drop the ResourceQuota if the queue holds its jobs up, else their LocalQueue");
        }
        return first;
    }

    /** A {@code Cohort}, of which only the name has a part. */
    static void cohort(KubeObject cohort, Draft draft) {
        Node.Mapping spec = cohort.object("spec").node();
        if (!spec.entries().isEmpty()) {
            String key = spec.entries().keySet().iterator().next();
            throw cohort.object("spec")
                    .refused(key, "cohorts of a scenario have neither quotas nor parents", "give the quota to a queue");
        }
        draft.log().note(Fate.IGNORED, cohort.position("kind"), "Cohort " + cohort.name(), "teams name their cohort");
    }

    private static String choice(KubeObject object, String key, Found found, String... known) {
        if (!List.of(known).contains(found.text())) {
            throw object.refused(
                    key, found.name() + " is one of " + String.join(", ", known) + ", not '" + found.text() + "'", "");
        }
        return found.text();
    }

    private static String kebab(String camel) {
        return camel.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static String path(String team, String key) {
        return "scheduler.teams." + team + "." + key;
    }
}
