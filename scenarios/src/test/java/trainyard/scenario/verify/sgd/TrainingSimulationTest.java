package trainyard.scenario.verify.sgd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.scenario.verify.Measurements;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowScore.Status;
import trainyard.scenario.verify.Verification;
import trainyard.scenario.verify.sgd.simulation.TrainingSimulation;

/** Rows of the shipped tables that are simulated fast, under the seed that the suite uses and three others. */
class TrainingSimulationTest {

    private static final String HEADER =
            "id,quantity,params,value,unit,rel_tol,check_method,check_value,check_stderr,formula,source\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void timesAndStalenessMeetTheirForms(long seed) throws IOException {
        holds(
                seed,
                row("E[T] K-sync", "dist=exp;P=4;K=1;rate_per_s=1.0", 0.25),
                row("E[T] K-batch-async", "dist=exp;P=8;K=4;rate_per_s=1.0", 0.5),
                row(
                        "E[T_sync]/E[T_async] speed ratio",
                        "dist=exp;P=4;rate_per_s=1.0",
                        4 * (1 + 1 / 2.0 + 1 / 3.0 + 1 / 4.0)),
                row("mean staleness; async exp homogeneous", "P=4", 3),
                row("P(staleness=0); K-batch-async exp", "P=8;K=2", 0.1796875),
                row("mean staleness of worker i; async exp heterogeneous", "rates=1.0|1.0|4.0;worker=2", 0.5),
                row("total clock throughput", "dist=exp;P=2;rates=1.0|1.0;s=0", 4 / 3.0));
    }

    /** A worker 100 times as slow as seven others is watched for as many of its own pushes: 7.01 / 0.01 - 1 of theirs each. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void fewAndVerySlowWorkersAreWatchedLongEnough(long seed) throws IOException {
        String rates = "rates=1.0|1.0|1.0|1.0|1.0|1.0|1.0|0.01";
        holds(
                seed,
                row("P(staleness=k); async exp homogeneous", "P=4;k=0", 0.25),
                row("mean staleness over all updates; async exp heterogeneous", rates, 7),
                row("mean staleness of worker i; async exp heterogeneous", rates + ";worker=7", 700));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void quadraticsMeetTheirForms(long seed) throws IOException {
        holds(
                seed,
                row("E[w_T^2] sync minibatch", "lr=0.1;lam=1.0;sigma2=1.0;batch=1;T=20;w0=1.0", 0.06663452068135912),
                row("stationary E[w^2] fixed delay", "lr=0.1;lam=1.0;sigma2=1.0;tau=1", 0.0582010582010582),
                row("stationary E[w^2]; async exp workers", "P=2;lr=0.2;lam=1.0;sigma2=1.0", 0.13207547169811323));
    }

    /** Bowls of curvature 1 and 2 keep 0.9^10 and 0.8^10 of their distances. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void localStepsAndServersMeetTheirForms(long seed) throws IOException {
        holds(
                seed,
                row("Var[X_(K:P)] exponential", "P=2;K=1;rate_per_s=1.0", 0.25),
                row(
                        "mean squared deviation of workers from their average just before averaging",
                        "P=4;H=2;rounds=5;lr=0.1;lam=1.0;sigma2=1.0;w0=1.0",
                        0.75 * 0.01 * (1 + 0.81)),
                row(
                        "contraction factor per round",
                        "lams=1.0|2.0;optima=0.0|1.0;lr=0.1;H=10",
                        (Math.pow(0.9, 10) + Math.pow(0.8, 10)) / 2),
                row(
                        "sync iteration: compute + push + pull; no overlap",
                        "P=8;shards=2;model_bytes=1e8;server_nic_Bps=1e9;compute_s=0.1",
                        0.1 + 2 * 8 * 0.1 / 2));
    }

    /** What no run shows says so. */
    @Test
    void aLimitOfStabilityIsHeldToItsFormOnly() throws IOException {
        List<RowScore> scores = score(1, row("max stable lr*lambda; fixed delay; no momentum", "tau=0", 2));
        assertThat(scores).hasSize(1);
        assertThat(scores.get(0).reason()).isEqualTo("within 1e-5 of the value, not simulated");
    }

    private record Row(String quantity, String parameters, double value) {}

    private static Row row(String quantity, String parameters, double value) {
        return new Row(quantity.replace(';', ','), parameters, value);
    }

    private void holds(long seed, Row... rows) throws IOException {
        List<RowScore> scores = score(seed, rows);
        assertThat(scores).as("one by its form and one simulated").hasSize(2 * rows.length);
        assertThat(scores).allMatch(score -> score.status() == Status.PASS);
    }

    private List<RowScore> score(long seed, Row... rows) throws IOException {
        StringBuilder table = new StringBuilder(HEADER);
        for (Row row : rows) {
            table.append("1,\"" + row.quantity() + "\"," + row.parameters() + "," + row.value() + ",s,1e-5,,,,,\n");
        }
        Files.writeString(folder.resolve("golden.csv"), table);
        return Verification.run(new SgdSuite(new TrainingSimulation(seed), seed), Measurements.of(folder))
                .sources()
                .get(0)
                .rows();
    }
}
