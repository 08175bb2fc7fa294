package trainyard.scenario.importing.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/** What DeepSpeed refuses or passes over, and what a scenario makes of the rest. */
class ImportedDeepSpeedTest {

    private static Draft read(String keys) {
        return ImportKind.DEEPSPEED.read(List.of(new SourceText("ds.json", "{" + keys + "}")), Samples.gpus(64));
    }

    private static Draft readBatch(String keys) {
        return read("\"train_batch_size\": 64, " + keys);
    }

    /** DeepSpeedBF16Config(**true) and its like (runtime/precision_config.py): "argument after ** must be a mapping". */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bf16 | true",
                "bfloat16 | true",
                "fp16 | false",
                "torch_autocast | true",
                "zero_optimization | 2",
                "zero_optimization | [2]",
                "activation_checkpointing | true",
                "tensor_parallel | 4",
                "optimizer | \"Adam\"",
            })
    void aSectionIsAnObject(String key, String value) {
        assertThatThrownBy(() -> readBatch("\"" + key + "\": " + value))
                .isInstanceOfSatisfying(ScenarioException.class, refused -> {
                    Problem problem = refused.problems().get(0);
                    assertThat(problem.message()).startsWith(key + " is an object, this is a");
                    assertThat(problem.position().orElseThrow().line()).isEqualTo(1);
                });
    }

    @Test
    void sectionsMayBeLeftOpen() {
        assertThat(readBatch("\"bf16\": null, \"zero_optimization\": null").find("job.precision"))
                .contains("fp32");
        assertThat(readBatch("\"zero_optimization\": true").find("job.parallel.zero"))
                .contains("1");
        assertThat(readBatch("\"zero_optimization\": false").find("job.parallel.zero"))
                .isEmpty();
    }

    /** Else the step from one stage to the next would be that from one generation of kernels to another. */
    @Test
    void allStagesHaveTheSameSoftware() {
        assertThat(List.of("0", "1", "2", "3", "\"auto\""))
                .allSatisfy(stage -> assertThat(readBatch("\"zero_optimization\": {\"stage\": " + stage + "}"))
                        .satisfies(draft -> {
                            assertThat(draft.find("job.software")).contains("megatron-core-2024");
                            assertThat(draft.yaml()).contains("the same at every stage");
                        }));
    }

    /** runtime/engine.py, communication_data_type: what is stated, else the format of fp16 or bf16. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "\"bf16\": {\"enabled\": true}, \"communication_data_type\": \"fp32\" | fp32",
                "\"bf16\": {\"enabled\": true}, \"communication_data_type\": \"BFP16\" | bf16",
                "\"fp16\": {\"enabled\": true}, \"communication_data_type\": null | fp16",
                "\"bf16\": {\"enabled\": true} | bf16",
                "\"bf16\": {\"enabled\": \"auto\"} | bf16",
                "\"torch_autocast\": {\"enabled\": true, \"dtype\": \"bfloat16\"} | none",
                "\"steps_per_print\": 10 | none",
            })
    void theFormatInWhichGradientsTravel(String keys, String format) {
        assertThat(readBatch(keys).find("job.parallel.gradient-reduction")).isEqualTo(Optional.ofNullable(format));
    }

    @Test
    void aFormatInWhichNothingTravelsIsRefused() {
        assertThatThrownBy(() -> readBatch("\"communication_data_type\": \"fp8\""))
                .hasMessageContaining("communication_data_type is fp16, bf16 or fp32, not 'fp8'");
    }

    /** A bucket is of elements, so its bytes follow from the format in which they travel. */
    @Test
    void bucketsHaveTheFormatOfTheExchange() {
        String zero = "\"zero_optimization\": {\"stage\": 1, \"overlap_comm\": true, \"reduce_bucket_size\": 300}";

        assertThat(readBatch("\"bf16\": {\"enabled\": true}, \"communication_data_type\": \"fp32\", " + zero)
                        .find("job.parallel.gradient-bucket"))
                .contains("1200 B");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"stage\": 1, \"offload_param\": {\"device\": \"cpu\"}} | offload_param.device counts from stage 3 on, and the stage is 1",
                "{\"stage\": 0, \"offload_optimizer\": {\"device\": \"cpu\"}} | offload_optimizer.device counts from stage 1 on, and the stage is 0",
                "{\"stage\": 2, \"offload_optimizer\": {\"device\": \"nvme\"}} | offload_optimizer.device counts from stage 3 on, and the stage is 2",
                "{\"stage\": \"auto\", \"cpu_offload\": true} | cpu_offload counts from stage 1 on, and the trainer decides the stage",
            })
    void whatIsMovedAtAStageThatDoesNotMoveItIsWarnedOf(String zero, String warning) {
        assertThat(readBatch("\"zero_optimization\": " + zero).log().warnings())
                .extracting(Problem::message)
                .containsExactly("zero_optimization." + warning);
    }

    /** Pydantic takes 3.0 for the stage 3. */
    @ParameterizedTest
    @ValueSource(strings = {"3", "3.0", "\"3\""})
    void aStageMayBeWrittenAsAFraction(String stage) {
        Draft draft = readBatch("\"zero_optimization\": {\"stage\": " + stage
                + ", \"offload_param\": {\"device\": \"cpu\"}, \"mics_shard_size\": 8}");

        assertThat(draft.find("job.parallel.zero")).contains("3");
        assertThat(draft.find("job.parallel.offload-parameters")).contains("cpu");
        assertThat(draft.find("job.parallel.shard-group")).contains("8");
    }

    @ParameterizedTest
    @CsvSource({
        "3, zero_quantized_weights, true, 1",
        "3, zero_quantized_weights, false, 0",
        "2, zero_quantized_weights, true, 0",
        "3, zero_quantized_gradients, true, 1",
        "3, zero_hpz_partition_size, 8, 1",
        "3, zero_hpz_partition_size, 1, 0",
        "1, zero_hpz_partition_size, 8, 0",
    })
    void exchangesThatZeroPlusPlusSavesAreWarnedOf(int stage, String key, String value, int warnings) {
        assertThat(readBatch("\"zero_optimization\": {\"stage\": " + stage + ", \"" + key + "\": " + value + "}")
                        .log()
                        .warnings())
                .hasSize(warnings)
                .allSatisfy(warning -> assertThat(warning.message()).contains("of which " + key + " saves a part"));
    }

    @ParameterizedTest
    @CsvSource({"True, write true", "FALSE, write false", "1, write true or false", "yes, write true or false"})
    void aFlagThatIsNoneNamesTheNearest(String flag, String hint) {
        assertThatThrownBy(() -> readBatch("\"bf16\": {\"enabled\": " + flag + "}"))
                .isInstanceOfSatisfying(
                        ScenarioException.class,
                        refused -> assertThat(refused.problems().get(0).hint()).isEqualTo(hint));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"trian_batch\": 2 | did you mean 'train_batch_size'?",
                "\"zero_hpz_partition_size\": 8 | it is a key of zero_optimization",
                "\"zero_optimization\": {\"stage\": 1, \"gradient_clipping\": 1} | it is a key of the top level",
                "\"pin_memory\": true | ''",
                "\"cheese\": 1 | ''",
            })
    void keysThatDeepSpeedHasNotOrElsewhereAreWarnedOf(String keys, String hint) {
        Draft draft = readBatch(keys);

        assertThat(draft.log().warnings()).extracting(Problem::hint).containsExactly(hint);
        assertThat(draft.log().lines()).anyMatch(line -> line.detail().equals("no key of DeepSpeed; see the warning"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"_comment\": \"ours\"", "\"//\": 1", "\"$schema\": \"x\"", "\"comment\": \"a run\""})
    void notesAreNoMistakes(String note) {
        assertThat(readBatch(note).log().warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"model_type\": \"gpt2\", \"n_layer\": 48 | import huggingface reads it",
                "\"num_blocks\": 96, \"hidden\": 12288 | import calculon reads it",
                "\"apiVersion\": \"v1\", \"kind\": \"ResourceQuota\" | import kubernetes reads it",
                "\"learning_rate\": 1 | such as train_batch_size",
            })
    void aFileOfAnotherToolIsRefused(String keys, String hint) {
        assertThatThrownBy(() -> read(keys)).isInstanceOfSatisfying(ScenarioException.class, refused -> {
            assertThat(refused.problems().get(0).message()).isEqualTo("this is no DeepSpeed configuration");
            assertThat(refused.problems().get(0).hint()).contains(hint);
        });
    }

    /** State of torch.optim.SGD: none, or a buffer of momentum; a scenario has two moments for every parameter. */
    @ParameterizedTest
    @CsvSource({"AdamW, false", "FusedAdam, false", "OneBitLamb, false", "SGD, true", "lion, true", "Sophia, true"})
    void anOptimizerWithOtherStateThanAdamIsWarnedOf(String type, boolean warned) {
        Draft draft = readBatch("\"optimizer\": {\"type\": \"" + type + "\", \"params\": {\"lr\": 1}}");

        assertThat(draft.log().tellsOf("optimizer.type")).isTrue();
        assertThat(draft.log().warnings())
                .hasSize(warned ? 1 : 0)
                .allSatisfy(warning -> assertThat(warning.message())
                        .startsWith("the scenario has Adam, which keeps 8 bytes a parameter of moments; " + type));
    }
}
