package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static trainyard.scenario.study.LifeOfKeys.LIFE;
import static trainyard.scenario.study.LifeOfKeys.problems;
import static trainyard.scenario.study.LifeOfKeys.scenario;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.job.JobBinding;
import trainyard.scenario.source.Problem;

/** Keys of a job, its model and its plan that nothing reads. */
class UnusedPlanKeysTest {

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
}
