package trainyard.scenario.importing.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trainyard.scenario.importing.kind.MegatronScript.COMMAND;
import static trainyard.scenario.importing.kind.MegatronScript.lines;
import static trainyard.scenario.importing.kind.MegatronScript.read;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.source.SourceText;

/** Flags by which data-parallel ranks share weights, gradients and optimizer states, and when they exchange them. */
class MegatronShardingFlagsTest {

    @ParameterizedTest
    @CsvSource({
        "--use-torch-fsdp2, 3",
        "--use-megatron-fsdp --data-parallel-sharding-strategy optim_grads --use-distributed-optimizer, 2",
        "--use-custom-fsdp --data-parallel-sharding-strategy optim_grads_params, 3",
        "--use-megatron-fsdp, 0",
        "--use-distributed-optimizer --data-parallel-sharding-strategy no_shard, 1",
        "--use-distributed-optimizer --zero-stage 3, 1",
        "--deepspeed --zero-stage 3 --use-distributed-optimizer, 3",
    })
    void whatDataParallelRanksShard(String flags, String zero) {
        Draft draft = read("--bf16 " + flags);

        assertThat(draft.find("job.parallel.zero")).contains(zero);
        assertThat(flags.split(" ")).filteredOn(word -> word.startsWith("--")).allMatch(draft.log()::tellsOf);
        assertThat(draft.log().warnings()).isEmpty();
    }

    /**
     * Megatron-Core, DistributedDataParallelConfig: without overlap_grad_reduce one call at the end, also of the distributed
     * optimizer; ranks that shard gradients reduce layer by layer, and DeepSpeed has a key of its own.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "--bf16 | false",
                "--use-distributed-optimizer | false",
                "--use-distributed-optimizer --tensor-model-parallel-size 8 | false",
                "--context-parallel-size 2 --tensor-model-parallel-size 8 | false",
                "--use-megatron-fsdp --data-parallel-sharding-strategy optim | false",
                "--use-distributed-optimizer --overlap-grad-reduce --overlap-param-gather | none",
                "--use-megatron-fsdp --data-parallel-sharding-strategy optim_grads | none",
                "--use-torch-fsdp2 | none",
                "--deepspeed --zero-stage 1 | none",
                "--tensor-model-parallel-size 8 --pipeline-model-parallel-size 2 | none",
            })
    void gradientsAreReducedAfterTheLastPassUnlessAFlagOverlapsThem(String flags, String overlap) {
        Draft draft = read(flags);

        assertThat(draft.find("job.parallel.gradient-overlap")).isEqualTo(Optional.ofNullable(overlap));
        assertThat(lines(draft, Fate.INFERRED)
                        .contains("job.parallel.gradient-overlap: false, no --overlap-grad-reduce"))
                .isEqualTo(overlap != null);
    }

    /** PyTorch, fully_shard: without resharding after the forward pass, weights stay until the backward pass is done. */
    @Test
    void weightsOfFsdp2MayStayForTheBackwardPass() {
        assertThat(read("--use-torch-fsdp2 --torch-fsdp2-no-reshard-after-forward")
                        .find("job.parallel.reshard"))
                .contains("after-backward");
        assertThat(read("--use-torch-fsdp2 --use-distributed-optimizer").log().warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message())
                        .isEqualTo("--use-torch-fsdp2 does not go with --use-distributed-optimizer"));
        assertThat(read("--use-megatron-fsdp --data-parallel-sharding-strategy optim_grad")
                        .log()
                        .warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.hint()).contains("did you mean 'optim_grads'?"));
    }

    /** Megatron-Core, parallel_state.py: the data-parallel ranks, those of a sequence counted, are parted into as many groups. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "--use-distributed-optimizer --num-distributed-optimizer-instances 2 | 8",
                "--use-distributed-optimizer --num-distributed-optimizer-instances 2 --tensor-model-parallel-size 2 | 4",
                "--use-distributed-optimizer --num-distributed-optimizer-instances 2 --context-parallel-size 2 | 8",
                "--use-megatron-fsdp --data-parallel-sharding-strategy optim_grads_params --num-distributed-optimizer-instances 4 | 4",
                "--use-distributed-optimizer --num-distributed-optimizer-instances 1 | none",
                "--num-distributed-optimizer-instances 2 | none",
                "--use-torch-fsdp2 --num-distributed-optimizer-instances 2 | none",
            })
    void copiesOfWhatRanksShare(String flags, String group) {
        Draft draft = read("--bf16 " + flags);

        assertThat(draft.find("job.parallel.shard-group")).isEqualTo(Optional.ofNullable(group));
        assertThat(draft.log().tellsOf("--num-distributed-optimizer-instances")).isTrue();
        assertThat(draft.log().warnings()).isEmpty();
    }

    @Test
    void copiesThatTheRanksDoNotFillAreRefused() {
        assertThatThrownBy(() -> read("--use-distributed-optimizer --num-distributed-optimizer-instances 3"))
                .hasMessageContaining("16 data-parallel ranks do not divide into 3 copies");
        String open = COMMAND.replace("--nnodes 2", "")
                + "--use-distributed-optimizer --num-distributed-optimizer-instances 2\n";
        assertThat(ImportKind.MEGATRON
                        .read(List.of(new SourceText("train.sh", open)), Target.none())
                        .log()
                        .warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.hint()).startsWith("--gpus N does"));
    }
}
