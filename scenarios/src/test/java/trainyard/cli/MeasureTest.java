package trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.scenario.Scenario;
import trainyard.scenario.study.Study;

/** The verb {@code measure}, where no DL4J is there: what it refuses, and the keys that tell what it recorded. */
class MeasureTest {

    /** A perceptron of three layers of weights: 1 + 3 x 1 = 4 ms; 34,452 parameters, so two messages of 0.5 ms each. */
    private static final String PROFILE = """
            schema: trainyard/calibration-profile/1
            id: here
            provenance: {kind: assumed, date: 2026-11-29}
            machine: {cores: 2}
            links: [{name: loopback_tcp, alpha_s: 0.5e-3, beta_s_per_byte: 1.0e-18}]
            job_families:
              - {family: mlp, dtype: fp32, coefficients: {fixed_s: 1.0e-3, s_per_layer: 1.0e-3}}
            """;

    private static final String SCENARIO = """
            trainyard: 1
            name: real
            sgd:
              problem: {kind: mlp, hidden: [8, 8], data: digits}
              workers: 2
              batch: 8
              machine: here.yaml
              compute: {law: fixed}
              optimizer: {rate: 0.1}
              examples: 320
              horizon: 1 s
              shown: 5
            """;

    private static final String RECORDING = """
            rule,workers,batch,update_bytes,machine,update,worker,seconds,staleness,compute_seconds,loss
            sync,2,8,100,here,0,0,0,0,0,2.5
            sync,2,8,100,here,1,0,0.006,0,0.004,
            sync,2,8,100,here,1,1,0.006,0,0.005,
            sync,2,8,100,here,2,0,0.014,0,0.004,
            sync,2,8,100,here,2,1,0.014,0,0.005,1.25
            """;

    @TempDir
    private Path folder;

    private Cli command(String verb, String scenario) throws IOException {
        Files.writeString(folder.resolve("here.yaml"), PROFILE);
        Files.writeString(folder.resolve("recorded.csv"), RECORDING);
        Path file = Files.writeString(folder.resolve("real.yaml"), scenario);
        return Cli.run(verb, file.toString(), "-o", folder.resolve("out").toString());
    }

    private void refused(String scenario, String... words) throws IOException {
        Cli cli = command("measure", scenario);
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains(words);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void withoutTheJarsOfDl4jASentenceSaysSo() throws IOException {
        Cli cli = command("measure", SCENARIO);
        assertThat(cli.code()).isEqualTo(3);
        assertThat(cli.err()).contains("error[native]").contains("DL4J").contains("./trainyard");
    }

    @Test
    void whatProcessesCannotTrainIsRefusedAtItsPlace() throws IOException {
        refused(SCENARIO.replace("workers: 2", "workers: 4096"), "real.yaml:5:12", "at most one a core");
        refused(
                SCENARIO.replace("kind: mlp, hidden: [8, 8]", "kind: softmax").replace("  machine: here.yaml\n", ""),
                "real.yaml:4:12",
                "only perceptrons and convolutions");
        refused(SCENARIO.replace("  examples: 320\n", ""), "ends after a number of examples");
        refused(SCENARIO.replace("{rate: 0.1}", "{rate: auto}"), "has one learning rate");
        refused(SCENARIO.replace("{rate: 0.1}", "{rate: 0.1, momentum: 0.9}"), "real.yaml:9:36", "take plain steps");
        refused(SCENARIO + "  gradient: {clip: 1}\n", "real.yaml:13:13", "do nothing of what gradient states");
        refused(SCENARIO + "  links: {up: 1 MB/s}\n", "real.yaml:13:10", "do nothing of what links states");
        refused(SCENARIO + "  model-size: 1 GB\n", "real.yaml:13:15", "do nothing of what model-size states");
        refused(
                SCENARIO + "  rule: {kind: async}\n  servers: 2\n",
                "real.yaml:14:12",
                "do nothing of what servers states");
        refused(
                SCENARIO + "  target: 0.5\n  stop-at-target: true\n",
                "real.yaml:14:19",
                "do nothing of what stop-at-target states");
        refused(SCENARIO + "  rule: {kind: local}\n", "real.yaml:13:9", "only the rules sync and async");
        refused(SCENARIO.replace("batch: 8", "batch: 719"), "real.yaml:6:10", "the 718 that a worker has");
        refused(
                SCENARIO.replace("examples: 320", "examples: 1000000000000"),
                "real.yaml:10:13",
                "lie ready before a run",
                "write examples: 3459459");
    }

    /** The machine of a run is this one, whatever is stated for the simulation. */
    @Test
    void whatCountsInTheSimulationAloneIsTold() throws IOException {
        Cli profile = command("measure", SCENARIO);
        assertThat(profile.err())
                .contains(
                        "the scenario: the run takes what this machine has and ends with its examples; sgd.compute, sgd.machine,"
                                + " sgd.horizon count in the simulation alone");
        Cli cluster = command(
                "measure",
                SCENARIO.replace("  machine: here.yaml\n  compute: {law: fixed}\n", "")
                                .replace("  horizon: 1 s\n", "")
                        + "cluster: {node: {preset: dgx-a100}, network: {preset: ib-hdr}}\n");
        assertThat(cluster.err()).contains("; cluster counts in the simulation alone");
    }

    @Test
    void aNumberOfRunsThatCannotBeIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("real.yaml"), SCENARIO);
        for (String runs : new String[] {"0", "101"}) {
            Cli cli = Cli.run("measure", "--repeat", runs, file.toString(), "-o", folder + "/out");
            assertThat(cli.code()).isEqualTo(2);
            assertThat(cli.err()).contains("--repeat must be a whole number from 1 to 100, got " + runs);
        }
    }

    /** Runs of 7 and 9 ms an update are two replications, of 8 ms in the mean; a third one has none. */
    @Test
    void eachReplicationTellsARunOfItsOwn() throws IOException {
        String told = SCENARIO + "  recording: both.csv\n";
        String second = RECORDING.substring(RECORDING.indexOf('\n') + 1).replace("0.014", "0.018");
        Files.writeString(folder.resolve("both.csv"), RECORDING + second);
        Cli both = command(
                "run",
                told + "replications: 2\nexpect: {update-time: between 7.9999 ms and 8.0001 ms,"
                        + " update-time.max: between 8.9999 ms and 9.0001 ms}\n");
        assertThat(both.err()).isEmpty();
        assertThat(both.code()).isZero();
        Cli more = command("run", told + "replications: 3\n");
        assertThat(more.code()).isEqualTo(2);
        assertThat(more.err()).contains("real.yaml:13:14", "2 runs were recorded, and there are 3 replications");
    }

    /** Else the next scenario without variants would be recorded over it. */
    @Test
    void aRecordingHasTheNameOfItsVariantOrOfItsScenario() throws IOException {
        assertThat(fileNames(SCENARIO)).containsExactly("real");
        assertThat(fileNames(SCENARIO + "variants: {\"Two ahead\": {}, late: {}}\n"))
                .containsExactly("two-ahead", "late");
        assertThat(fileNames(SCENARIO + "sweep: {sgd.workers: [2, 4]}\n"))
                .containsExactly("real-workers-2", "real-workers-4");
    }

    private List<String> fileNames(String scenario) throws IOException {
        Files.writeString(folder.resolve("here.yaml"), PROFILE);
        Scenario read = Scenario.read(Files.writeString(folder.resolve("real.yaml"), scenario), List.of());
        return Study.of(read, false).cells().stream()
                .map(cell -> Measure.fileName(read, cell))
                .toList();
    }

    @Test
    void recordingsThatWouldBeOneFileAreRefused() throws IOException {
        refused(
                SCENARIO + "variants: {\"a b\": {}, a-b: {sgd.optimizer.rate: 0.2}}\n",
                "two variants would be recorded in a-b.csv, one of them a-b");
    }

    @Test
    void aScenarioThatOnlyTellsRecordingsHasNothingToTrain() throws IOException {
        refused(SCENARIO + "  recording: recorded.csv\n", "there is none to train");
    }

    /** 4 ms of computing and 2 x 0.5 ms of exchange. */
    @Test
    void theMachineSaysWhatComputingAndExchangeTake() throws IOException {
        Cli cli = command("run", SCENARIO + "expect: {update-time: between 4.99999 ms and 5.00001 ms}\n");
        assertThat(cli.err()).isEmpty();
        assertThat(cli.code()).isZero();
    }

    /** 4 ms alone, 3 x 2 = 6 ms with another process at work, and 2 x 0.5 ms of exchange. */
    @Test
    void processesAtWorkTogetherTakeLonger() throws IOException {
        String together = "concurrency: [{family: mlp, processes: 2, coefficients: {s_per_layer: 2.0e-3}, cv: 0.25,"
                + " jobs: 3, n: 240}]\n";
        Files.writeString(folder.resolve("both.yaml"), PROFILE + together);
        String both = SCENARIO.replace("here.yaml", "both.yaml");
        Cli fixed = command("run", both + "expect: {update-time: between 6.99999 ms and 7.00001 ms}\n");
        assertThat(fixed.err()).isEmpty();
        assertThat(fixed.code()).isZero();
        // The larger of two normal times is 0.564 deviations above the mean: 6 (1 + 0.564 cv) + 1 ms over many updates.
        String varied =
                both.replace("{law: fixed}", "{}").replace("320", "64000").replace("1 s", "60 s");
        Cli measured = command("run", varied + "expect: {update-time: between 7.78 ms and 7.90 ms}\n");
        assertThat(measured.err()).isEmpty();
        Cli written = command(
                "run", varied.replace("{}", "{cv: 0.05}") + "expect: {update-time: between 7.14 ms and 7.20 ms}\n");
        assertThat(written.err()).isEmpty();
    }

    /** 4 ms, two messages of 0.5 ms; and 1 ms of the server, where two workers leave it none of two cores. An update is half of a round. */
    @Test
    void aServerWithoutACoreOfItsOwnTakesTimeFromTheWorkers() throws IOException {
        String async = SCENARIO.replace("320", "6400") + "  rule: {kind: async}\n";
        Cli shared = command("run", async + "expect: {update-time: between 2.99 ms and 3.02 ms}\n");
        assertThat(shared.err()).isEmpty();
        assertThat(shared.code()).isZero();
        Files.writeString(folder.resolve("three.yaml"), PROFILE.replace("cores: 2", "cores: 3"));
        Cli alone = command(
                "run",
                async.replace("here.yaml", "three.yaml") + "expect: {update-time: between 2.49 ms and 2.52 ms}\n");
        assertThat(alone.err()).isEmpty();
        assertThat(alone.code()).isZero();
        Cli stated = command("run", async + "  server-time: 0 s\nexpect: {update-time: between 2.49 ms and 2.52 ms}\n");
        assertThat(stated.err()).isEmpty();
        assertThat(stated.code()).isZero();
    }

    /**
     * Cores at half of their speed, then the one at all of it and the other at 0.8: gradients of 4 ms take 8 ms, then 5; the sum of two
     * messages of 0.5 ms takes 4 ms, then 1 ms. The third update is as the second: (8 + 4 + 2 (5 + 1)) / 3 = 8 ms.
     */
    @Test
    void simulatedCoresAreAsFastAsThoseOfARecordedRun() throws IOException {
        String plain = SCENARIO.replace("  compute: {law: fixed}\n", "").replace("320", "48");
        String speeds = "  core-speeds: speeds.csv\n";
        Files.writeString(
                folder.resolve("speeds.csv"),
                RECORDING
                        .replace("compute_seconds,", "compute_seconds,core_speed,ring_speed,")
                        .replace("here,0,0,0,0,0,2.5", "here,0,0,0,0,0,,,2.5")
                        .replace("0.006,0,0.004,", "0.006,0,0.004,0.5,0.25,")
                        .replace("0.006,0,0.005,", "0.006,0,0.005,0.5,0.25,")
                        .replace("0.014,0,0.004,", "0.014,0,0.004,1,1,")
                        .replace("0.014,0,0.005,", "0.014,0,0.005,0.8,1,"));
        Cli cli = command("run", plain + speeds + "expect: {update-time: between 7.99999 ms and 8.00001 ms}\n");
        assertThat(cli.err()).isEmpty();
        assertThat(cli.code()).isZero();
        Cli told = command("run", plain + speeds + "  recording: recorded.csv\n");
        assertThat(told.code()).isEqualTo(2);
        assertThat(told.err()).contains("nothing is simulated at the speeds of cores", "leave out core-speeds");
        Cli law = command("run", SCENARIO + speeds);
        assertThat(law.code()).isEqualTo(2);
        assertThat(law.err()).contains("real.yaml:8:18", "leave out law, or sgd.core-speeds");
        Cli without = command("run", plain + "  core-speeds: recorded.csv\n");
        assertThat(without.code()).isEqualTo(2);
        assertThat(without.err()).contains("real.yaml:12:16", "nobody looked at the cores");
        Cli alone = command("run", plain.replace("  machine: here.yaml\n", "") + speeds);
        assertThat(alone.code()).isEqualTo(2);
        assertThat(alone.err()).contains("core-speeds").contains("machine");
    }

    /** Updates at 6 and 14 ms. */
    @Test
    void aRecordingIsToldInPlaceOfASimulation() throws IOException {
        Cli cli = command(
                "run",
                SCENARIO + "  recording: recorded.csv\n"
                        + "expect: {update-time: between 6.99999 ms and 7.00001 ms, loss: == 1.25, updates: == 2}\n");
        assertThat(cli.err()).isEmpty();
        assertThat(cli.code()).isZero();
    }

    @Test
    void whatContradictsTheMachineIsRefused() throws IOException {
        Cli both = command("run", SCENARIO.replace("{law: fixed}", "{law: fixed, time: 1 s}"));
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err()).contains("real.yaml:7:12", "compute.time is stated, and the machine says it too");
        Cli none = command("run", SCENARIO + "  recording: nowhere.csv\n");
        assertThat(none.code()).isEqualTo(5);
        assertThat(none.err()).contains("real.yaml:13:14").contains("nowhere.csv");
    }
}
