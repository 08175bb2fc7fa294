package trainyard.scenario.verify.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.transformer.PositionEncoding;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.scenario.verify.RowSkipped;
import trainyard.sim.csv.CsvTable;

/** Rows as the published tables write them, by family. */
class RowModelTest {

    private static final String HEADER =
            "model,family,params_b,layers,hidden,ffn,heads,kv_heads,seq,vocab,experts,topk,framework,notes,source,fabric";

    @TempDir
    private Path directory;

    private Model model(String row) {
        return model(row + ",,", 1);
    }

    private Model model(String row, int tensor) {
        Path file = directory.resolve("rows.csv");
        try {
            Files.write(file, List.of(HEADER, row));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return RowModel.of(new RowCells(CsvTable.read(file).rows().get(0)), tensor);
    }

    private static void assertBillions(Model model, double billions, double tolerance) {
        assertThat(model.parameters() / 1e9).isCloseTo(billions, within(tolerance));
    }

    @Test
    void mixturesTakeFromThePresetWhatNoColumnTells() {
        Model qwen = model("qwen3-235b-a22b,moe,235,94,4096,1536,64,4,4096,151936,128,8,Megatron-Core MoE,");
        Model deepSeek = model(
                "deepseek-v3,moe-mla,671,61,7168,18432,128,128,4096,129280,256,8,Megatron-Bridge,DeepSeekV3 (w/o MTP)");
        Model predicting =
                model("deepseek-v3,moe-mla,671,61,7168,18432,128,128,4096,129280,256,8,Megatron-Bridge,DeepSeekV3");

        assertBillions(qwen, 235, 0.5);
        assertBillions(deepSeek, 671, 0.1);
        assertThat(predicting.layers()).hasSize(deepSeek.layers().size() + 2);
    }

    @Test
    void mixturesWithoutAPresetFollowTheColumns() {
        assertBillions(model("mine,moe,,32,4096,14336,32,8,4096,32000,8,2,,"), 46.7, 0.05);
        assertThatThrownBy(() -> model("mine,moe-mla,,61,7168,2048,128,128,4096,129280,256,8,,"))
                .isInstanceOf(RowSkipped.class)
                .hasMessageContaining("latent attention");
    }

    /** llm-foundry prints the parameters of each run: those of a table of positions as long as the sequence. */
    @Test
    void mptLearnsItsPositions() {
        Model model = model(
                "mpt-13b,\"gpt(MPT, ALiBi/learned pos, flash attn)\",13.0112,40,5120,20480,40,40,32768,50368,,,llm-foundry,");

        assertBillions(model, 13.0112, 0.0001);
        assertThat(((TransformerModel) model).style().dropout()).isFalse();
    }

    @Test
    void encodersAreReadWhereTheirShapeIsStated() {
        assertBillions(model("bert-4b,bert,4,48,2560,10240,32,,512,30522,,,,"), 3.87, 0.01);
        // Per layer 4 h^2 for each attention, one in the encoder and two in the decoder, and 2 h f.
        double products = 24 * 12.0 * 1024 * 1024 + 48 * 2.0 * 1024 * 16_384 + 32_128.0 * 1024;
        assertBillions(model("own,t5 enc-dec,3,24,1024,16384,16,,512,32128,,,,"), products / 1e9, 0.001);
        assertThatThrownBy(() -> model("bert-4b,bert,4,,,,,,512,,,,,"))
                .isInstanceOf(RowSkipped.class)
                .hasMessageContaining("layers");
    }

    /** 16 and 177 billion parameters are those of two tables, 175 of either, 22 of one: one unless it cannot be. */
    @Test
    void theStatedSizeTellsWhetherTablesAreShared() {
        assertThat(tied("gpt-16b,gpt,16,32,6144,24576,48,48,4096,131072,,,Megatron-Core,"))
                .isFalse();
        assertThat(tied("own,gpt,177,96,12288,49152,96,96,4096,131072,,,Megatron-Core,"))
                .isFalse();
        assertThat(tied("own,gpt,175,96,12288,49152,96,96,2048,51200,,,Megatron-LM,"))
                .isTrue();
        assertThat(tied("gpt-22b,gpt,22,48,6144,24576,64,64,2048,51200,,,Megatron-LM,"))
                .isTrue();
        assertThat(tied("own,gpt,,48,6144,24576,64,64,2048,51200,,,Megatron-LM,"))
                .isTrue();
    }

    /** vTrain's own model keeps 50,257 // tensor rows a rank; Megatron-DeepSpeed on several nodes pads to multiples of 128. */
    @Test
    void vocabulariesAreNotPaddedInVTrainsOwnModel() {
        String cells = "gpt,gpt,0.35,24,1024,4096,16,16,1024,50257,,,Megatron-DeepSpeed,1f1b,VIA-Research/vTrain,";
        assertThat(rows(cells + "single node NVLink", 1)).isEqualTo(50_257);
        assertThat(rows(cells + "single node NVLink", 8)).isEqualTo(50_256);
        assertThat(rows(cells + "InfiniBand", 8)).isEqualTo(51_200);
    }

    private int rows(String row, int tensor) {
        return ((TransformerModel) model(row, tensor)).vocabulary().rows();
    }

    private boolean tied(String row) {
        return ((TransformerModel) model(row)).vocabulary().tied();
    }

    @Test
    void nemotronIsTheReleasedOne() {
        TransformerModel model =
                (TransformerModel) model("nemotron-340b,gpt,340,96,18432,73728,96,8,4096,256000,,,NeMo 24.07,");

        assertBillions(model, 341, 0.5);
        assertThat(model.positions().encoding()).isEqualTo(PositionEncoding.ROTARY);
    }
}
