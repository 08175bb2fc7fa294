package trainyard.scenario.verify.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.scenario.verify.RowSkipped;
import trainyard.sim.csv.CsvTable;

class RowPrecisionTest {

    @TempDir
    private Path folder;

    private RowCells row(String precision, String framework) {
        Path file = folder.resolve("rows.csv");
        String text = "id,precision,framework\n1," + precision + "," + framework + "\n";
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RowCells(CsvTable.read(file).rows().get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "bf16, Megatron-LM, bf16",
        "amp_bf16, Composer FSDP, bf16",
        "FP16, Megatron-LM, fp16",
        "fp8, NeMo 24.07, fp8-delayed",
        "amp_fp8, Composer FSDP, fp8-delayed",
        "FP8, Megatron-Bridge/Megatron-Core, fp8",
        "FP8 (not listed per row), Megatron-Bridge/Megatron-Core, fp8",
        "FP8-CS (FP8-MX), Megatron-Bridge/Megatron-Core, fp8",
        "FP8-DS, Megatron-Bridge/Megatron-Core, fp8-delayed",
        "FP8-SC, Megatron-Bridge/Megatron-Core, fp8-block",
        "FP8-MX, Megatron-Bridge/Megatron-Core, mxfp8",
        "MXFP8, Megatron-Bridge/Megatron-Core, mxfp8",
        "NVFP4, Megatron-Bridge/Megatron-Core, nvfp4"
    })
    void readsTheWordsOfTheSources(String words, String framework, String recipe) {
        assertThat(RowPrecision.of(row(words, framework)).name()).isEqualTo(recipe);
    }

    @Test
    void skipsWhatIsNotBuiltOrStated() {
        assertThatThrownBy(() -> RowPrecision.of(row("int8", "DeepSpeed")))
                .isInstanceOf(RowSkipped.class)
                .hasMessageContaining("int8");
        assertThatThrownBy(() -> RowPrecision.of(row("", "DeepSpeed"))).isInstanceOf(RowSkipped.class);
    }
}
