package trainyard.scenario.importing.kubernetes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.Machines;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.section.preset.Presets;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.source.YamlReader;
import trainyard.sim.hardware.NodeSpec;

/**
 * Puts objects of Kubernetes and Kueue into a draft: {@code ResourceQuota} and {@code ClusterQueue} become teams with quotas,
 * {@code PriorityClass} and {@code WorkloadPriorityClass} become variables that jobs may use as their priority.
 */
public final class KubernetesManifests {

    private static final String USUAL_NODE = "dgx-h100";
    /** Kinds of which a part of a scenario is made; the others say of them what they need. */
    private static final Set<String> GIVING =
            Set.of("ResourceQuota", "ClusterQueue", "PriorityClass", "WorkloadPriorityClass");

    private static final String KIND = "kind";

    /** What is read. */
    private static final List<String> TAKEN = List.of(
            "ResourceQuota",
            "PriorityClass",
            "WorkloadPriorityClass",
            "ClusterQueue",
            "Cohort",
            "LocalQueue",
            "ResourceFlavor",
            "Namespace");

    private final Draft draft;
    private final TeamAmounts amounts;
    private final ResourceQuotas quotas;
    private final KueueQueues queues;
    private final List<Found> gpus = new ArrayList<>();
    /** The classes that variables stand for. */
    private final Map<String, KubeObject> priorities = new HashMap<>();

    private KubernetesManifests(Draft draft) {
        this.draft = draft;
        amounts = new TeamAmounts(draft);
        quotas = new ResourceQuotas(draft, amounts);
        queues = new KueueQueues(draft, amounts);
    }

    /**
     * Reads the files into the draft.
     *
     * @throws ScenarioException if a file is no manifest, or says what a scenario cannot
     */
    public static void read(List<SourceText> sources, Draft draft, Target target) {
        List<KubeObject> objects = new ArrayList<>();
        sources.forEach(source -> YamlReader.documents(source).stream()
                .filter(root -> !(root instanceof Node.Scalar scalar && scalar.isEmpty()))
                .forEach(root -> addTo(objects, KubeObject.of("", root))));
        if (objects.isEmpty()) {
            throw new ScenarioException(Problem.at(
                    sources.get(0).at(1, 1, 1), Problem.Kind.SYNTAX, "the file is empty", "it should be a manifest"));
        }
        new KubernetesManifests(draft).read(objects, target);
    }

    /** A list counts as its items. */
    private static void addTo(List<KubeObject> objects, KubeObject object) {
        if (object.required(KIND).text().equals("List")) {
            object.objects("items").forEach(item -> objects.add(new KubeObject("", item.node())));
        } else {
            objects.add(object);
        }
    }

    private void read(List<KubeObject> objects, Target target) {
        if (objects.stream().allMatch(object -> OtherKinds.has(object.kind()))) {
            throw refusal(objects.get(0));
        }
        List<KubeObject> locals = ofKind(objects, "LocalQueue");
        Set<String> queued = locals.stream().map(KubeObject::statedNamespace).collect(Collectors.toSet());
        List<KubeObject> beside = ofKind(objects, "ResourceQuota").stream()
                .filter(quota -> queued.contains(quota.statedNamespace()))
                .toList();
        boolean others = objects.stream().anyMatch(object -> GIVING.contains(object.kind()) && !isWithoutGpus(object));
        objects.stream().filter(object -> !beside.contains(object)).forEach(object -> {
            if (others && isWithoutGpus(object)) {
                passOver(object);
            } else {
                read(object);
            }
        });
        locals.forEach(queues::local);
        beside.forEach(quota -> quotas.read(quota, queues.besideQuota(quota)));
        if (!gpus.isEmpty()) {
            draft.infer("scheduler.policy", "kueue", gpus.get(0), "the policy that knows quotas");
            putCluster(target);
        }
    }

    /** What gives out processors and memory alone, and lends none of them to a queue with GPUs. */
    private static boolean isWithoutGpus(KubeObject object) {
        return object.kind().equals("ResourceQuota") && !ResourceQuotas.countsGpus(object)
                || object.kind().equals("ClusterQueue") && KueueQueues.isForOtherJobs(object);
    }

    private void passOver(KubeObject object) {
        if (object.kind().equals("ClusterQueue")) {
            queues.passOver(object);
        } else {
            ResourceQuotas.passOver(object, draft);
        }
    }

    private static List<KubeObject> ofKind(List<KubeObject> objects, String kind) {
        return objects.stream()
                .filter(object -> object.required(KIND).text().equals(kind))
                .toList();
    }

    private void read(KubeObject object) {
        switch (object.required(KIND).text()) {
            case "ResourceQuota" -> {
                gpus.add(quotas.read(object));
                named(object, "namespace", "team");
            }
            case "ClusterQueue" -> {
                gpus.add(queues.read(object));
                named(object, "name", "team");
            }
            case "PriorityClass", "WorkloadPriorityClass" -> {
                priority(object);
                named(object, "name", "variable");
            }
            case "Cohort" -> KueueQueues.cohort(object, draft);
            case "LocalQueue" -> object.name();
            case "ResourceFlavor", "Namespace" ->
                draft.log()
                        .note(
                                Fate.IGNORED,
                                object.position(KIND),
                                object.required(KIND).text() + " " + object.name(),
                                "teams and quotas name what they need");
            default -> {
                if (!OtherKinds.has(object.kind())) {
                    throw refusal(object);
                }
                OtherKinds.tell(object, draft.log());
            }
        }
    }

    private static ScenarioException refusal(KubeObject object) {
        String kind = object.kind();
        String nearest = OtherKinds.has(kind) ? OtherKinds.instead(kind) : Nearest.hint(kind, TAKEN);
        return object.refused(
                KIND,
                "a scenario is not made of " + (kind.matches("[AEIOU].*") ? "an " : "a ") + kind
                        + (OtherKinds.has(kind) ? ": " + OtherKinds.reason(kind) : ""),
                nearest.isEmpty() ? "it is made of " + String.join(", ", TAKEN) : nearest);
    }

    /** A scenario parts the names of its keys by dots, so what Kubernetes names with other signs has another name there. */
    private void named(KubeObject object, String key, String what) {
        object.object("metadata")
                .value(key)
                .filter(name -> !KubeObject.word(name.text()).equals(name.text()))
                .ifPresent(name -> draft.log()
                        .note(
                                Fate.READ,
                                name.position(),
                                name.name() + " " + name.text(),
                                what + " " + KubeObject.word(name.text())
                                        + ": names have letters, digits and hyphens"));
    }

    private void priority(KubeObject priority) {
        priority.value("preemptionPolicy").ifPresent(this::preemption);
        Found value = priority.required("value");
        if (!value.text().matches("-?\\d{1,10}")) {
            throw priority.refused("value", "a priority is a whole number, not '" + value.text() + "'", "");
        }
        requireOne(priority, value);
        draft.read("vars." + priority.name(), value.text(), value);
        priority.value("globalDefault")
                .ifPresent(found -> draft.log().note(Fate.IGNORED, found, "jobs without a priority have 0"));
    }

    /**
     * Whether pods of a class stop others once they are let in (Kubernetes, "Pod Priority and Preemption"). Whom jobs stop to be let in is a
     * rule of their team, as Kueue has it.
     */
    private void preemption(Found policy) {
        draft.log().note(Fate.IGNORED, policy, "whether jobs stop others is a rule of their team (preempt-within)");
        if (policy.text().equals("Never")) {
            draft.log()
                    .warn(Problem.at(
                            policy.position(),
                            Problem.Kind.PLAN,
                            "jobs of this priority stop others where the rules of their team let them",
                            "keep preempt-within: never for a team whose jobs should stop none"));
        }
    }

    /** Kubernetes and Kueue each have classes of their own, whose names may be the same; a variable has one value. */
    private void requireOne(KubeObject priority, Found value) {
        KubeObject other = priorities.putIfAbsent(priority.name(), priority);
        boolean same = other != null
                && other.statedName().equals(priority.statedName())
                && other.required("value").text().equals(value.text());
        if (other != null && !same) {
            throw priority.refused(
                    "metadata",
                    other.label() + " (" + other.position("metadata").label() + ") and " + priority.label()
                            + " would both be variable " + priority.name(),
                    "give one another name, or keep the one by which jobs wait");
        }
    }

    /** As many whole servers as hold all quotas, where the command line does not say. */
    private void putCluster(Target target) {
        if (target.gpus().isPresent()) {
            Machines.unstated().put(draft, target);
            return;
        }
        String preset = target.cluster().map(Found::text).orElse(USUAL_NODE);
        long perNode = target.gpusPerNode()
                .map(Found::count)
                .orElseGet(
                        () -> Presets.node(preset).map(NodeSpec::gpus).orElse(1).longValue());
        long all = amounts.gpus();
        long nodes = Math.max(1, (all + perNode - 1) / perNode);
        Found sum = new Found(
                "all quotas",
                Long.toString(Math.multiplyExact(nodes, perNode)),
                gpus.get(0).position());
        new Machines(Optional.of(sum), Optional.empty(), Optional.empty()).put(draft, target);
    }
}
