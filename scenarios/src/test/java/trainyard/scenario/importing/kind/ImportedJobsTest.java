package trainyard.scenario.importing.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.sim.hardware.ClusterSpec;

/** Configurations of DeepSpeed and Calculon become jobs with the degrees, batch and model that their authors state. */
class ImportedJobsTest {

    @Test
    void degreesOfDeepSpeedsOwnParallelism() {
        Draft tensor = Samples.read(ImportKind.DEEPSPEED, Samples.gpus(32), "autotp-zero2.json");
        Draft experts = Samples.read(ImportKind.DEEPSPEED, Samples.gpus(32), "autoep-zero1.json");

        assertThat(Samples.job(tensor).plan().tensor()).isEqualTo(4);
        assertThat(Samples.job(tensor).plan().data()).isEqualTo(8);
        assertThat(experts.find("job.parallel.expert")).contains("8");
        assertThat(experts.find("job.batch.micro")).contains("2 sequences");
    }

    /** Degrees and batch of the execution files; parameters of the models: 175, 530 and 1,008 billion (Narayanan et al. 2021). */
    @ParameterizedTest
    @CsvSource({
        "gpt3-175B.json,   gpt3-175B_full.json,            64,   8, 8,  1,  64,   1, full,      false, 175",
        "megatron-1T.json, megatron-1T_seqsel.json,        512,  8, 64, 1,  512,  1, selective, true,  1008",
        "megatron-1T.json, 3072_t4_p64_d12_mbs4_full.json, 3072, 4, 64, 12, 3072, 4, full,      true,  1008",
        "turing-530B.json, turing-530B_seqsel.json,        280,  8, 35, 1,  280,  1, selective, true,  530",
    })
    void filesOfCalculon(
            String application,
            String execution,
            int gpus,
            int tensor,
            int pipeline,
            int data,
            int global,
            int micro,
            String recompute,
            boolean sequenceParallel,
            double billions) {
        Draft draft = Samples.read(ImportKind.CALCULON, Target.none(), application, execution, "a100_80g.json");
        TrainingJob job = Samples.job(draft);

        assertThat(job.cluster().gpus()).isEqualTo(gpus);
        assertThat(job.plan().tensor()).isEqualTo(tensor);
        assertThat(job.plan().pipeline()).isEqualTo(pipeline);
        assertThat(job.plan().data()).isEqualTo(data);
        assertThat(job.batch().global()).isEqualTo(global);
        assertThat(job.batch().micro()).isEqualTo(micro);
        assertThat(draft.find("job.recompute")).contains(recompute);
        assertThat(job.plan().sequenceParallel()).isEqualTo(sequenceParallel);
        assertThat(job.model().parameters() / 1e9).isCloseTo(billions, within(0.01 * billions));
        assertThat(job.cluster().node().gpu().memoryBytesPerSecond()).isEqualTo(2048e9);
        assertThat(job.cluster().node().nics()).isEqualTo(8);
    }

    @Test
    void theH100SystemOfCalculon() {
        Draft draft = Samples.read(
                ImportKind.CALCULON,
                Target.none(),
                "turing-530B.json",
                "turing-530B_seqsel.json",
                "h100_80g_nvl8.json");
        ClusterSpec cluster = Samples.job(draft).cluster();

        assertThat(cluster.node().gpu().memoryBytesPerSecond()).isEqualTo(3072e9);
        assertThat(cluster.node().gpus()).isEqualTo(8);
        assertThat(draft.find("cluster.node.nic-bandwidth")).contains("50 GB/s");
    }

    /** An execution states how tensor ranks exchange even where there is one; a scenario takes no such word. */
    @Test
    void oneTensorRankOfCalculonExchangesNothing() {
        String execution = """
                {"num_procs": 8, "tensor_par": 1, "pipeline_par": 1, "data_par": 8, "batch_size": 8, "microbatch_size": 1,
                 "datatype": "bfloat16", "tensor_par_comm_type": "rs_ag"}
                """;
        Draft draft = ImportKind.CALCULON.read(List.of(new SourceText("exe.json", execution)), Target.none());

        assertThat(draft.find("job.parallel.sequence-parallel")).isEmpty();
        assertThat(draft.log().lines())
                .filteredOn(line -> line.subject().equals("tensor_par_comm_type"))
                .singleElement()
                .satisfies(line -> assertThat(line.fate()).isEqualTo(Fate.IGNORED));
    }

    /** calculon/llm/llm.py, Execution. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            nullValues = "-",
            value = {
                "'attention_type': 'multiquery', job.model.kv-heads, 1",
                "'attention_type': 'multihead', job.model.kv-heads, -",
                "'data_par_overlap': false, job.parallel.gradient-overlap, false",
                "'data_par_overlap': true, job.parallel.gradient-overlap, true",
                "'tensor_par_overlap': 'none', job.parallel.tensor-overlap, none",
                "'tensor_par_overlap': 'ring', job.parallel.tensor-overlap, pipelined",
                "'tensor_par_overlap': 'ring'; 'tensor_par_comm_type': 'ar', job.parallel.tensor-overlap, -",
                "'tensor_par_overlap': 'pipe'; 'tensor_par': 1; 'num_procs': 8, job.parallel.tensor-overlap, -",
                "'data_par_overlap': false; 'data_par': 1; 'num_procs': 4, job.parallel.gradient-overlap, -",
            })
    void headsAndOverlapOfCalculon(String keys, String path, String value) {
        Draft draft = calculon(keys);

        assertThat(draft.find(path)).isEqualTo(Optional.ofNullable(value));
        assertThat(draft.log().warnings()).isEmpty();
        Samples.job(draft);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'num_procs': 64 | num_procs is 64, and tensor_par 4 x pipeline_par 1 x data_par 8 is 32",
                "'tensor_par': 1000000000; 'pipeline_par': 1000000000; 'data_par': 1000000000 | is 1000000000000000000000000000",
                "'attention_type': 'multiqery' | attention_type is none of multihead multiquery",
                "'tensor_par_overlap': true | tensor_par_overlap is none of none pipe ring",
            })
    void whatCalculonRefuses(String keys, String message) {
        assertThatThrownBy(() -> calculon(keys)).hasMessageContaining(message);
    }

    /** An execution of 32 processors with other values for some keys, and an application. */
    private static Draft calculon(String keys) {
        Map<String, String> values = new LinkedHashMap<>();
        String all = "'num_procs': 32; 'tensor_par': 4; 'pipeline_par': 1; 'data_par': 8; 'batch_size': 8;"
                + " 'microbatch_size': 1; 'datatype': 'bfloat16'; 'tensor_par_comm_type': 'rs_ag'; " + keys;
        for (String pair : all.split("; ?")) {
            values.put(pair.split(": ")[0], pair.split(": ")[1]);
        }
        String execution = values.toString().replace('=', ':').replace('\'', '"');
        String application = """
                {"hidden": 4096, "feedforward": 16384, "seq_size": 2048, "attn_heads": 32, "attn_size": 128, "num_blocks": 32}
                """;
        return ImportKind.CALCULON.read(
                List.of(new SourceText("exe.json", execution), new SourceText("app.json", application)), Target.none());
    }

    /** What Calculon moves to its second memory; states and weights leave a GPU of a scenario only where ranks share them. */
    @ParameterizedTest
    @CsvSource({"true, CPU, 1", "false, NONE, 2"})
    void whatCalculonOffloads(boolean sharded, OffloadTarget optimizer, int warnings) {
        String execution = """
                {"num_procs": 8, "tensor_par": 1, "pipeline_par": 1, "data_par": 8, "batch_size": 8, "microbatch_size": 1,
                 "datatype": "bfloat16", "activations_offload": true, "optimizer_offload": true, "weight_offload": true,
                 "optimizer_sharding": %s}
                """.formatted(sharded);
        Draft draft = ImportKind.CALCULON.read(List.of(new SourceText("exe.json", execution)), Target.none());

        assertThat(Samples.job(draft).plan().offload())
                .isEqualTo(new Offload(optimizer, OffloadTarget.NONE, OffloadTarget.CPU));
        assertThat(draft.log().warnings())
                .hasSize(warnings)
                .allSatisfy(warning -> assertThat(warning.message()).startsWith("the scenario keeps on the GPU what "));
    }

    /** Calculon looks for the rate under the name of the data type. */
    @Test
    void theRateOfBfloat16IsThatOfTheGpu() {
        String system = """
                {"matrix": {"bfloat16": {"tflops": 500, "gflops_efficiency": {"4": 0.8}}}, "mem1": {"GiB": 80, "GBps": 3000}, "networks": [
                 {"size": 8, "bandwidth": 450, "latency": 1e-5}, {"size": 64, "bandwidth": 50, "latency": 2e-5}]}
                """;
        String execution = """
                {"num_procs": 8, "tensor_par": 8, "pipeline_par": 1, "data_par": 1, "batch_size": 8, "microbatch_size": 1,
                 "datatype": "bfloat16"}
                """;
        String application = """
                {"hidden": 4096, "feedforward": 16384, "seq_size": 2048, "attn_heads": 32, "attn_size": 128, "num_blocks": 32}
                """;
        Draft draft = ImportKind.CALCULON.read(
                List.of(
                        new SourceText("app.json", application),
                        new SourceText("exe.json", execution),
                        new SourceText("system.json", system)),
                Target.none());

        assertThat(draft.find("cluster.node.gpu.peak-fp16")).contains("500 TFLOP/s");
        assertThat(draft.find("cluster.network.latency")).contains("2e-5 s");
        assertThat(Samples.job(draft).cluster().fabric().latencySeconds()).isEqualTo(2e-5);
        assertThat(draft.log().lines())
                .filteredOn(line -> line.subject().equals("networks.0.latency"))
                .singleElement()
                .satisfies(line -> assertThat(line.detail()).contains("costs of their own"));
        assertThat(draft.log().tellsOf("matrix.bfloat16.gflops_efficiency")).isTrue();
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

    private static Draft deepSpeed(String text, Target target) {
        return ImportKind.DEEPSPEED.read(List.of(new SourceText("ds.json", text)), target);
    }

    private static List<String> details(Draft draft) {
        return draft.log().lines().stream().map(ImportLog.Line::detail).toList();
    }
}
