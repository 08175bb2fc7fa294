package trainyard.scenario.importing.megatron;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.importing.kind.ImportKind;
import trainyard.scenario.source.SourceText;

/** Directives of Slurm that say how many GPUs a job has (sbatch(1), "OPTIONS"). */
class SlurmGpusTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-N 2; --gres=gpu:a100:4 | 2 | 4",
                "-N 2; --gpus-per-node=a100:4 | 2 | 4",
                "--nodes=2; --gpus=8 | 2 | 4",
                "--nodes=2; -G 8 | 2 | 4",
                "--nodes=2; --gpus-per-task=1; --ntasks-per-node=4 | 2 | 4",
                "--nodes=2; --gpus-per-task=1; --ntasks=8 | 2 | 4",
                "--nodes=2; --gpus-per-task=4 | 2 | 4",
                "--gpus=16 | 2 | none",
            })
    void saysHowManyGpusANodeHas(String directives, String nodes, String gpus) {
        String script = "#SBATCH " + directives.replace("; ", "\n#SBATCH ")
                + "\nsrun python pretrain_gpt.py --num-layers 40 --hidden-size 1024 --num-attention-heads 16 --seq-length 2048"
                + " --micro-batch-size 1 --global-batch-size 16\n";
        Draft draft = ImportKind.MEGATRON.read(List.of(new SourceText("train.sh", script)), Target.none());

        assertThat(draft.find("cluster.nodes")).contains(nodes);
        assertThat(draft.find("cluster.node.gpus").orElse("none")).isEqualTo(gpus);
    }
}
