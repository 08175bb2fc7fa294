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
                "kind: LocalQueue|metadata: {name: q}|spec: {clusterQueue: r}|3|no ClusterQueue r",
                "kind: PriorityClass|metadata: {name: q}|preemptionPolicy: Never|3|a rule of their team",
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

    private static Draft read(String text) {
        return ImportKind.KUBERNETES.read(List.of(new SourceText("quota.yaml", text)), Target.none());
    }
}
