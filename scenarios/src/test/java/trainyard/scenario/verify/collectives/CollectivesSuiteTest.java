package trainyard.scenario.verify.collectives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.scenario.verify.Measurements;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.SourceScore;
import trainyard.scenario.verify.Verification;
import trainyard.scenario.verify.VerificationJson;
import trainyard.scenario.verify.VerificationResult;
import trainyard.sim.hardware.HardwareCatalog;

class CollectivesSuiteTest {

    private static final String HEADER = "id,source,source_ref,verified,collective,algo,proto,gpu,gpus,nodes,fabric,"
            + "size_bytes,time_us,algbw_gbps,busbw_gbps,dtype,nvls,digitised,notes,gate\n";

    private final CollectivesSuite suite = new CollectivesSuite(HardwareCatalog.load());

    @TempDir
    private Path folder;

    /** The project's bars: mean error 12 % from 1 MiB on, bias half of it; 30 % below. */
    @Test
    void gatedRowsMeetTheBar() {
        VerificationResult result = Verification.run(suite, Measurements.shipped());
        assertThat(result.sources()).hasSize(1);
        SourceScore source = result.sources().get(0);
        assertThat(source.source()).isEqualTo("collectives");
        assertThat(source.gated()).isGreaterThan(250);
        assertThat(source.meanAbsolutePercent().orElseThrow()).isLessThan(12.0);
        assertThat(source.biasPercent().orElseThrow()).isBetween(-6.0, 6.0);
        SourceScore small = source.bands().get(1);
        assertThat(small.source()).isEqualTo("below 1 MiB");
        assertThat(small.meanAbsolutePercent().orElseThrow()).isLessThan(30.0);
    }

    /** 1 MiB is the least size that gates; a plot's reading error makes a row pass or fail. */
    @Test
    void sizeAndToleranceDecideTheStatus() throws IOException {
        RowScore small = score("all_reduce,,,A100,8,1,NVLink3,524288,80.4,6.52,11.41,,,,,yes");
        assertThat(small.gate()).isEqualTo("no: below 1 MiB, shown only");
        RowScore large = score("all_reduce,,,A100,8,1,NVLink3,1073741824,8193,131,229,,,,,yes");
        assertThat(large.gated()).isTrue();
        assertThat(large.errorPercent().orElseThrow()).isBetween(-5.0, 5.0);
        String plot = "\"no: digitised (held to max(15 %, 5 GB/s))\"";
        assertThat(score("all_reduce,,,H100,32,4,DGX H100,4294967296,22800,188,365,,yes,,," + plot)
                        .status())
                .isEqualTo(RowScore.Status.PASS);
        assertThat(score("all_reduce,,,H100,32,4,DGX H100,4294967296,11400,377,730,,yes,,," + plot)
                        .status())
                .isEqualTo(RowScore.Status.FAIL);
    }

    /** "H100 SXM" is the H100 of the catalogue; the card for PCIe comes in a server without NVLink. */
    @Test
    void readsTheModuleOfAGpuWrittenApart() throws IOException {
        String cells = ",8,1,NVLink4,1073741824,4000,268,470,,no,,,yes";
        assertThat(score("all_reduce,,,H100 SXM" + cells).predicted())
                .isEqualTo(score("all_reduce,,,H100" + cells).predicted())
                .isEqualTo(score("AllReduce,,,NVIDIA H100 80GB HBM3" + cells).predicted())
                .isPresent();
        assertThat(score("all_reduce,,,H100 PCIe" + cells).predicted().orElseThrow())
                .isGreaterThan(
                        5 * score("all_reduce,,,H100" + cells).predicted().orElseThrow());
    }

    /** The GPU of a row, its GPUs, nodes and words about what joins them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GB300,8,1,NVLink5",
                "A10,4,1,PCIe 4",
                "A10,8,1,PCIe 4",
                "A10G,8,1,g5.48xlarge",
                "MI250X,8,1,xGMI",
                "MI250X,64,8,Slingshot 4x200 Gb/s",
                "H100 NVL,2,1,PCIe 5",
                "MI300X,16,2,8x400G RoCE",
                "L40S,8,1,PCIe",
                "RTX 4090,8,1,PCIe",
                "P100,8,1,NVLink",
                "H20,16,2,IB NDR"
            })
    void everyGpuHasAServer(String machine) throws IOException {
        RowScore score = score("all_reduce,,," + machine + ",268435456,1000,,,,,,,yes");
        assertThat(score.predicted()).as(score.reason()).isPresent();
    }

    /** Eighteen trays of four are one rack, whose switches reduce. */
    @Test
    void traysOfARackAreOneDomain() throws IOException {
        String cells = "all_reduce,,,GB200,72,%s,NVLink5,1073741824,1800,,,,,,,yes";
        assertThat(score(String.format(cells, "18")).predicted())
                .isEqualTo(score(String.format(cells, "1")).predicted());
    }

    /** Half the ports carry half as much; one port of 25 Gbit/s at most 3.125 GB/s. */
    @Test
    void thePortsThatARowStatesCount() throws IOException {
        String cells = ",,,H100,32,4,%s,4294967296,22800,,,,no,,,yes";
        double all = score("all_reduce" + String.format(cells, "8x400G IB"))
                .predicted()
                .orElseThrow();
        double half = score("all_reduce" + String.format(cells, "4x400G IB"))
                .predicted()
                .orElseThrow();
        assertThat(half / all).isBetween(1.7, 2.3);
        assertThat(score("all_reduce" + String.format(cells, "25GbE"))
                        .predicted()
                        .orElseThrow())
                .isGreaterThan(4294.967296e6 / 3.125e9 * 1e6);
    }

    /** nccl-tests prints the bus bandwidth beside the time; a row with one of them says the other. */
    @Test
    void theTimeFollowsFromABandwidth() throws IOException {
        RowScore timed = score("all_reduce,,,H100,8,1,NVLink4,1073741824,,,470,,,,,yes");
        assertThat(timed.published().orElseThrow()).isCloseTo(1.75 * 1073.741824 / 470 * 1000, within(1e-6));
    }

    /** A PyTorch benchmark reads the clock around its call, so the time to start the kernel counts; nccl-tests hides it. */
    @Test
    void howTheBenchmarkStartsItsKernelsCounts() throws IOException {
        String cells = "all_reduce,,,A100,8,1,NVLink3,1048576,92.79,11.3,19.8,,,,,yes";
        Files.writeString(
                folder.resolve("rows.csv"),
                HEADER + "a,source,all_reduce_perf (nccl-tests),text," + cells + "\nb,source,all_reduce_bench.py,text,"
                        + cells + "\n");
        List<RowScore> rows = Verification.run(suite, Measurements.of(folder))
                .sources()
                .get(0)
                .rows();
        double hidden = rows.get(0).predicted().orElseThrow();
        double launch = SoftwareProfiles.named("megatron-2021").host().forwardLaunchSeconds() * 1e6;
        assertThat(launch).isBetween(20.0, 30.0);
        assertThat(rows.get(1).predicted().orElseThrow()).isCloseTo(hidden + launch, within(1e-9));
    }

    /** The kernels of eight GPUs from one thread take 8 x 4.2 us, however small the message. */
    @Test
    void oneThreadStartsAllKernels() throws IOException {
        Files.writeString(
                folder.resolve("rows.csv"),
                HEADER + "a,source,\"network/README.md (nccl-tests, single A100 node)\",text,"
                        + "all_reduce,,,A100,8,1,NVLink3,131072,51.76,2.5,4.4,,,,,yes\n");
        RowScore row = suite.score(
                        Measurements.of(folder).bySource().get("rows").rows().get(0))
                .get(0);
        assertThat(row.predicted().orElseThrow()).isCloseTo(33.6, within(1e-9));
    }

    @Test
    void largeMessagesWithoutASizeAreHeldToTheirBandwidth() throws IOException {
        RowScore peak = score("all_reduce,,,A100,8,1,NVLink3,peak (large message),,,232,,no,,,no: size not numeric");
        assertThat(peak.unit()).isEqualTo("GB/s");
        assertThat(peak.predicted().orElseThrow()).isBetween(225.0, 240.0);
    }

    @Test
    void rowsThatStateTooLittleNameTheColumn() throws IOException {
        assertThat(score("all_reduce,,,not stated,32,4,not stated,1048576,9,,,,,,,yes")
                        .reason())
                .isEqualTo("not stated: gpu");
        assertThat(score("all_reduce,,,A100,32,4,,1048576,9,,,,,,,yes").reason())
                .isEqualTo("not stated: fabric");
        assertThat(score("all_reduce,,,A100,32,,IB,1048576,9,,,,,,,yes").reason())
                .isEqualTo("not stated: nodes");
        assertThat(score("all_reduce,,,A100,8,1,NVLink,1048576,,,,,,,,yes").reason())
                .isEqualTo("not stated: time_us");
        assertThat(score("all_reduce,,,TPU v4,8,1,ICI,1048576,9,,,,,,,yes").reason())
                .contains("unknown GPU \"TPU v4\"");
    }

    /** In-switch reduction on Ampere: the row says that it ran, the model cannot do it. */
    @Test
    void whatTheModelRefusesCountsAsAnErrorOfAHundredPercent() throws IOException {
        RowScore refused = score("all_reduce,NVLS,,A100,8,1,NVLink3,1073741824,8193,131,229,,,,,yes");
        assertThat(refused.errorPercent()).hasValue(100);
        assertThat(refused.gated()).isTrue();
        assertThat(refused.status()).isEqualTo(RowScore.Status.FAIL);
        assertThat(score("all_reduce,,,A100,10,4,IB,1048576,9,,,,,,,yes").predicted())
                .isPresent();
    }

    @Test
    void theSameRowsScoreTheSameTwice() {
        assertThat(VerificationJson.render(Verification.run(suite, Measurements.shipped())))
                .isEqualTo(VerificationJson.render(
                        Verification.run(new CollectivesSuite(HardwareCatalog.load()), Measurements.shipped())));
    }

    private RowScore score(String cells) throws IOException {
        Files.writeString(folder.resolve("rows.csv"), HEADER + "x,source,ref,text," + cells + "\n");
        return suite.score(Measurements.of(folder).bySource().get("rows").rows().get(0))
                .get(0);
    }
}
