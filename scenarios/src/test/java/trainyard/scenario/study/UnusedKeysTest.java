package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.scenario.Scenario;
import trainyard.scenario.format.Values;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.job.JobBinding;
import trainyard.scenario.source.ExitCode;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/** A key that nothing reads is refused; one that some cell reads is not. */
class UnusedKeysTest {

    static final String LIFE = """
            trainyard: 1
            name: life
            cluster: {node: {preset: dgx-h100}, network: {preset: ib-ndr}}
            job:
              model: {preset: llama3-8b}
              batch: {global: 128 sequences, micro: 1 sequence, sequence-length: 8192 tokens}
              parallel: {tensor: 8, data: 16, zero: 1}
            life:
              step-time: 1 s
              spares: 2 nodes
              faults: {causes: {node: {mtbf: 400 h}}}
            """;

    private static final String CAUSE = "life.faults.causes.node";
    private static final String TIERS =
            "life.checkpoint.tiers=[{kind: peer-memory}, {kind: object-store, mode: upload}]";

    static Scenario scenario(String text, String... changes) {
        List<Assignment> assignments = Stream.of(changes).map(Assignment::parse).toList();
        return Scenario.of(new SourceText("life.yaml", text), Path.of(""), assignments);
    }

    static List<Problem> problems(Scenario scenario) {
        try {
            UnusedKeys.check(scenario);
            return List.of();
        } catch (ScenarioException refused) {
            return refused.problems();
        }
    }

    /** A preset has a family, what is not recomputed no way to choose its layers, and what is reduced in one piece no buckets. */
    @Test
    void whatAnotherKeyHasDecidedIsRefused() {
        assertThat(problems(scenario(LIFE, "job.model.family=gpt")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message()).isEqualTo("'family' has no effect with preset llama3-8b");
                    assertThat(problem.notes()).containsExactly("it counts only with no preset, and no huggingface");
                });
        assertThat(problems(scenario(LIFE, "job.recompute-method=block")))
                .extracting(Problem::message)
                .containsExactly("'recompute-method' has no effect with recompute none");
        assertThat(problems(scenario(LIFE, "job.recompute-method=block", "job.recompute=full")))
                .isEmpty();
        assertThat(problems(
                        scenario(LIFE, "job.parallel.gradient-bucket=1 GiB", "job.parallel.gradient-overlap=false")))
                .extracting(Problem::message)
                .containsExactly("'gradient-bucket' has no effect with gradient-overlap false");
    }

    /** The first variant has what the base has: to change it there would be no remedy. */
    @Test
    void noVariantIsNamedThatSetsNothing() {
        String variants = LIFE.replace("tensor: 8,", "tensor: 8, sequence-parallel: true,")
                + "variants: {t8: {}, t1: {job.parallel.tensor: 1, job.parallel.sequence-parallel: false}}\n";

        assertThat(problems(scenario(variants))).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo("'sequence-parallel' has no effect with tensor 1");
            assertThat(problem.hint()).isEqualTo("leave it out");
        });
    }

    /** Each describes something of a plan that the plan has not got. */
    @ParameterizedTest
    @CsvSource({
        "prefetch=3, zero=3",
        "reshard=after-step, zero=3",
        "schedule=gpipe, pipeline=2",
        "layer-split=balanced, pipeline=2",
        "sequence-parallel=true, tensor=2",
        "tensor-overlap=none, tensor=2",
        "context-method=ulysses, context=2",
        "context-balanced=false, context=2",
        "compression-rank=3, compression=powersgd",
        "compression-ratio=3, compression=top-k",
        "server-device=gpu, parameter-servers=2",
        "server-bandwidth=100 GB/s, parameter-servers=2"
    })
    void whatAPlanHasNotGotCannotBeDescribed(String key, String plan) {
        String zero = "job.parallel.zero=" + (plan.startsWith("zero") ? 1 : 0);
        String tensor = "job.parallel.tensor=1";
        assertThat(problems(scenario(LIFE, zero, tensor, "job.parallel." + key)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("has no effect with"));
        assertThat(problems(scenario(LIFE, zero, tensor, "job.parallel." + plan, "job.parallel." + key)))
                .isEmpty();
    }

    /** Words about exchanges with experts, where each rank holds all of them. */
    @ParameterizedTest
    @ValueSource(strings = {"expert-dispatch=deepep", "expert-overlap=shared-expert"})
    void expertsThatAreNotSpreadExchangeNothing(String key) {
        String[] experts = {"job.model={preset: mixtral-8x7b}", "job.parallel." + key};
        assertThat(problems(scenario(LIFE, experts)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("has no effect with expert 1"));
        assertThat(problems(scenario(LIFE + "sweep: {job.parallel.expert: [1, 8]}\n", experts)))
                .isEmpty();
    }

    /** A sweep that reaches one stage keeps the schedule of the others, under which one stage is as under 1F1B. */
    @Test
    void oneStageOfASweepHasNoScheduleOfItsOwn() {
        String swept = LIFE.replace("tensor: 8, data: 16", "tensor: 8, schedule: gpipe")
                + "sweep: {job.parallel.pipeline: [1, 2]}\n";
        assertThat(problems(scenario(swept))).isEmpty();
        assertThat(plan("job.parallel.schedule=gpipe")).isEqualTo(plan());
        assertThat(plan("job.parallel.schedule=gpipe", "job.parallel.pipeline=2", "job.parallel.data=8"))
                .isNotEqualTo(plan("job.parallel.pipeline=2", "job.parallel.data=8"));
    }

    private static ParallelPlan plan(String... changes) {
        Values values = scenario(LIFE, changes).values();
        return JobBinding.bind(values.get(ScenarioSection.CLUSTER), values.get(ScenarioSection.JOB))
                .plan();
    }

    @Test
    void theKeyOfAnotherPolicyIsNamedWhereItStands() {
        String text = LIFE + "  recovery: {policy: requeue, least-replicas: 4}\n";
        ScenarioException refused =
                catchThrowableOfType(() -> UnusedKeys.check(scenario(text)), ScenarioException.class);
        Problem problem = refused.problems().get(0);
        assertThat(refused.problems()).hasSize(1);
        assertThat(problem.position().orElseThrow().label()).isEqualTo("life.yaml:12:31");
        assertThat(problem.message()).isEqualTo("'least-replicas' has no effect with policy requeue");
        assertThat(problem.notes()).containsExactly("it counts only with policy elastic or quorum");
        assertThat(problem.kind().exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(problems(scenario(text.replace("requeue", "elastic")))).isEmpty();
    }

    /** Each change is refused by itself, and in order with what follows it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "life.recovery.keeps-state=true | life.recovery.policy=elastic",
                "life.recovery.standbys=1 node | life.recovery.policy=hot-spare",
                "life.recovery.tolerated=1 node | life.recovery.policy=templates",
                "life.recovery.fills-bubbles=false | life.recovery.policy=reroute",
                "life.recovery.overhead=0.1 | life.recovery.policy=redundant-stages",
                "life.recovery.shards-per-replica=2 | life.recovery.policy=shards",
                "life.recovery.save=10 s | life.recovery.policy=just-in-time",
                "life.recovery.lead=10 min | life.recovery.policy=drain",
                "life.recovery.redundant=node | life.recovery.policy=redundancy",
                "life.recovery.queue=1 h | life.recovery.policy=requeue",
                "life.recovery.queue=1 h | life.checkpoint.time-limit=24 h",
                "life.recovery.reconfigure=1 min | life.recovery.policy=quorum",
                "life.recovery.copy=1 min | life.recovery.policy=reroute",
                "life.recovery.restart.loop-window=2 h | life.recovery.restart.loop-faults=4",
                "life.recovery.restart.counted=agent | life.recovery.restart.max-restarts=4",
                "life.recovery.restart.in-place={tries: 2} | life.recovery.restart.classified=false",
                "life.recovery.restart.forget=1 h | life.recovery.restart.brake={base: 10 s}",
                "life.checkpoint.stall=2 s | life.checkpoint.mode=async",
                "life.checkpoint.in-flight=2 | life.checkpoint.mode=async",
                "life.checkpoint.delta=0.2 | life.checkpoint.content=incremental",
                "life.checkpoint.full-every=5 | life.checkpoint.content=incremental",
                "life.checkpoint.shrink=0.5 | life.checkpoint.content=quantised",
                "life.checkpoint.remembered=5 | life.checkpoint.rule=adaptive",
                "life.checkpoint.verify-every=2 | life.checkpoint.verify-cost=1 min",
                "life.checkpoint.verify-every=2 | " + CAUSE + ".visibility=silent",
                "life.checkpoint.noticed-after=1 h | " + CAUSE + ".visibility=silent",
                "life.checkpoint.if-unrecoverable=end | " + CAUSE + ".visibility=silent",
                "life.recovery.detect-hang=1 min | " + CAUSE + ".visibility=hang",
                "life.recovery.detect-hang=1 min | life.faults.preset=llama3-2024",
                "life.recovery.detect-slow=1 min | " + CAUSE + "={mtbf: 400 h, visibility: slow, speed: 0.5}",
                "life.nodes-per-rack=4 nodes | " + CAUSE + ".scope=power",
                "life.nodes-per-rack=4 nodes | " + CAUSE + ".burst={probability: 0.1}",
                "life.nodes-per-switch=4 nodes | " + CAUSE + ".scope=switch",
                "life.racks-per-power-unit=2 | " + CAUSE + ".burst={probability: 0.1, domain: power}",
                "life.checkpoint.on-signal=save | life.checkpoint.time-limit=24 h",
                "life.comm.every=1 s | life.comm.slow-tail=10 s",
                "life.comm.fallback-bandwidth=10 Gb/s | life.comm.fallback=tcp",
                CAUSE + ".shape=0.8 | " + CAUSE + ".law=weibull",
                CAUSE + ".gap-cv=2 | " + CAUSE + ".law=gamma",
                CAUSE + ".gaps=[1 h, 2 h] | " + CAUSE + ".law=empirical",
                CAUSE + ".lasts=1 h | " + CAUSE + ".visibility=slow",
                "report.charts=[{kind: waterfall, y: ettr}] | report.charts=[{kind: cdf, y: ettr}]",
                "report.charts=[{kind: states, x: variant, y-scale: log}]"
                        + " | report.charts=[{kind: states, x: variant, x-scale: log}]",
                "report.charts=[{kind: line, x: variant, from: 1 h}] | report.charts=[{kind: gantt, from: 1 h}]",
                "report.charts=[{kind: table, y: ettr, columns: [ettr]}] | report.charts=[{kind: table, columns: [ettr]}]",
            })
    void aKeyNeedsTheChoiceThatReadsIt(String key, String choice) {
        if (key.contains("shape")) {
            // Alone it means the law that it belongs to.
            key = CAUSE + "={shape: 0.8, law: lognormal}";
        }
        assertThat(problems(scenario(LIFE, key))).hasSize(1);
        boolean sameKey = key.startsWith("report.charts");
        assertThat(sameKey ? problems(scenario(LIFE, choice)) : problems(scenario(LIFE, key, choice)))
                .isEmpty();
    }

    /** Keys of checks belong to a check, and to errors that it could find. */
    @Test
    void checksNeedErrorsToFind() {
        String silent = CAUSE + ".visibility=silent";
        String check = "life.checkpoint.verify-every=2";
        assertThat(problems(scenario(LIFE, silent, "life.checkpoint.verify-recall=0.9")))
                .hasSize(1);
        assertThat(problems(scenario(LIFE, silent, "life.checkpoint.noticed-cv=1")))
                .hasSize(1);
        assertThat(problems(scenario(
                        LIFE, check, "life.checkpoint.verify-cost=1 min", "life.checkpoint.verify-recall=0.9")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).startsWith("'verify-recall' has no effect"));
        assertThat(problems(scenario(
                        LIFE,
                        silent,
                        check,
                        "life.checkpoint.verify-recall=0.9",
                        "life.checkpoint.noticed-after=1 h",
                        "life.checkpoint.noticed-cv=1")))
                .isEmpty();
    }

    /** What the time of a repair is, where nothing is repaired. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{mtbf: 400 h, damage: process, repair: 1 h} | repair",
                "{mtbf: 400 h, damage: restart, transient: 0.5} | transient",
                "{mtbf: 400 h, scope: job, repair-cv: 1} | repair-cv",
                "{mtbf: 400 h, repair: 0 s, repair-cv: 1} | repair-cv",
                "{mtbf: 400 h, law: exponential, shape: 2} | shape",
                "{mtbf: 400 h, speed: 0.5} | speed",
                "{mtbf: 400 h, visibility: silent, notice: 1 min} | notice",
                "{mtbf: 400 h, scope: storage, notice: 1 min} | notice",
                "{mtbf: 400 h, scope: storage, damage: node} | damage",
                "{mtbf: 400 h, scope: cluster, strikes: at-work} | strikes",
            })
    void keysOfACauseThatDoesNoneOfIt(String cause, String key) {
        List<Problem> problems = problems(scenario(LIFE, CAUSE + "=" + cause));
        assertThat(problems)
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .startsWith("'" + key + "' has no");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{kind: peer-memory, bandwidth: 10 GB/s} | bandwidth",
                "{kind: local-nvme, copies: 2} | copies",
                "{kind: object-store, placement: ring} | placement",
                "{kind: local-nvme, retention: {last: 3}} | retention",
                "{kind: object-store, mode: sync, stall: 1 s} | stall",
                "{kind: object-store, mode: upload, stall: 1 s} | stall",
                "{kind: object-store, delta: 0.5} | delta",
                "{kind: object-store, shrink: 0.5} | shrink",
                "{kind: object-store, write: 1 s, restore: 1 s, bandwidth: 1 GB/s} | bandwidth",
            })
    void keysOfATierOfAnotherKind(String tier, String key) {
        List<Problem> problems = problems(scenario(LIFE, "life.checkpoint.tiers=[{kind: peer-memory}, " + tier + "]"));
        assertThat(problems)
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .startsWith("'" + key + "' has no");
    }

    /** With tiers, the keys of a single place say nothing. */
    @Test
    void keysBesideTiers() {
        assertThat(problems(scenario(LIFE, TIERS))).isEmpty();
        for (String key : List.of("interval=1 h", "write=1 s", "retention={last: 2}", "survives=site", "rule=daly")) {
            assertThat(problems(scenario(LIFE, TIERS, "life.checkpoint." + key)))
                    .as(key)
                    .hasSize(1);
        }
    }

    /** A rule for an interval that is stated. */
    @Test
    void aRuleBesideAnInterval() {
        assertThat(problems(scenario(LIFE, "life.checkpoint.rule=young"))).isEmpty();
        assertThat(problems(scenario(LIFE, "life.checkpoint.rule=young", "life.checkpoint.interval=1 h")))
                .hasSize(1);
    }

    /** What one cell reads is no mistake in another, in a quick run neither. */
    @Test
    void oneOfManyCellsIsEnough() {
        String standbys = LIFE + "  recovery: {standbys: 1 node}\n";
        String swept = standbys + "sweep: {life.recovery.policy: [requeue, hot-spare, replace, drain]}\n";
        assertThat(problems(scenario(swept))).isEmpty();
        assertThat(problems(scenario(standbys + "variants: {a: {life.recovery.policy: warm-standby}, b: {}}\n")))
                .isEmpty();
        assertThat(problems(scenario(standbys + "variants: {a: {life.recovery.policy: elastic}, b: {}}\n")))
                .hasSize(1);
    }

    @Test
    void aSweepOverNothingIsRefusedOnce() {
        String text = LIFE + "sweep: {life.recovery.least-replicas: [1, 2, 4]}\n";
        assertThat(problems(scenario(text)))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.position().orElseThrow().line()).isEqualTo(12));
    }

    /** Nor can it be solved for, unless some cell reads it. */
    @Test
    void whatIsSolvedForHasToCount() {
        Assignment least = Assignment.parse("life.recovery.least-replicas=4");
        assertThatThrownBy(() -> UnusedKeys.check(scenario(LIFE), least))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("'least-replicas' has no effect with policy replace");
        UnusedKeys.check(scenario(LIFE, "life.recovery.policy=quorum"), least);
    }

    /** A choice laid over a file leaves its keys without use, which is said but is no mistake of the file. */
    @Test
    void whatIsOverruledIsToldNotRefused(@TempDir Path folder) throws IOException {
        String text = LIFE + "  recovery: {policy: elastic, least-replicas: 4}\n";
        Scenario overruled = scenario(text, "life.recovery.policy=replace");
        assertThat(UnusedKeys.check(overruled))
                .singleElement()
                .extracting(Problem::message)
                .isEqualTo("'least-replicas' has no effect with policy replace");

        Files.writeString(folder.resolve("base.yaml"), text);
        Path child = folder.resolve("child.yaml");
        Files.writeString(child, "extends: base.yaml\nlife: {recovery: {policy: requeue}}\n");
        assertThat(UnusedKeys.check(Scenario.read(child, List.of()))).hasSize(1);
        // A key laid over a choice that does not read it is a mistake of its own.
        Files.writeString(child, "extends: base.yaml\nlife: {recovery: {standbys: 2 nodes}}\n");
        assertThatThrownBy(() -> UnusedKeys.check(Scenario.read(child, List.of())))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("'standbys' has no effect with policy elastic");
    }

    /** Sections other than {@code life}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "detector: {heartbeat: {}, window: 50} | window",
                "retry: {outage-cv: 1} | outage-cv",
                "work-queue: {tasks: 9, workers: 2, task-time: 1 s, restart: 1 min} | restart",
                "work-queue: {tasks: 9, workers: 2, task-time: 1 s, delivery: at-most-once, visibility-timeout: 1 h}"
                        + " | visibility-timeout",
                "coordinator: {steps: 9, step-time: 1 s, checkpoint-every: 3, detect: 1 s} | detect",
                "controllers: {network: {burst: 1 ms}} | burst",
                "controllers: {jobs: {step-time: 1 s}} | step-time",
            })
    void keysOfOtherStudies(String section, String key) {
        List<Problem> problems = problems(scenario("trainyard: 1\nname: other\n" + section + "\n"));
        assertThat(problems)
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .startsWith("'" + key + "' has no effect");
    }

    /** The scenario as written has no backups, and the variant that has some says itself how many. */
    @Test
    void saysThatTheCellsInWhichAKeyCountsHaveTheirOwn() {
        String sgd = """
                trainyard: 1
                name: sgd
                sgd:
                  problem: {kind: softmax, data: digits}
                  workers: 8
                  compute: {time: 1 s}
                  horizon: 1 min
                """;
        String variants = sgd + "variants: {sync: {}, b: {sgd.rule.kind: backup, sgd.rule.backups: 1}}\n";

        assertThat(problems(scenario(variants, "sgd.rule.backups=3")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message())
                            .isEqualTo(
                                    "'backups' has no effect with kind sync; where it counts variant 'b' has a value of"
                                            + " its own");
                    assertThat(problem.hint()).contains("--set 'variants.b.sgd.rule.backups=VALUE'");
                });
        assertThat(problems(scenario(variants, "variants.b.sgd.rule.backups=3")))
                .isEmpty();
        assertThat(problems(scenario(sgd, "sgd.rule.backups=3")))
                .extracting(Problem::message)
                .containsExactly("'backups' has no effect with kind sync");
    }
}
