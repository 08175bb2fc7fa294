package trainyard.sim.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.sim.csv.CsvException;

class HardwareCatalogTest {

    private static final String GPU_HEADER = "gpu,arch,sm_count,fp32_tflops,tf32_dense_tflops,fp16_dense_tflops,"
            + "bf16_dense_tflops,fp8_dense_tflops,fp4_dense_tflops,hbm_gb,hbm_type,hbm_gbps,l2_mb,scaleup_link,"
            + "scaleup_gbps_per_dir,tdp_w,idle_w,mamf_bf16_tflops,mamf_efficiency_pct,source,verified,notes\n";

    private final HardwareCatalog catalog = HardwareCatalog.load();

    @TempDir
    private Path folder;

    /** Figures of NVIDIA's A100 data sheet. */
    @Test
    void readsUnitsOfTheA100() {
        GpuSpec gpu = catalog.gpu("A100-SXM-80");
        assertThat(gpu.architecture()).isEqualTo(Architecture.AMPERE);
        assertThat(gpu.peak(Precision.BF16)).isEqualTo(312e12);
        assertThat(gpu.supports(Precision.FP8)).isFalse();
        assertThat(gpu.memoryBytes()).isEqualTo(80.0 * (1L << 30));
        assertThat(gpu.memoryBytesPerSecond()).isEqualTo(2039e9);
        assertThat(gpu.scaleUpBytesPerSecond()).isEqualTo(300e9);
        assertThat(gpu.measuredGemm(Precision.BF16)).hasValue(271.2e12);
        assertThat(gpu.provenance().kind()).isEqualTo(Provenance.Kind.PUBLISHED);
    }

    /** nvidia-smi and rocm-smi print 275,040 MiB of a B300 of "288 GB", and 196,592 MiB of an MI300X of "192 GB". */
    @Test
    void memoryIsWhatTheDriverReports() {
        double mib = 1L << 20;
        assertThat(catalog.gpu("B300-SXM-288").memoryBytes()).isEqualTo(275_040 * mib);
        assertThat(catalog.gpu("H100").memoryBytes()).isEqualTo(81_559 * mib);
        assertThat(catalog.gpu("MI300X").memoryBytes()).isEqualTo(196_592 * mib);
    }

    @Test
    void everyGpuOfThePapersHasAnAlias() {
        assertThat(catalog.gpu("A100-80")).isSameAs(catalog.gpu("A100-SXM-80"));
        assertThat(catalog.gpu("a100-40").memoryBytes()).isEqualTo(40.0 * (1L << 30));
        assertThat(catalog.gpu("H100")).isSameAs(catalog.gpu("H100-SXM-80"));
        assertThat(catalog.gpu("H100-96").name()).isEqualTo("H100-SXM-96");
        assertThat(catalog.gpu("V100-16").name()).isEqualTo("V100-SXM2-16");
        assertThat(catalog.gpu("GB300").name()).isEqualTo("GB300-SXM");
    }

    /** pytorch/FBGEMM pull request 2546: what the board keeps up at 500 W. */
    @Test
    void aBoardOfLessPowerKeepsUpLess() {
        assertThat(catalog.node("Meta Grand Teton H100").gpu().sustainedGemm(Precision.BF16))
                .hasValue(585.2e12);
        assertThat(catalog.gpu("H100").sustainedGemm(Precision.BF16)).hasValue(730e12);
    }

    @Test
    void readsNodesWithTheirGpu() {
        NodeSpec dgx = catalog.node("DGX A100");
        assertThat(dgx.gpu().name()).isEqualTo("A100-SXM-80");
        assertThat(dgx.scaleUp()).isEqualTo(ScaleUp.NVSWITCH);
        assertThat(dgx.scaleOutBytesPerSecond()).isEqualTo(200e9);
        assertThat(catalog.node("DGX A100", "A100-40").gpu().name()).isEqualTo("A100-SXM-40");
        assertThat(catalog.node("DGX-1 V100").scaleUp()).isEqualTo(ScaleUp.NVLINK_MESH);
        assertThat(catalog.node("GB200 NVL72 rack").gpus()).isEqualTo(72);
    }

    @Test
    void readsFabricsAndLinks() {
        FabricSpec hdr = catalog.fabric("IB HDR");
        assertThat(hdr.latencySeconds()).isCloseTo(0.6e-6, within(1e-15));
        assertThat(hdr.achievedFraction()).isEqualTo(0.96);
        assertThat(catalog.fabric("IB XDR").provenance().kind()).isEqualTo(Provenance.Kind.ASSUMED);
        assertThat(catalog.link("NVLink3 A100").achievedFraction()).isEqualTo(0.78);
    }

    @Test
    void listsKeepTheOrderOfTheTable() {
        assertThat(catalog.gpus().get(0).name()).isEqualTo("P100-SXM2");
        assertThat(catalog.gpus().get(1).name()).isEqualTo("V100-SXM2-16");
        assertThat(catalog.nodes().get(0).name()).isEqualTo("DGX-1 V100");
    }

    /** Product names as nvidia-smi and rocm-smi print them, and names of papers. */
    @ParameterizedTest
    @CsvSource({
        "NVIDIA A100-SXM4-80GB, A100-SXM-80",
        "NVIDIA A100-SXM4-40GB, A100-SXM-40",
        "A100-PCIE-40GB, A100-PCIe-40",
        "NVIDIA A100 80GB PCIe, A100-PCIe-80",
        "NVIDIA H100 80GB HBM3, H100-SXM-80",
        "NVIDIA H100 PCIe, H100-PCIe-80",
        "NVIDIA H100 NVL, H100-NVL-94",
        "h100 sxm5, H100-SXM-80",
        "NVIDIA H200, H200-SXM-141",
        "NVIDIA B200, B200-SXM-180",
        "NVIDIA B300 SXM6 AC, B300-SXM-288",
        "NVIDIA GB200, GB200-SXM-186",
        "Tesla V100-SXM2-32GB, V100-SXM2-32",
        "Tesla V100-SXM2-16GB, V100-SXM2-16",
        "Tesla T4, T4",
        "NVIDIA A10G, A10G",
        "NVIDIA L40S, L40S",
        "NVIDIA GeForce RTX 4090, RTX4090",
        "NVIDIA RTX A6000, RTXA6000",
        "NVIDIA RTX 6000 Ada Generation, RTX6000-Ada",
        "AMD Instinct MI300X OAM, MI300X",
        "AMD Instinct MI250X, MI250X"
    })
    void gpusAreKnownByTheNamesOfDriversAndPapers(String written, String name) {
        assertThat(catalog.gpu(written).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "p4d.24xlarge, AWS p4d.24xlarge",
        "p5.48xlarge, AWS p5.48xlarge",
        "g5.48xlarge, AWS g5.48xlarge",
        "a3-highgpu-8g, GCP a3-highgpu-8g",
        "Standard_ND96isr_H100_v5, DGX H100",
        "ND96amsr_A100_v4, DGX A100",
        "BM.GPU4.8, Azure ND96asr_v4",
        "ND96isr_MI300X_v5, MI300X platform"
    })
    void instanceTypesOfCloudsNameNodes(String written, String name) {
        assertThat(catalog.node(written).name()).isEqualTo(name);
    }

    @Test
    void everyGpuHasAUsualNodeWithItIn() {
        for (GpuSpec gpu : catalog.gpus()) {
            assertThat(catalog.usualNode(gpu)).as(gpu.name()).isPresent();
            assertThat(catalog.usualNode(gpu).orElseThrow().gpu()).isSameAs(gpu);
        }
    }

    @Test
    void anUnknownNameNamesTheNearest() {
        assertThatThrownBy(() -> catalog.gpu("H100-SMX-80"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("unknown GPU \"H100-SMX-80\"\nMaybe you mean H100-SXM-80");
        assertThatThrownBy(() -> catalog.gpu("NVIDIA H100 SMX5 80GB"))
                .hasMessageContaining("\nMaybe you mean H100-SXM-80, ");
        assertThatThrownBy(() -> catalog.node("DGX H10O")).hasMessageContaining("DGX H100");
    }

    @Test
    void aUserFileAddsAndReplaces() throws IOException {
        Path csv = write(GPU_HEADER
                + "X1,Hopper,100,10,,20,20,,,64,HBM,1000,10,NVLink4,450,500,50,,,our own sheet,user,\n"
                + "L4,Ada,58,30.3,60,121,121,242,,48,GDDR6,300,48,PCIe4 x16,31,72,12,,,modified,user,\n");
        HardwareCatalog mine = catalog.withGpus(csv);
        assertThat(mine.gpu("X1").provenance().kind()).isEqualTo(Provenance.Kind.USER);
        assertThat(mine.gpu("L4").memoryBytes()).isEqualTo(48.0 * (1L << 30));
        assertThat(mine.gpus()).hasSize(catalog.gpus().size() + 1);
        assertThat(catalog.usualNode(mine.gpu("X1"))).isEmpty();
    }

    /** Names that only the maker or letters beyond the Latin ones tell apart are those of two parts. */
    @Test
    void partsOfAUserFileStayApart() throws IOException {
        String rest = ",Hopper,100,10,,20,20,,,64,HBM,1000,10,NVLink4,450,500,50,,,mine,user,\n";
        HardwareCatalog mine = catalog.withGpus(write(
                GPU_HEADER + "NVIDIA X9" + rest + "AMD X9" + rest + "\u82af\u7247 8" + rest + "\u52a0\u901f 8" + rest));

        assertThat(mine.gpus()).hasSize(catalog.gpus().size() + 4);
        assertThat(mine.gpu("nvidia x9").name()).isEqualTo("NVIDIA X9");
        assertThat(mine.gpu("amd x9").name()).isEqualTo("AMD X9");
        assertThat(mine.gpu("\u82af\u72478").name()).isEqualTo("\u82af\u7247 8");
        assertThat(mine.gpu("Instinct X9").name()).isEqualTo("AMD X9");
    }

    @Test
    void aBadRowNamesFileLineAndColumn() throws IOException {
        Path negative =
                write(GPU_HEADER + "X1,Hopper,100,10,,20,20,,,-64,HBM,1000,10,NVLink4,450,500,50,,,mine,user,\n");
        assertThatThrownBy(() -> catalog.withGpus(negative))
                .isInstanceOf(CsvException.class)
                .hasMessage(negative + ":2: column hbm_gb: must be above 0, got -64");
        Path generation = write(GPU_HEADER + "X1,Rubicon,1,1,,2,2,,,64,HBM,1000,10,NVLink4,450,500,50,,,mine,user,\n");
        assertThatThrownBy(() -> catalog.withGpus(generation)).hasMessageContaining(":2: column arch: unknown GPU");
        Path ragged = write(GPU_HEADER + "X1,Hopper\n");
        assertThatThrownBy(() -> catalog.withGpus(ragged)).hasMessage(ragged + ":2: 2 cells where the header has 22");
        Path missing = write("gpu,arch\n");
        assertThatThrownBy(() -> catalog.withGpus(missing)).hasMessageContaining(":1: no column sm_count");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "gpus", ".csv"), text);
    }
}
