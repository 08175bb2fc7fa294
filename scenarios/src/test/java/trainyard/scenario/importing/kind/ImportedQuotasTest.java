package trainyard.scenario.importing.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.scenario.Scenario;
import trainyard.scenario.ScenarioFormat;
import trainyard.scenario.format.Values;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.ImportLog;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.scheduler.SchedulerSection;
import trainyard.scenario.source.Problems;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/** Manifests of Kubernetes and Kueue become teams with the same quotas; what a scenario cannot say is refused at its line. */
class ImportedQuotasTest {

    @Test
    void aResourceQuotaIsAHardQuotaOfItsNamespace() {
        Draft draft = Samples.read(ImportKind.KUBERNETES, Target.none(), "resource-quota.yaml");

        assertThat(draft.find("scheduler.teams.research.quota")).contains("8 GPUs");
        assertThat(draft.find("scheduler.teams.research.quota-cpus")).contains("100");
        assertThat(draft.find("scheduler.teams.research.quota-memory")).contains("500 GiB");
        assertThat(draft.find("scheduler.policy")).contains("kueue");
        assertThat(draft.find("cluster.nodes")).contains("1");
    }

    /** What the gallery runs is what the import prints. */
    @Test
    void theGalleryRunsTheImportedQuota() {
        Draft draft = Samples.read(ImportKind.KUBERNETES, Target.none(), "resource-quota.yaml");
        Values scheduler = Scenario.read(Path.of("gallery/kubernetes-quota.yaml"), List.of())
                .values()
                .get(ScenarioSection.SCHEDULER);

        Problems problems = new Problems();
        Values imported = ScenarioFormat.SECTION
                .read(draft.tree(), problems)
                .orElseThrow()
                .get(ScenarioSection.SCHEDULER);
        assertThat(SchedulerSection.quotas(scheduler)).isEqualTo(SchedulerSection.quotas(imported));
    }

    @Test
    void queuesOfKueueAreTeams() {
        Draft draft = Samples.read(ImportKind.KUBERNETES, Target.none(), "kueue-queues.yaml");

        assertThat(draft.find("scheduler.teams.vision.quota")).contains("24 GPUs");
        assertThat(draft.find("scheduler.teams.vision.borrow")).contains("16 GPUs");
        assertThat(draft.find("scheduler.teams.vision.reclaim")).contains("any");
        assertThat(draft.find("scheduler.teams.vision.preempt-within")).contains("lower-priority");
        assertThat(draft.find("scheduler.teams.language.lend")).contains("32 GPUs");
        assertThat(draft.find("scheduler.teams.language.cohort")).contains("company");
        assertThat(draft.find("vars.production")).contains("1000000");
        assertThat(draft.find("cluster.nodes")).contains("8");
    }

    /** What the server fills in where a queue says nothing (Kueue API v1beta1), as kubectl prints it. */
    @Test
    void defaultsThatTheServerWritesChangeNothing() {
        String queue = """
                apiVersion: kueue.x-k8s.io/v1beta1
                kind: ClusterQueue
                metadata: {name: vision, generation: 1, uid: 7c0e}
                spec:
                  resourceGroups:
                  - coveredResources: [nvidia.com/gpu]
                    flavors: [{name: h100, resources: [{name: nvidia.com/gpu, nominalQuota: "16"}]}]
                """;
        String defaults = """
                  flavorFungibility: {whenCanBorrow: Borrow, whenCanPreempt: TryNextFlavor}
                  namespaceSelector: {}
                  preemption: {borrowWithinCohort: {policy: Never}, reclaimWithinCohort: Never, withinClusterQueue: Never}
                  queueingStrategy: BestEffortFIFO
                  stopPolicy: None
                status: {pendingWorkloads: 0}
                """.replaceAll("(?m)^(?!status)", "  ");

        Draft exported = read(queue + defaults);

        assertThat(exported.log().warnings()).isEmpty();
        assertThat(exported.find("scheduler.teams.vision.quota"))
                .isEqualTo(read(queue).find("scheduler.teams.vision.quota"))
                .contains("16 GPUs");
    }

    /** Suffixes of the API reference: m is a thousandth, G is 10^9 and Gi 2^30. */
    @ParameterizedTest
    @CsvSource({
        "requests.cpu, 1500m, quota-cpus, 1.5",
        "memory, 1Gi, quota-memory, 1 GiB",
        "memory, 2e9, quota-memory, 2000000000 B"
    })
    void quantitiesOfKubernetes(String resource, String text, String key, String expected) {
        Draft draft = read("kind: ResourceQuota\nspec: {hard: {requests.nvidia.com/gpu: 4, " + resource + ": " + text
                + "}}\nmetadata: {name: q}");

        assertThat(draft.find("scheduler.teams.default." + key)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: ResourceQuota|metadata: {name: q}|spec: {scopes: [BestEffort]}|3|one quota for all its jobs",
                "kind: ResourceQuota|metadata: {name: q}|spec: {hard: {cpu: 4}}|3|counts no GPUs",
                "kind: ResourceQuota|metadata: {name: q}|spec: {hard: {nvidia.com/gpu: 1.5}}|3|whole GPUs",
                "kind: Deployment|metadata: {name: q}|spec: {}|1|not made of a Deployment",
                "kind: Cohort|metadata: {name: q}|spec: {parentName: r}|3|neither quotas nor parents",
                "kind: ClusterQueue|metadata: {name: q}|spec: {admissionChecks: [a]}|3|nothing like spec.admissionChecks",
                "kind: ClusterQueue|metadata: {name: q}|spec: {stopPolicy: HoldAndDrain}|3|the queue lets no job in",
                "kind: ClusterQueue|metadata: {name: q}|spec: {stopPolicy: none}|3|stopPolicy is one of None, Hold",
                "kind: LocalQueue|metadata: {name: q}|spec: {clusterQueue: r}|3|no ClusterQueue r",
                "kind: ResourceQoata|metadata: {name: q}|spec: {}|1|not made of a ResourceQoata",
            })
    void whatAScenarioCannotSayIsRefusedAtItsLine(String kind, String metadata, String rest, int line, String message) {
        assertThatThrownBy(() -> read(kind + "\n" + metadata + "\n" + rest))
                .isInstanceOfSatisfying(ScenarioException.class, refused -> {
                    assertThat(refused.problems().get(0).message()).contains(message);
                    assertThat(refused.problems()
                                    .get(0)
                                    .position()
                                    .orElseThrow()
                                    .line())
                            .isEqualTo(line);
                });
    }

    /** An export of a cluster holds what runs beside the quotas that it runs under. */
    @ParameterizedTest
    @CsvSource({
        "Job, 1, a manifest does not say how long it runs",
        "PyTorchJob, 1, a manifest does not say how long it runs",
        "Queue, 1, shares and limits of schedulers other than Kueue are not read",
        "ConfigMap, 0, neither asks for GPUs nor says who gets them",
    })
    void whatIsNoPartOfAScenarioIsPassedOver(String kind, int warnings, String reason) {
        String other = "kind: " + kind + "\nmetadata: {name: a}\nspec: {}\n---\n";
        Draft draft = read(other + QUOTA);

        assertThat(draft.find("scheduler.teams.team-vision.quota")).contains("8 GPUs");
        assertThat(draft.log().lines())
                .anySatisfy(line ->
                        assertThat(line.subject() + ", " + line.detail()).isEqualTo(kind + " a, " + reason));
        assertThat(draft.log().warnings())
                .hasSize(warnings)
                .allSatisfy(warning -> assertThat(warning.message()).isEqualTo(kind + " a is passed over: " + reason));
        // Who imports a job alone is told what the file lacks and what to write, not what other files a scenario is
        // made of.
        String hint = warnings == 0
                ? "it is made of ResourceQuota, "
                : draft.log().warnings().get(0).hint();
        assertThatThrownBy(() -> read(other)).isInstanceOfSatisfying(ScenarioException.class, refused -> {
            assertThat(refused.problems().get(0).message())
                    .isEqualTo("a scenario is not made of a " + kind + ": " + reason);
            assertThat(refused.problems().get(0).hint()).startsWith(hint);
        });
    }

    /** A queue of processors and memory alone makes no team where others have GPUs; alone, or in a cohort, it is refused. */
    @Test
    void aQueueWithoutGpusIsPassedOverBesideOthers() {
        String queue = "---\nkind: ClusterQueue\nmetadata: {name: cpus}\nspec: {%sresourceGroups: [{flavors: [{name: a,"
                + " resources: [{name: cpu, nominalQuota: 100}]}]}]}\n"
                + "---\nkind: LocalQueue\nmetadata: {name: l, namespace: n}\nspec: {clusterQueue: cpus}\n";
        Draft draft = read(QUOTA + queue.formatted(""));

        assertThat(draft.yaml()).doesNotContain("    cpus:\n");
        assertThat(draft.log().lines())
                .extracting(line -> line.subject() + ", " + line.detail())
                .contains(
                        "ClusterQueue cpus, it counts no GPUs, and a team has a quota of them",
                        "LocalQueue l, queue cpus counts no GPUs");
        for (String alone : List.of(queue.formatted(""), QUOTA + queue.formatted("cohort: c, "))) {
            assertThatThrownBy(() -> read(alone))
                    .isInstanceOfSatisfying(
                            ScenarioException.class,
                            refused -> assertThat(refused.problems().get(0).message())
                                    .isEqualTo("queue cpus counts no GPUs, of which a team has a quota"));
        }
    }

    /** Whether its pods stop others is said of a class; a scenario says of teams whether their jobs do. */
    @Test
    void aPriorityThatStopsNobodyIsWarnedOf() {
        Draft never = read(QUOTA + "---\n" + priority("PriorityClass", "low", -10));
        Draft stated =
                read(QUOTA + "---\nkind: PriorityClass\nmetadata: {name: low}\nvalue: -10\npreemptionPolicy: Never\n");

        assertThat(never.log().warnings()).isEmpty();
        assertThat(stated.find("vars.low")).contains("-10");
        assertThat(stated.log().tellsOf("preemptionPolicy")).isTrue();
        assertThat(stated.log().warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.hint()).contains("preempt-within: never"));
    }

    private static final String QUEUE = """
            kind: ClusterQueue
            metadata: {name: vision}
            spec:
              resourceGroups:
                - flavors:
                    - resources:
                        - {name: nvidia.com/gpu, nominalQuota: 16}
                        - {name: cpu, nominalQuota: 100}
            ---
            kind: LocalQueue
            metadata: {name: vision, namespace: team-vision}
            spec: {clusterQueue: vision}
            ---
            """;

    private static final String QUOTA = """
            kind: ResourceQuota
            metadata: {name: q, namespace: team-vision}
            spec: {hard: {requests.nvidia.com/gpu: 8, requests.cpu: 200, requests.memory: 500Gi}}
            """;

    /** Kueue lets in 16 GPUs and 100 processors, Kubernetes refuses pods beyond 8 GPUs and 500 GiB. */
    @Test
    void ofAQueueAndAQuotaOfItsNamespaceTheSmallerHolds() {
        for (String text : List.of(QUEUE + QUOTA, QUOTA + "---\n" + QUEUE)) {
            Draft draft = read(text);

            assertThat(draft.find("scheduler.teams.vision.quota")).contains("8 GPUs");
            assertThat(draft.find("scheduler.teams.vision.quota-cpus")).contains("100");
            assertThat(draft.find("scheduler.teams.vision.quota-memory")).contains("500 GiB");
            assertThat(draft.has("scheduler.teams.team-vision.quota")).isFalse();
            assertThat(draft.find("cluster.nodes")).contains("1");
            assertThat(details(draft)).contains("the queue of team vision has no more");
        }
    }

    /** What the namespace leaves of the queue would be used by others, which no single quota says. */
    @Test
    void aQuotaBesideAQueueThatOthersUseIsRefused() {
        String other = """
                kind: LocalQueue
                metadata: {name: v, namespace: other}
                spec: {clusterQueue: vision}
                ---
                """;
        String second = """
                kind: ClusterQueue
                metadata: {name: w}
                spec: {resourceGroups: [{flavors: [{resources: [{name: nvidia.com/gpu, nominalQuota: 1}]}]}]}
                ---
                kind: LocalQueue
                metadata: {name: w, namespace: team-vision}
                spec: {clusterQueue: w}
                ---
                """;
        refuses(QUEUE.replaceFirst("spec:", "spec:\n  cohort: company") + QUOTA, "that queue shares a cohort");
        refuses(QUEUE + other + QUOTA, "other namespaces use that queue, too");
        refuses(QUEUE + second + QUOTA, "for queue w");
    }

    private static void refuses(String text, String why) {
        assertThatThrownBy(() -> read(text))
                .hasMessageContaining(
                        "jobs of namespace team-vision wait for its ResourceQuota and for queue vision, and " + why);
    }

    private static String priority(String kind, String name, int value) {
        return "kind: " + kind + "\nmetadata: {name: " + name + "}\nvalue: " + value + "\n---\n";
    }

    /** A variable has one value and a team one quota; what would overwrite the first is refused where it stands. */
    @Test
    void twoObjectsOfOneNameAreRefused() {
        String queue = QUEUE.split("---")[0].replace("name: vision", "name: team-vision");
        assertThatThrownBy(() -> read(
                        priority("PriorityClass", "high", 100) + priority("WorkloadPriorityClass", "high", 10_000)))
                .isInstanceOfSatisfying(ScenarioException.class, refused -> {
                    assertThat(refused.problems().get(0).message())
                            .isEqualTo(
                                    "PriorityClass high (quota.yaml:2:1) and WorkloadPriorityClass high would both be"
                                            + " variable high");
                    assertThat(refused.problems()
                                    .get(0)
                                    .position()
                                    .orElseThrow()
                                    .line())
                            .isEqualTo(6);
                });
        assertThatThrownBy(() -> read(priority("PriorityClass", "a.b", 1) + priority("PriorityClass", "a-b", 1)))
                .hasMessageContaining(
                        "PriorityClass a.b (quota.yaml:2:1) and PriorityClass a-b would both be variable a-b");
        for (String text : List.of(QUOTA + "---\n" + queue, queue + "---\n" + QUOTA)) {
            assertThatThrownBy(() -> read(text))
                    .hasMessageContaining("ResourceQuota q of namespace team-vision")
                    .hasMessageContaining("ClusterQueue team-vision")
                    .hasMessageContaining("would both be team team-vision");
        }
        assertThatThrownBy(() -> read(queue + "---\n" + queue.replace("team-vision", "team.vision")))
                .hasMessageContaining("ClusterQueue team-vision (quota.yaml:2:1) and ClusterQueue team.vision");
    }

    /** Kueue keeps classes of its own beside those of Kubernetes, often as copies. */
    @Test
    void copiesOfAPriorityAreOneVariable() {
        Draft draft =
                read(priority("PriorityClass", "high", 100) + priority("WorkloadPriorityClass", "high", 100) + QUOTA);

        assertThat(draft.find("vars.high")).contains("100");
    }

    @Test
    void aLocalQueueNamesItsQueueAsItIsWritten() {
        assertThatThrownBy(() -> read(QUEUE.replace("clusterQueue: vision", "clusterQueue: vision.")))
                .hasMessageContaining("there is no ClusterQueue vision.");
        assertThatThrownBy(() -> read(QUEUE.replace("name: vision}", "name: vi.sion}")
                        .replace("clusterQueue: vision", "clusterQueue: vi-sion")))
                .hasMessageContaining("there is no ClusterQueue vi-sion");
    }

    @Test
    void anotherNameIsToldOf() {
        Draft draft = read(QUOTA.replace("namespace: team-vision", "namespace: team of. vision"));

        assertThat(draft.find("scheduler.teams.team-of-vision.quota")).contains("8 GPUs");
        assertThat(draft.log().lines())
                .anySatisfy(line -> assertThat(line.subject() + ", " + line.detail())
                        .isEqualTo(
                                "metadata.namespace team of. vision, team team-of-vision: names have letters, digits and"
                                        + " hyphens"));
        assertThat(details(read(QUOTA))).doesNotContain("letters, digits");
        assertThatThrownBy(
                        () -> read(QUOTA.replace("team-vision", "a b") + "---\n" + QUOTA.replace("team-vision", "a.b")))
                .hasMessageContaining("namespaces a b and a.b would both be team a-b");
    }

    /** An import has no jobs, and those that are added use no processors unless they say so. */
    @Test
    void whatHoldsNobodyYetSaysWhomItWillHold() {
        Draft draft = read(QUOTA);

        assertThat(draft.yaml())
                .containsPattern("quota-cpus: 200 +# quota.yaml:3, counts for jobs that state cpus-per-gpu");
        assertThat(details(draft))
                .contains("quota-memory: 500 GiB, counts for jobs that state memory-per-gpu")
                .doesNotContain("GPUs, counts");
    }

    private static String details(Draft draft) {
        return String.join(
                "\n", draft.log().lines().stream().map(ImportLog.Line::detail).toList());
    }

    private static Draft read(String text) {
        return ImportKind.KUBERNETES.read(List.of(new SourceText("quota.yaml", text)), Target.none());
    }

    @Test
    void whatCountsNoGpusIsPassedOver() {
        Draft draft = read(
                "kind: ResourceQuota\nspec: {hard: {requests.nvidia.com/gpu: 4}}\nmetadata: {namespace: a, name: q}\n"
                        + "---\nkind: ResourceQuota\nspec: {hard: {cpu: 4}}\nmetadata: {namespace: b, name: q}\n"
                        + "---\nkind: LimitRange\nspec: {limits: []}\nmetadata: {namespace: b, name: l}\n");

        assertThat(draft.find("scheduler.teams.a.quota")).contains("4 GPUs");
        assertThat(draft.has("scheduler.teams.b.quota-cpus")).isFalse();
    }
}
