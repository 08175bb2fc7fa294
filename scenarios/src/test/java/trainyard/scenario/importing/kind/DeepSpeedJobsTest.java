package trainyard.scenario.importing.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trainyard.scenario.importing.kind.Samples.deepSpeed;
import static trainyard.scenario.importing.kind.Samples.details;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.plan.Offload;
import trainyard.parallel.plan.OffloadTarget;
import trainyard.parallel.plan.Recompute;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.ImportLog;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/** Configurations of DeepSpeed become jobs with the sharding, formats and exchanges that they state. */
class DeepSpeedJobsTest {

    /**
     * DeepSpeedExamples, bing_bert/1-bit_lamb: signs are exchanged once the warm-up is over; with ZeRO the scenario has no such exchange.
     */
    @Test
    void optimizersOfOneBitExchangeSigns() {
        String file = "{\"train_batch_size\": 64, \"fp16\": {\"enabled\": true},"
                + " \"optimizer\": {\"type\": \"OneBitLamb\", \"params\": {\"freeze_step\": 1000}}";
        Draft signs = deepSpeed(file + "}", Samples.gpus(16));
        Draft sharded = deepSpeed(file + ", \"zero_optimization\": {\"stage\": 1}}", Samples.gpus(16));

        assertThat(signs.find("job.parallel.compression")).contains("one-bit");
        assertThat(Samples.job(signs).cluster().gpus()).isEqualTo(16);
        assertThat(sharded.find("job.parallel.compression")).isEmpty();
        assertThat(sharded.log().warnings())
                .extracting(Problem::message)
                .anyMatch(text -> text.startsWith("OneBitLamb exchanges signs"));
    }

    @Test
    void degreesOfDeepSpeedsOwnParallelism() {
        Draft tensor = Samples.read(ImportKind.DEEPSPEED, Samples.gpus(32), "autotp-zero2.json");
        Draft experts = Samples.read(ImportKind.DEEPSPEED, Samples.gpus(32), "autoep-zero1.json");

        assertThat(Samples.job(tensor).plan().tensor()).isEqualTo(4);
        assertThat(Samples.job(tensor).plan().data()).isEqualTo(8);
        assertThat(experts.find("job.parallel.expert")).contains("8");
        assertThat(experts.find("job.batch.micro")).contains("2 sequences");
    }

    @ParameterizedTest
    @CsvSource({
        "megatron-gpt2-zero2.json, 64, 64, 1536, 8, fp16, 2",
        "zero-infinity.json,       16, 16, 64,   4, fp16, 3",
        "autotuning-zero3.json,    8,  8,  8,    1, fp16, 3",
        "ds_config.json,            32, 32, 512,  1, fp16, 3",
        "ds_config.json,            16, 16, 512,  2, fp16, 3",
        "zenflow-zero2.json,        32, 32, 32,   1, bf16, 2",
    })
    void configurationsOfDeepSpeed(
            String name, int gpus, int data, int global, int micro, String precision, String zero) {
        Draft draft = Samples.read(ImportKind.DEEPSPEED, Samples.gpus(gpus), name);
        TrainingJob job = Samples.job(draft);

        assertThat(job.cluster().gpus()).isEqualTo(gpus);
        assertThat(job.plan().data()).isEqualTo(data);
        assertThat(job.batch().global()).isEqualTo(global);
        assertThat(job.batch().micro()).isEqualTo(micro);
        assertThat(draft.find("job.precision")).contains(precision);
        assertThat(draft.find("job.parallel.zero")).contains(zero);
        // The example of ZeRO-Infinity itself has a misspelt key.
        assertThat(draft.log().warnings())
                .allSatisfy(warning -> assertThat(warning.message()).contains("'stage3_param_persitance_threshold'"))
                .hasSize(name.equals("zero-infinity.json") ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"zero-infinity.json, NVME, NVME", "ds_config.json, CPU, CPU", "megatron-gpt2-zero2.json, NONE, NONE"})
    void whatDeepSpeedOffloads(String name, OffloadTarget optimizer, OffloadTarget parameters) {
        Offload offload = Samples.job(Samples.read(ImportKind.DEEPSPEED, Samples.gpus(32), name))
                .plan()
                .offload();

        assertThat(offload).isEqualTo(new Offload(optimizer, parameters, OffloadTarget.NONE));
    }

    /** MiCS shards within groups and keeps a copy in each. */
    @Test
    void groupsOfMicsAreThoseOfHybridSharding() {
        String config = """
                {"train_micro_batch_size_per_gpu": 1, "zero_optimization": {"stage": 3, "mics_shard_size": 16}}
                """;
        Draft draft = ImportKind.DEEPSPEED.read(List.of(new SourceText("ds.json", config)), Samples.gpus(64));

        assertThat(draft.find("job.parallel.shard-group")).contains("16");
    }

    @Test
    void checkpointsOfDeepSpeedMayLieOnTheHost() {
        String config = """
                {"train_micro_batch_size_per_gpu": 1, "zero_optimization": {"stage": 2, "cpu_offload": true,
                 "offload_param": {"device": "cpu"}}, "activation_checkpointing": {"cpu_checkpointing": true}}
                """;
        Draft draft = ImportKind.DEEPSPEED.read(List.of(new SourceText("ds.json", config)), Samples.gpus(8));

        assertThat(Samples.job(draft).plan().offload())
                .isEqualTo(new Offload(OffloadTarget.CPU, OffloadTarget.NONE, OffloadTarget.CPU));
        assertThat(Samples.job(draft).plan().recompute()).isEqualTo(Recompute.FULL);
        assertThat(draft.log().lines())
                .anyMatch(line ->
                        line.fate() == ImportLog.Fate.IGNORED && line.detail().equals("needs stage 3"));
    }

    @Test
    void whatIsLeftToTheTrainerIsSaid() {
        Draft draft = Samples.read(ImportKind.DEEPSPEED, Samples.gpus(8), "autotuning-zero3.json");

        assertThat(draft.log().lines())
                .anyMatch(line ->
                        line.fate() == ImportLog.Fate.OPEN && line.subject().equals("train_micro_batch_size_per_gpu"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"torch_autocast\": {\"enabled\": true, \"dtype\": \"bfloat16\"}, \"bf16\": {\"enabled\": false} | bf16",
                "\"torch_autocast\": {\"enabled\": true, \"dtype\": \"torch.float16\"} | fp16",
                "\"torch_autocast\": {\"enabled\": true} | fp16",
                "\"torch_autocast\": {\"enabled\": false, \"dtype\": \"bfloat16\"} | fp32",
                "\"torch_autocast\": {\"enabled\": true, \"dtype\": \"float16\"}, \"bf16\": {\"enabled\": true} | bf16",
            })
    void productsOfDeepSpeedMayHaveAnotherFormat(String keys, String precision) {
        Draft draft = deepSpeed("{\"train_batch_size\": 8, " + keys + "}", Samples.gpus(8));

        assertThat(draft.find("job.precision")).contains(precision);
        assertThat(draft.log().warnings()).isEmpty();
    }

    @Test
    void formatsThatDoNotExistNameTheNearest() {
        assertThatThrownBy(() -> deepSpeed(
                        "{\"train_batch_size\": 8, \"torch_autocast\": {\"enabled\": true, \"dtype\": \"bflot16\"}}",
                        Samples.gpus(8)))
                .isInstanceOfSatisfying(ScenarioException.class, refused -> {
                    assertThat(refused.problems().get(0).message())
                            .isEqualTo("torch_autocast.dtype is a format of 16 or 32 bits, not 'bflot16'");
                    assertThat(refused.problems().get(0).hint()).contains("did you mean 'bfloat16'?");
                });
    }

    /** Keys of DeepSpeed's runtime/config.py that have no part are not taken for slips of others. */
    @Test
    void keysOfTheTopLevelAreKnown() {
        for (String key : List.of("compile", "nebula", "timers", "comet", "data_parallel_size", "log_level")) {
            Draft draft = deepSpeed("{\"train_batch_size\": 8, \"" + key + "\": 1}", Samples.gpus(8));

            assertThat(draft.log().warnings()).isEmpty();
            assertThat(details(draft)).doesNotContain("no part of a scenario");
        }
    }

    /** overlap_comm is off unless it is asked for, but at stage 3 (runtime/zero/config.py). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "\"stage\": 1 | false",
                "\"stage\": 1, \"overlap_comm\": false | false",
                "\"stage\": 1, \"overlap_comm\": true | true",
                "\"stage\": 0 | false",
                "\"stage\": 2, \"overlap_comm\": true | true",
                "\"stage\": 2 | false",
                "\"stage\": \"auto\" | none",
                "\"stage\": 1, \"overlap_comm\": \"auto\" | none",
                "\"stage\": 3 | none",
                "\"stage\": 3, \"overlap_comm\": false | false",
            })
    void gradientsOfDeepSpeedAreReducedBesideTheBackwardPassWhereAsked(String keys, String overlap) {
        Draft draft = deepSpeed(
                "{\"train_batch_size\": 8, \"bf16\": {\"enabled\": true}, \"zero_optimization\": {" + keys + "}}",
                Samples.gpus(8));

        assertThat(draft.find("job.parallel.gradient-overlap")).isEqualTo(Optional.ofNullable(overlap));
        Samples.job(draft);
    }

    /** runtime/zero/config.py: elements, not bytes; gradients that are sharded are priced layer by layer. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "1 | 2e8 | bf16 | 400000000 B",
                "1 | 2e8 | fp16 | 400000000 B",
                "1 | 300 | fp32 | 1200 B",
                "1 | 2e9 | bf16 | 4000000000 B",
                "1 | 1.5e8 | bf16 | 300000000 B",
                "1 | \"auto\" | bf16 | none",
                "2 | 2e8 | bf16 | none",
                "3 | 2e8 | bf16 | none",
                "0 | 2e8 | bf16 | none",
            })
    void gradientsOfDeepSpeedAreReducedInBuckets(int stage, String elements, String format, String bucket) {
        String zero = "\"zero_optimization\": {\"stage\": " + stage
                + ", \"overlap_comm\": true, \"reduce_bucket_size\": " + elements + "}";
        Draft draft = deepSpeed(
                "{\"train_batch_size\": 8, \"" + format + "\": {\"enabled\": true}, " + zero + "}", Samples.gpus(8));

        assertThat(draft.find("job.parallel.gradient-bucket")).isEqualTo(Optional.ofNullable(bucket));
        assertThat(draft.log().tellsOf("zero_optimization.reduce_bucket_size")).isTrue();
        assertThat(details(draft)).doesNotContain("the software profile says how exchanges are cut and overlapped");
        if (bucket != null) {
            Samples.job(draft);
        }
    }
}
