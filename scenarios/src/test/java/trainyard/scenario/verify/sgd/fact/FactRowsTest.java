package trainyard.scenario.verify.sgd.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.scenario.verify.Measurements;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowScore.Status;
import trainyard.scenario.verify.Verification;
import trainyard.scenario.verify.sgd.SgdSuite;
import trainyard.scenario.verify.sgd.simulation.GoldenSimulation;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.RandomStreams;
import trainyard.training.compression.Compression;

class FactRowsTest {

    private static final String HEADER = "id,topic,setting,metric,value,unit,note,verified,source\n";

    @TempDir
    private Path folder;

    /** Seven others push in between, whatever the law; the variance is that of the law, held for the mean of the logs. */
    @Test
    void stalenessOfWorkersThatShareMemory() throws IOException {
        List<RowScore> scores = score(
                fact("async_bcd", "log=a_RCV1;8 workers shared memory", "mean delay", "6.995", "read"),
                fact("async_bcd", "log=a_RCV1;8 workers shared memory", "variance of delay", "2.0", "read"),
                fact("async_bcd", "log=b_RCV1;8 workers shared memory", "variance of delay", "1.0", "read"),
                fact("async_bcd", "log=a_RCV1;8 workers shared memory", "max delay", "21", "read"));
        assertThat(scores.stream().map(RowScore::status))
                .containsExactly(Status.PASS, Status.PASS, Status.FAIL, Status.SKIPPED, Status.FAIL);
        assertThat(scores.get(2).gated()).isFalse();
        assertThat(scores.get(4).predicted().getAsDouble()).isCloseTo(47, within(5.0));
        assertThat(scores.get(3).reason()).startsWith("not stated: length of the log");
    }

    /**
     * With exponential times and a master that takes no time a gradient is geometric with mean P - 1 when it comes, and so is the time
     * since. A master that is slower than all meets two groups in turn, the one that came first and all others: a kept gradient is one
     * iteration late when it comes and two in the next.
     */
    @Test
    void delaysOfAggregatedGradients() {
        RandomStreams streams = new RandomStreams(3, 0);
        AggregatedDelays fast = AggregatedDelays.play(8, new Exponential(1), 0, streams);
        assertThat(fast.mean()).isCloseTo(14, within(0.3));
        AggregatedDelays slow = AggregatedDelays.play(8, new Exponential(1), 1_000, streams);
        assertThat(slow.mean()).isCloseTo(1.5, within(1e-9));
        assertThat(slow.meanOfLargest()).isEqualTo(2);
        assertThat(slow.p99OfLargest()).isEqualTo(2);
    }

    @Test
    void bytesOfPowerSgd() throws IOException {
        assertThat(Compression.values(CompressionFacts.wikiTextLstm())).isEqualTo(28_949_319);
        String task = "task=WikiText-2 LSTM 16 workers;method=";
        List<RowScore> scores = score(
                fact("powersgd_table", task + "SGD", "data sent per epoch", "7730", "recalled"),
                fact("powersgd_table", task + "Rank 1", "data sent per epoch", "25", "recalled"),
                fact("powersgd_table", task + "Rank 2", "data sent per epoch", "26", "recalled"));
        assertThat(scores.stream().map(RowScore::status)).containsExactly(Status.PASS, Status.PASS, Status.FAIL);
        assertThat(scores).noneMatch(RowScore::gated);
    }

    /** (0.1 GB, 0.147 s) and (1 GB, 1.01 s) fix 0.959 s a GB and 51 ms; 100 workers share 16 servers. */
    @Test
    void nullStepsOfManyWorkersAreBoundByTheServers() throws IOException {
        String setting = "null step; 16 PS tasks; model=Dense 100 MB; workers=";
        List<RowScore> scores = score(
                fact("tf_null_step", setting + 100, "median step time", "0.65", "read"),
                fact("tf_null_step", setting + 1, "median step time", "0.147", "read"));
        double perByte = (1.01 - 0.147) / 0.9;
        assertThat(scores.get(0).predicted().getAsDouble())
                .isCloseTo(0.147 - 0.1 * perByte + 100 / 16.0 * 0.1 * perByte, within(1e-9));
        assertThat(scores.get(1).reason()).startsWith("input: one of two figures");
    }

    /** A noise scale of 5090: (0.853462 1024 - 128) / (1 - 0.853462). */
    @Test
    void oneRunTellsWhatOtherBatchesAreWorth() throws IOException {
        String setting = "app=cifar10;batch=4096;base_batch=128;epochs=100";
        List<RowScore> scores = score(
                fact("pollux_measured", setting, "iterations to end of trace", "2000", "read"),
                fact("pollux_measured", setting, "final validation metric", "0.94", "read"));
        double scale = (0.853462 * 1024 - 128) / (1 - 0.853462);
        double efficiency = (scale + 128) / (scale + 4096);
        assertThat(scores.get(0).predicted().getAsDouble()).isCloseTo(39_062 / 32.0 / efficiency, within(1e-6));
        assertThat(scores.get(1).reason()).startsWith("not built: training of networks");
    }

    /** The streaming form sends a quarter of the bits once in a hundred steps. */
    @Test
    void bytesOfARunThatExchangesRarely() throws IOException {
        String method = "method=Streaming DiLoCo FP4 M=2;token_budget_B=";
        List<RowScore> scores = score(
                fact("streaming_diloco_overtrain", method + 25, "terabytes exchanged", "1.1", "read"),
                fact("streaming_diloco_overtrain", method + 25, "terabytes exchanged", "1.3", "read"));
        assertThat(scores.stream().map(RowScore::status)).containsExactly(Status.PASS, Status.FAIL);
        assertThat(scores.get(0).predicted().getAsDouble()).isCloseTo(4418 / 10.0 / 400, within(1e-9));
    }

    private static String fact(String topic, String setting, String metric, String value, String verified) {
        return String.join(",", "1", topic, setting, metric, value, "s", "", verified, "") + "\n";
    }

    private List<RowScore> score(String... rows) throws IOException {
        Files.writeString(folder.resolve("facts.csv"), HEADER + String.join("", rows));
        return Verification.run(new SgdSuite(GoldenSimulation.NONE, 1), Measurements.of(folder))
                .sources()
                .get(0)
                .rows();
    }
}
