package trainyard.scenario.verify.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.faults.trace.TraceFolder;
import trainyard.scenario.verify.Measurements;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.Verification;
import trainyard.scenario.verify.VerificationDataException;
import trainyard.scenario.verify.VerificationResult;
import trainyard.scenario.verify.faults.simulation.RowSimulation;

class FactRowsTest {

    private static final String HEADER = "id,system,metric,value,unit,params,source,locus,verified,provenance\n";
    private static final FaultsSuite SUITE = new FaultsSuite(RowSimulation.NONE, 1);

    @TempDir
    private Path folder;

    @Test
    void everyShippedFactThatGatesHolds() {
        VerificationResult result = Verification.run(SUITE, Measurements.shipped(SUITE));
        assertThat(result.holds()).isTrue();
        assertThat(scored(result, "ettr-goodput")).isEqualTo(20);
        assertThat(scored(result, "mttf-points")).isGreaterThanOrEqualTo(6);
        assertThat(scored(result, "restart-detection")).isEqualTo(4);
        assertThat(scored(result, "throughput-under-failure")).isEqualTo(60);
        assertThat(scored(result, "trace-stats")).isGreaterThan(40);
    }

    private static int scored(VerificationResult result, String source) {
        return result.sources().stream()
                .filter(score -> score.source().equals(source))
                .findFirst()
                .orElseThrow()
                .compared();
    }

    @Test
    void whatIsNoPredictionOfOursIsAnInput() throws IOException {
        assertThat(fact("br.hot", "ByteRobust hot update", "scheduling_time", "46", "s", "", "text")
                        .reason())
                .startsWith("input: ");
        assertThat(fact("x", "Gemini", "P(recover from CPU memory)", "93.3", "%", "", "recalled")
                        .reason())
                .startsWith("input: recalled");
        assertThat(fact("x", "saxena", "T_c", "Ts+sqrt(Ts)", "formula", "", "text")
                        .reason())
                .isEqualTo("column value: not a finite number");
        assertThat(fact("x", "recycle", "relative_throughput", "1.46", "x", "ReCycle over Oobleck", "text")
                        .reason())
                .isEqualTo("not stated: job, cluster and faults, on which the ratio depends");
        assertThat(fact("x", "SPARe+CKPT", "TTT/T0", "2.9", "", "N=200", "text").reason())
                .isEqualTo("not stated: parameter r");
    }

    /** Llama 3 lives above its bound of 90 % and below what leaves nothing for a restart. */
    @Test
    void theLifeOfLlamaIsHeldToItsBound() throws IOException {
        String metric = "effective training time lower bound";
        RowScore bound = fact("x", "Llama3-405B", metric, "90", "%", "gpus=16384;days=54", "text");
        assertThat(bound.status()).isEqualTo(RowScore.Status.PASS);
        assertThat(bound.gated()).isTrue();
        assertThat(fact("x", "Llama3-405B", metric, "97", "%", "gpus=16384;days=54", "text")
                        .status())
                .isEqualTo(RowScore.Status.FAIL);
    }

    /** Of StepFun's cluster all is known that its trace tells: repairs of 20.4 h in the median and 132.84 h in the mean. */
    @Test
    void whatIsStatedOfStepFunIsCountedInItsTrace() throws IOException {
        RowScore mean = fact("x", "StepFun 400-node", "repair_mean", "132.84", "h", "", "computed");
        assertThat(mean.status()).isEqualTo(RowScore.Status.PASS);
        assertThat(mean.gated()).isTrue();
        assertThat(fact("x", "StepFun 400-node", "repair_mean", "140", "h", "", "computed")
                        .status())
                .isEqualTo(RowScore.Status.FAIL);
        assertThat(fact("x", "StepFun 400-node", "price", "1", "USD", "", "text")
                        .reason())
                .startsWith("input: ");
    }

    /** Targets are stated for Oobleck; Varuna and Bamboo are compared only. */
    @Test
    void throughputGatesWhereATargetIsStated() throws IOException {
        RowScore oobleck = throughput("oobleck", "oobleck-artifact/6h", "287.101");
        assertThat(oobleck.status()).isEqualTo(RowScore.Status.PASS);
        assertThat(oobleck.gated()).isTrue();
        assertThat(throughput("oobleck", "oobleck-artifact/6h", "300").status()).isEqualTo(RowScore.Status.FAIL);
        RowScore spot = throughput("oobleck", "oobleck-artifact/p3", "221.4");
        assertThat(spot.status()).isEqualTo(RowScore.Status.PASS);
        assertThat(spot.gated()).isTrue();
        assertThat(throughput("oobleck", "oobleck-artifact/p3", "150").status()).isEqualTo(RowScore.Status.FAIL);
        for (String system : List.of("varuna", "bamboo")) {
            RowScore other = throughput(system, "oobleck-artifact/p3", "26");
            assertThat(other.status()).isEqualTo(RowScore.Status.SCORED);
            assertThat(other.gate()).isEqualTo("no: a target is stated for Oobleck only");
        }
    }

    private RowScore throughput(String system, String trace, String value) throws IOException {
        String params = "model=BERT-large;trace=" + trace;
        return fact("x", system, "mean_throughput_under_failures", value, "samples/s", params, "computed");
    }

    @Test
    void metasFormIsHeldToTwoHundredths() throws IOException {
        String inputs = "gpus=8000;rf=6.5e-3;dt_cp=30min;u0=5min;queue=60s";
        RowScore score = fact("x", "Meta-RSC-1", "E[ETTR]", "0.9", "", inputs, "text");
        assertThat(score.predicted().orElseThrow()).isCloseTo(0.9056, within(1e-4));
        assertThat(score.status()).isEqualTo(RowScore.Status.PASS);
        assertThat(fact("x", "Meta-RSC-1", "E[ETTR]", "0.93", "", inputs, "text")
                        .status())
                .isEqualTo(RowScore.Status.FAIL);
        assertThat(fact("x", "Meta-RSC-1", "E[ETTR]", "0.9", "", "gpus=8000;rf=6.5e-3", "text")
                        .reason())
                .isEqualTo("not stated: parameter u0");
    }

    /** What 100,000 GPUs need is a bound, and no target where an input is printed as about so much. */
    @Test
    void theRowsOf100000GpusAreBounds() throws IOException {
        String inputs = "gpus=100000;rf=2.34e-3;dt_cp=2min;";
        RowScore stated = fact("x", "Meta-RSC-2-like", "E[ETTR]", "0.9", "", inputs + "u0=2min", "text");
        assertThat(stated.predicted().orElseThrow()).isCloseTo(0.939, within(1e-3));
        assertThat(stated.status()).isEqualTo(RowScore.Status.PASS);
        assertThat(stated.gated()).isTrue();
        RowScore about = fact("x", "Meta-RSC-2-like", "E[ETTR]", "0.9", "", inputs + "u0~2min", "text");
        assertThat(about.gated()).isFalse();
    }

    /** 1 - 10 / 18, and more of 100 points with a quorum than without. */
    @Test
    void ftHsdpIsCountedByItsOwnConvention() throws IOException {
        String sync = "MTBF 18 min; sync recovery 10 min";
        RowScore whole = fact("x", "FT-HSDP", "effective_training_time", "44", "%", sync, "text");
        assertThat(whole.predicted().orElseThrow()).isCloseTo(44.4, within(0.1));
        assertThat(whole.gated()).isTrue();
        RowScore quorum = fact("x", "FT-HSDP", "effective_training_time", "80", "%", "recovery 3 min", "text");
        assertThat(quorum.status()).isEqualTo(RowScore.Status.PASS);
        assertThat(quorum.gated()).isTrue();
    }

    @Test
    void ajobOfManyNodesFailsAsNodesInSeries() throws IOException {
        assertThat(fact("x", "Meta-RSC-2", "job_mttf", "5.0", "h", "gpus=16384", "text")
                        .status())
                .isEqualTo(RowScore.Status.PASS);
        assertThat(fact("x", "Meta-RSC-1", "job_mttf", "1144", "h", "gpus=8", "text")
                        .gated())
                .isFalse();
        assertThat(fact("x", "Llama3-405B", "mttf", "3.093", "h", "days=54", "text")
                        .status())
                .isEqualTo(RowScore.Status.PASS);
    }

    @Test
    void aStatisticNeedsItsTrace() throws IOException {
        String counted = "ts.lanl-1996-2005.records";
        assertThat(fact(counted, "lanl-1996-2005", "records", "2", "count", "", "computed")
                        .reason())
                .isEqualTo("not stated: trace lanl-1996-2005 (--traces)");
        Path traces = Files.createDirectories(folder.resolve("traces/lanl-1996-2005"));
        Path file = traces.resolve("LA-UR-05-7318-failure-data-1996-2005.csv");
        String header =
                "System,nodes,Prob Started,Down Time,Facilities,Hardware,Human Error,Network,Undetermined,Software\n";
        Files.writeString(file, header + "2,49,6/21/2005 10:54,6,,disk,,,,\n2,49,6/21/2005 12:54,6,,disk,,,,\n");
        FaultsSuite suite = SUITE.with(TraceFolder.of(folder.resolve("traces")));
        assertThat(fact(suite, counted, "lanl-1996-2005", "records", "2", "count")
                        .status())
                .isEqualTo(RowScore.Status.PASS);
        assertThat(fact(suite, "ts.x", "lanl-1996-2005", "system2_mtbf", "2.0", "h")
                        .status())
                .isEqualTo(RowScore.Status.PASS);
        assertThat(fact(suite, "ts.x", "lanl-1996-2005", "system2_phase", "2.0", "h")
                        .reason())
                .isEqualTo("not built: statistic system2_phase of lanl-1996-2005");
        Files.writeString(file, header + "2,49,never,6,,disk,,,,\n");
        assertThatThrownBy(() -> fact(
                        SUITE.with(TraceFolder.of(folder.resolve("traces"))),
                        counted,
                        "lanl-1996-2005",
                        "records",
                        "2",
                        "count"))
                .isInstanceOf(VerificationDataException.class)
                .hasMessageContaining(".csv:2: column Prob Started");
    }

    private RowScore fact(
            String id, String system, String metric, String value, String unit, String params, String verified)
            throws IOException {
        return score(SUITE, String.join(",", id, system, metric, value, unit, params, "", "", verified, ""));
    }

    private RowScore fact(FaultsSuite suite, String id, String system, String metric, String value, String unit)
            throws IOException {
        return score(suite, String.join(",", id, system, metric, value, unit, "", "", "", "computed", ""));
    }

    private RowScore score(FaultsSuite suite, String row) throws IOException {
        Path rows = Files.createDirectories(folder.resolve("rows"));
        Files.writeString(rows.resolve("facts.csv"), HEADER + row + "\n");
        return Verification.run(suite, Measurements.of(rows))
                .sources()
                .get(0)
                .rows()
                .get(0);
    }
}
