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
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.source.SourceText;
import trainyard.sim.hardware.ClusterSpec;

/** Files of Calculon become jobs with the degrees, batch, model and machine that their authors state. */
class ImportedCalculonTest {

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

    /** 512 GiB for each of 8 GPUs are 4,096 GiB of a server; Calculon's rate is that of one GPU already. */
    @Test
    void theSecondMemoryOfCalculonIsThatOfTheHost() {
        String execution = """
                {"num_procs": 8, "tensor_par": 1, "pipeline_par": 1, "data_par": 8, "batch_size": 8, "microbatch_size": 1,
                 "datatype": "bfloat16"}
                """;
        String system = """
                {"mem1": {"GiB": 80, "GBps": 2048}, "mem2": {"GiB": 512, "GBps": 100},
                 "networks": [{"bandwidth": 300, "size": 8}, {"bandwidth": 25, "size": 65536}]}
                """;
        Draft draft = ImportKind.CALCULON.read(
                List.of(new SourceText("exe.json", execution), new SourceText("system.json", system)), Target.none());

        assertThat(draft.find("cluster.node.host-memory")).contains("4096 GiB");
        assertThat(draft.find("cluster.node.pcie-bandwidth")).contains("100 GB/s");
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
}
