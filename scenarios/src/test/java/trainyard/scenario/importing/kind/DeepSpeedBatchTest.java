package trainyard.scenario.importing.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static trainyard.scenario.importing.kind.Samples.deepSpeed;
import static trainyard.scenario.importing.kind.Samples.details;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.parallel.job.TrainingJob;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Target;

/** Batch, micro-batch and ranks, as DeepSpeed derives them from the sizes that are given. */
class DeepSpeedBatchTest {

    /**
     * What DeepSpeed derives from the sizes that are given (runtime/config.py, _set_batch_related_parameters): of one alone the
     * rest with 1 step of accumulation.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"train_batch_size\": 512 | 64 | 512 | 8 | 1",
                "\"train_batch_size\": 512, \"gradient_accumulation_steps\": 2 | 64 | 512 | 4 | 2",
                "\"train_batch_size\": 512, \"train_micro_batch_size_per_gpu\": 2 | 64 | 512 | 2 | 4",
                "\"train_micro_batch_size_per_gpu\": 2 | 64 | 128 | 2 | 1",
                "\"train_micro_batch_size_per_gpu\": 2, \"gradient_accumulation_steps\": 4 | 64 | 512 | 2 | 4",
            })
    void whatDeepSpeedDerives(String sizes, int gpus, int global, int micro, int accumulation) {
        Draft draft = deepSpeed("{" + sizes + "}", Samples.gpus(gpus));
        TrainingJob job = Samples.job(draft);

        assertThat(job.batch().global()).isEqualTo(global);
        assertThat(job.batch().micro()).isEqualTo(micro);
        assertThat(job.batch().global() / job.batch().micro() / job.plan().data())
                .isEqualTo(accumulation);
        assertThat(draft.log().warnings()).isEmpty();
    }

    /** Without ranks, the micro-batch is assumed and the ranks follow; what is "auto", nobody derives. */
    @Test
    void aBatchAloneIsOneStepOfAccumulation() {
        Draft unknown = deepSpeed("{\"train_batch_size\": 32}", Target.none());
        Draft open =
                deepSpeed("{\"train_batch_size\": 512, \"gradient_accumulation_steps\": \"auto\"}", Samples.gpus(64));

        assertThat(Samples.job(unknown).plan().data()).isEqualTo(32);
        assertThat(details(unknown))
                .contains("32 in micro-batches of 1 sequence", "it follows from the ranks, which --gpus N states");
        assertThat(open.find("job.batch.micro")).contains("1 sequence");
        assertThat(details(open)).contains("the file leaves it open");
        assertThat(details(deepSpeed("{\"train_batch_size\": 512}", Samples.gpus(64))))
                .contains("512 / 64 ranks");
    }

    @Test
    void sizesThatDeepSpeedCannotStartWithAreWarnedOf() {
        assertThat(deepSpeed("{\"gradient_accumulation_steps\": 4}", Samples.gpus(8))
                        .log()
                        .warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message())
                        .startsWith("neither train_batch_size nor train_micro_batch_size_per_gpu is given"));
        assertThat(deepSpeed("{\"train_batch_size\": 512}", Samples.gpus(48))
                        .log()
                        .warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message())
                        .isEqualTo("batch 512 does not divide among 48 data-parallel ranks; the cluster has 48"));
    }

    /** Ranks that share a sequence are no data-parallel ones (runtime/config.py: the world is divided by their number). */
    @Test
    void sequencesOfDeepSpeedMayBeSpread() {
        Draft draft = deepSpeed("{\"train_batch_size\": 512, \"sequence_parallel_size\": 4}", Samples.gpus(64));
        TrainingJob job = Samples.job(draft);

        assertThat(job.plan().context()).isEqualTo(4);
        assertThat(job.plan().data()).isEqualTo(16);
        assertThat(job.batch().micro()).isEqualTo(32);
        assertThat(draft.find("job.parallel.context-method")).contains("ulysses");
        assertThat(draft.log().warnings()).isEmpty();
    }
}
