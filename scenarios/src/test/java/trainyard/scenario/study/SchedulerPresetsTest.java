package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static trainyard.scenario.study.TestStudies.refusal;
import static trainyard.scenario.study.TestStudies.run;
import static trainyard.scenario.study.TestStudies.study;
import static trainyard.scenario.study.TestStudies.value;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trainyard.scenario.Scenario;
import trainyard.scenario.answer.Assumptions;
import trainyard.scenario.format.Preset;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.Values;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.scheduler.PodFields;
import trainyard.scenario.section.scheduler.SchedulerPresets;
import trainyard.scenario.section.scheduler.SchedulerSection;
import trainyard.scenario.source.SourceText;
import trainyard.scheduler.catalog.PolicyKind;
import trainyard.scheduler.policy.PodRules;

class SchedulerPresetsTest {

    private static final String HEAD = """
            trainyard: 1
            name: three-jobs
            cluster: {nodes: 1, node: {preset: dgx-h100}}
            """;
    private static final String THREE_JOBS = HEAD + """
            jobs:
              list:
                - {id: A, team: x, gpus: 8, run: 10 s}
                - {id: B, team: y, gpus: 4, run: 5 s}
                - {id: C, team: y, gpus: 4, run: 5 s, submit: 1 s}
            """;

    private static Values scheduler(String text) {
        return study(THREE_JOBS + "scheduler: " + text + "\n")
                .scenario()
                .values()
                .get(ScenarioSection.SCHEDULER);
    }

    static Map<String, Preset> presets() {
        return SchedulerPresets.all();
    }

    static Set<String> names() {
        return presets().keySet();
    }

    /** Each key of a preset is one of the section, counts with its policy, and has a source and a date. */
    @ParameterizedTest
    @MethodSource("names")
    void everyKeyOfAPresetCounts(String name) {
        Values values = scheduler("{preset: " + name + "}");

        presets().get(name).values().forEach((key, value) -> {
            Setting<?> setting = values.used(values).get(key);
            assertThat(setting).as(name + " " + key).isNotNull();
            assertThat(setting.text()).isEqualTo(value.text());
            assertThat(setting.source()).isNotEmpty();
            assertThat(setting.asOf()).matches("20\\d\\d-\\d\\d");
        });
        assertThat(value(run(THREE_JOBS + "scheduler: {preset: " + name + "}\n"), "jobs.done"))
                .isEqualTo(3);
    }

    @Test
    void whatIsWrittenCountsInPlaceOfThePreset() {
        Values values = scheduler("{preset: kube-default, pod-retry-most: 4 s}");

        assertThat(values.get(SchedulerSection.POLICY)).isEqualTo(PolicyKind.POD_BY_POD);
        assertThat(values.get(PodFields.ORDER)).isEqualTo(PodRules.Order.PRIORITY);
        assertThat(values.get(PodFields.RETRY)).isEqualTo(1);
        assertThat(values.find(PodFields.RETRY_MOST)).hasValue(4.0);
        assertThat(scheduler("{preset: kube-default, policy: fifo}").get(SchedulerSection.POLICY))
                .isEqualTo(PolicyKind.FIFO);
    }

    private static final String FIFO = THREE_JOBS + "scheduler: {policy: fifo, decision-time: 2 s}\n";

    private static List<PolicyKind> policies(String text) {
        Study study = study(text);
        return study.cells().stream()
                .map(cell -> study.values(cell).get(ScenarioSection.SCHEDULER))
                .map(values -> values.get(SchedulerSection.POLICY))
                .toList();
    }

    @Test
    void aPresetThatIsWrittenLaterCountsInPlaceOfAPolicy() {
        String both = "{scheduler.policy: easy, scheduler.preset: mesos-offers}";
        String inOne = "{scheduler.policy: easy, scheduler: {preset: mesos-offers}}";

        assertThat(
                        policies(
                                FIFO
                                        + "variants: {a: {}, b: {scheduler.preset: slurm-backfill}, c: {scheduler: {preset: kube-default}}}\n"))
                .containsExactly(PolicyKind.FIFO, PolicyKind.SLURM_BACKFILL, PolicyKind.POD_BY_POD);
        assertThat(policies(FIFO + "variants: {a: " + both + ", b: " + inOne + "}\n"))
                .as("a key written beside the preset counts in its place")
                .containsExactly(PolicyKind.EASY, PolicyKind.EASY);
        assertThat(policies(FIFO + "sweep: {scheduler.preset: [slurm-backfill, mesos-offers]}\n"))
                .containsExactly(PolicyKind.SLURM_BACKFILL, PolicyKind.OFFERS);
        assertThat(policies(FIFO
                        + "variants: {a: {scheduler.preset: mesos-offers}}\nsweep: {scheduler.policy: [fifo, easy]}\n"))
                .as("a sweep is laid over a variant")
                .containsExactly(PolicyKind.FIFO, PolicyKind.EASY);
    }

    @Test
    void aPresetSetOnTheCommandLineCountsInPlaceOfAPolicy() {
        Values set = set("scheduler.preset=mesos-offers");

        assertThat(set.get(SchedulerSection.POLICY)).isEqualTo(PolicyKind.OFFERS);
        assertThat(set.get(SchedulerSection.DECISION_TIME))
                .as("which the preset does not set")
                .isEqualTo(2);
        assertThat(set("scheduler.policy=easy", "scheduler.preset=mesos-offers").get(SchedulerSection.POLICY))
                .isEqualTo(PolicyKind.EASY);
        assertThatThrownBy(() -> set("vars.p=mesos-offers", "scheduler.preset=${vars.p}"))
                .hasMessageContaining("cannot be a variable");
    }

    @Test
    void aPresetCountsInPlaceOfAPolicyOfTheExtendedFile(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("base.yaml"), FIFO);

        Values laid = extended(folder, "scheduler: {preset: mesos-offers}\n");
        assertThat(laid.get(SchedulerSection.POLICY)).isEqualTo(PolicyKind.OFFERS);
        assertThat(laid.get(SchedulerSection.DECISION_TIME))
                .as("which the preset does not set")
                .isEqualTo(2);
        assertThat(extended(folder, "scheduler: {preset: mesos-offers, policy: easy}\n")
                        .get(SchedulerSection.POLICY))
                .as("which stands beside the preset")
                .isEqualTo(PolicyKind.EASY);
    }

    private static Values extended(Path folder, String over) throws IOException {
        Path own = Files.writeString(folder.resolve("own.yaml"), "extends: base.yaml\n" + over);
        return Scenario.read(own, List.of()).values().get(ScenarioSection.SCHEDULER);
    }

    private static Values set(String... assignments) {
        return Scenario.of(
                        new SourceText("test.yaml", FIFO),
                        Path.of(""),
                        Stream.of(assignments).map(Assignment::parse).toList())
                .values()
                .get(ScenarioSection.SCHEDULER);
    }

    @Test
    void assumptionsNameTheSourceOfAPreset() {
        Values scenario = study(THREE_JOBS + "scheduler: {preset: mesos-offers}\n")
                .scenario()
                .values();

        assertThat(Assumptions.of(scenario))
                .filteredOn(assumption -> assumption.toString().contains("scheduler.offer-refuse"))
                .singleElement()
                .satisfies(assumption -> assertThat(assumption.toString()).contains("refuse_seconds"));
    }

    @Test
    void anUnknownPresetIsRefusedWithTheNearest() {
        assertThat(refusal(THREE_JOBS + "scheduler: {preset: slurm-backfil}\n")
                        .problems()
                        .toString())
                .contains("slurm-backfill");
    }

    @Test
    void aLongestRetryBelowTheFirstIsRefused() {
        assertThat(refusal(THREE_JOBS + "scheduler: {preset: kube-default, pod-backoff: 61 min}\n")
                        .getMessage())
                .contains("gave its GPUs back");
        assertThat(refusal(THREE_JOBS + "scheduler: {preset: kube-default, pod-retry-most: 100 ms}\n")
                        .getMessage())
                .contains("pod-retry-most");
    }

    /**
     * Decisions take 1 s, writes 0.5 s. A is decided on at 1 and written at 1.5, and ends at 11.5, which is written till 12. B and C are
     * decided on at 12.5, written at 13 and 13.5, and end at 18 and 18.5. A second decision that B's end asks for would come at 19.
     */
    @Test
    void decisionsAndWritesTakeTheirTime() {
        StudyResult result =
                run(THREE_JOBS + "scheduler: {policy: fifo, decision-time: 1 s, metadata-write: 500 ms}\n");

        assertThat(value(result, "makespan")).isEqualTo(18.5);
        assertThat(value(result, "wait.mean")).isCloseTo((1 + 12.5 + 11.5) / 3, within(1e-9));
        assertThat(value(result, "start-delay.mean")).isCloseTo(1, within(1e-9));
        assertThat(value(result, "scheduler.decisions")).isEqualTo(2);
        assertThat(value(result, "scheduler.busy")).isCloseTo(2 / 18.5, within(1e-9));
        assertThat(value(result, "metadata.writes")).isEqualTo(6);
        assertThat(value(result, "metadata.busy")).isCloseTo(6 * 0.5 / 18.5, within(1e-9));
        assertThat(value(result, "metadata.start-write")).isCloseTo((0.5 + 0.5 + 1) / 3, within(1e-9));
        // Held and not working: 8 GPUs for 0.5 s, 4 for 0.5 s, 4 for 1 s.
        assertThat(value(result, "share.start")).isCloseTo((8 * 0.5 + 4 * 0.5 + 4) / (8 * 18.5), within(1e-9));
    }

    /** Two checkpoints of 4 GB at 4 of the 10 GB/s of the store in 5 s of work, so 2 s of 0.4 in 7 s. */
    @Test
    void theStoreIsAsBusyAsCheckpointsMakeIt() {
        StudyResult result = run(HEAD + """
                scheduler: {policy: fifo}
                jobs:
                  list: [{id: A, gpus: 4, run: 5 s}]
                  checkpoint: {interval: 2 s, size-per-gpu: 1 GB, bandwidth-per-gpu: 1 GB/s, bandwidth: 10 GB/s}
                """);

        assertThat(value(result, "makespan")).isEqualTo(7);
        assertThat(value(result, "store.busy")).isCloseTo(2 * 0.4 / 7, within(1e-9));
    }
}
