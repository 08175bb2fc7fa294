package trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.Goldens;

/** How commands end that cannot do what they were asked for: code, message and document. */
class CommandErrorsTest {

    private static final String STEP =
            Goldens.project().resolve("scenarios/gallery/gpt3-175b-step.yaml").toString();

    @TempDir
    private Path folder;

    @Test
    void anUnknownVerbIsCalledSo() {
        Cli cli = Cli.run("frobnicate", "x.yaml");
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err())
                .startsWith("error[command]: unknown verb 'frobnicate'")
                .contains("verbs: run");
        assertThat(Cli.run("validat", "x.yaml").err()).contains("did you mean 'validate'?");
    }

    /** Nothing that could be built has such ports or such a memory: a number or a unit has a slip. */
    @ParameterizedTest
    @ValueSource(strings = {"cluster.node.nic-bandwidth=1e30 Gb/s", "cluster.node.gpu.memory=1e20 GB"})
    void quantitiesFarAboveAnythingRealAreRefused(String change) {
        Cli cli = Cli.run("validate", STEP, "--set", change);
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains(" is out of range").contains("write a value of at most ");
    }

    @Test
    void aProfileThatComesWithTheProductIsFoundByItsName() {
        assertThat(Cli.run("show", "hardware").out()).contains("amd-epyc-2-cores");
        assertThat(Cli.run("validate", STEP, "--set", "cluster.node.gpu.calibration=amd-epyc")
                        .err())
                .contains("did you mean 'amd-epyc-2-cores'?");
    }

    /** The shape of the errors of a scenario; what a person reads stays as it is without the option. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "frobnicate x.yaml",
                "run --frobnicate x.yaml",
                "run --jobs=many x.yaml",
                "compare",
                "explain step-time",
                "measure --until=late x.yaml"
            })
    void aCommandUsedWronglyIsAnErrorOfTheDocumentToo(String line) throws IOException {
        Cli text = Cli.run(line.split(" "));
        Cli cli = Cli.run((line + " --json").split(" "));

        JsonNode document = cli.json();
        JsonNode error = document.get("errors").get(0);
        assertThat(cli.code()).isEqualTo(2).isEqualTo(text.code());
        assertThat(document.get("ok").asBoolean()).isFalse();
        assertThat(document.get("exit-code").asInt()).isEqualTo(2);
        assertThat(document.get("errors")).hasSize(1);
        assertThat(error.get("kind").asText()).isEqualTo("command");
        assertThat(cli.err())
                .startsWith("error[command]: " + error.get("message").asText());
        assertThat(error.get("hint").isTextual()).isTrue();
        assertThat(error.get("notes").isArray()).isTrue();
        assertThat(text.out()).isEmpty();
    }

    @Test
    void theNearestVerbStandsInTheDocument() throws IOException {
        JsonNode error =
                Cli.run("validat", "--json", "x.yaml").json().get("errors").get(0);

        assertThat(error.get("hint").asText()).isEqualTo("did you mean 'validate'?");
        assertThat(error.get("notes").get(0).asText()).startsWith("verbs: run validate");
    }

    /** What breaks here is the stream that the scenario is read from. */
    @Test
    void aFaultOfTheCommandItselfIsAnErrorOfTheDocumentToo() throws IOException {
        Cli text = brokenBy("validate", "-");
        Cli cli = brokenBy("validate", "--json", "-");

        JsonNode document = cli.json();
        JsonNode error = document.get("errors").get(0);
        assertThat(cli.code()).isEqualTo(1).isEqualTo(text.code());
        assertThat(document.get("ok").asBoolean()).isFalse();
        assertThat(document.get("exit-code").asInt()).isEqualTo(1);
        assertThat(error.get("kind").asText()).isEqualTo("internal");
        assertThat(error.get("hint").asText()).startsWith("this is a fault of Trainyard");
        assertThat(cli.err())
                .startsWith(error.get("message").asText() + System.lineSeparator())
                .contains("internal failure: java.lang.IllegalStateException: broken");
        assertThat(text.out()).isEmpty();
        assertThat(text.err()).isEqualTo(cli.err());
    }

    private static Cli brokenBy(String... arguments) {
        return Cli.reading(
                new InputStream() {
                    @Override
                    public int read() {
                        throw new IllegalStateException("broken");
                    }
                },
                arguments);
    }

    /** Nothing runs: the scenario is not even read. */
    @ParameterizedTest
    @ValueSource(strings = {"run", "compare", "plan", "solve", "verify"})
    void aFolderBelowAFileIsRefusedBeforeAnythingRuns(String verb) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        Cli cli = Cli.run(verb, "-o", file.resolve("out").toString(), "no-such-scenario.yaml");

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err())
                .contains("cannot write into " + file.resolve("out"), file + " is a file; name another folder with -o")
                .doesNotContain("no-such-scenario");
        assertThat(cli.out()).isEmpty();
    }

    /** As from a shell's variable that is not set: results would lie about in the current folder. */
    @Test
    void aFolderWithoutANameIsRefused() {
        Cli cli = Cli.run("run", "-o", "", STEP);

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("the name of the folder is empty");
    }

    @Test
    void aPresetHasToBeNamed() {
        assertThat(Cli.run("show", "preset").err()).contains("'preset' takes the name of one");
    }

    /** Names that scenarios take are found, whoever gave them. */
    @Test
    void aPresetIsShownByTheNamesOfCloudsAndDrivers() {
        assertThat(Cli.run("show", "preset", "p5.48xlarge").out()).contains("aws-p5.48xlarge");
        assertThat(Cli.run("show", "preset", "ND96isr_H100_v5").out()).contains("dgx-h100");
        assertThat(Cli.run("show", "preset", "NVIDIA A100-SXM4-80GB").out()).contains("a100-sxm-80");
        assertThat(Cli.run("show", "preset", "dgx-h1000").err()).contains("did you mean 'dgx-h100'?");
    }

    /** Who names a GPU where a server is asked for learns which servers have it. */
    @Test
    void aGpuInPlaceOfANodeNamesTheNodesThatHaveIt() {
        assertThat(Cli.run("validate", "--set", "cluster.node.preset=NVIDIA A100-SXM4-80GB", STEP)
                        .err())
                .contains("it is a GPU; nodes with it: dgx-a100, aws-p4de.24xlarge");
        assertThat(Cli.run("validate", "--set", "cluster.node.preset=h20", STEP).err())
                .contains("it is a GPU; no node has it: write gpu: {preset: h20} beside preset");
    }

    /** Its keys are no mistakes of a scenario, of which a dozen would be told. */
    @Test
    void theManifestOfARunIsNoScenario() throws IOException {
        Path manifest = Files.writeString(folder.resolve("manifest.json"), "{}");
        Path resolved = Files.writeString(folder.resolve("scenario.resolved.yaml"), "");

        Cli cli = Cli.run("explain", "mfu", manifest.toString());

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err())
                .contains(manifest + " is the manifest of a run, which trainyard run alone takes")
                .contains("name the scenario of that run: " + resolved);
    }

    @Test
    void whatWouldBeIgnoredIsAMistake() {
        assertThat(Cli.run("run", "--jobs", "0", STEP).err()).contains("error[value]: --jobs 0 is out of range");
        assertThat(Cli.run("show", "presets", "dgx-a100").err()).contains("'presets' takes no name");
    }

    @Test
    void aFailedExpectationEndsWithFour() {
        Cli cli = Cli.run("run", "-o", folder.toString(), "--set", "expect={step-time: \"<= 1 s\"}", STEP);

        assertThat(cli.code()).isEqualTo(4);
        assertThat(cli.out()).contains("FAIL  step-time <= 1 s");
    }

    @Test
    void aPlanThatDoesNotFitEndsWithThreeAndNamesFixes() {
        Cli cli = Cli.run("run", "-o", folder.resolve("x").toString(), "--set", "job.parallel.pipeline=2", STEP);

        assertThat(cli.code()).isEqualTo(3);
        assertThat(cli.err()).contains("error[memory]");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    /** A section that is left out has no place of its own: a problem with it is shown where it would stand, in the file. */
    @Test
    void aProblemWithADefaultIsShownInTheFile() throws IOException {
        Path file = folder.resolve("large.yaml");
        Files.writeString(file, """
                trainyard: 1
                name: large
                cluster: {nodes: 1, node: {preset: dgx-a100}}
                job:
                  model: {preset: gpt3-175b}
                  batch: {global: 8 sequences, sequence-length: 2048 tokens}
                """);
        Cli cli = Cli.run("validate", file.toString());

        assertThat(cli.code()).isEqualTo(3);
        assertThat(cli.err()).contains("large.yaml:5:3").contains("  model: {preset: gpt3-175b}");
    }

    /** Of a list of metrics the wrong one is pointed at, not where the list begins. */
    @Test
    void aWrongMetricInAListHasItsOwnPlace() {
        String charts = "report.charts=[{kind: table, columns: [mfu, step-tme]}]";
        Cli cli = Cli.run("validate", "--set", charts, STEP);

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err())
                .contains("unknown metric 'step-tme'", "--set:1:" + (charts.indexOf("step-tme") + 1), "^^^^^^^^");
    }

    /** A value of a swept number that is out of range is no word. */
    @Test
    void aSweptNumberOutOfRangeIsCalledThatAlone() {
        Cli cli = Cli.run(
                "validate",
                "--set",
                "sweep={cluster.network.efficiency: [0, 0.5]}",
                "--set",
                "report.charts=[{kind: line, x: cluster.network.efficiency}]",
                STEP);

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("0 is out of range").doesNotContain("has words");
    }

    @Test
    void aWrongVerbNamesTheNearest() {
        Cli cli = Cli.run("rnu");

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("did you mean 'run'?");
    }

    @Test
    void aChangeOnTheCommandLineIsMarkedWhereItIsWrong() {
        Cli cli = Cli.run("validate", "--set", "job.precison=bf16", STEP);

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err())
                .contains("'job.precison' leads nowhere")
                .contains("did you mean 'precision'?")
                .contains("--> --set:1:1");
    }

    /** A key that another section has, or that other tools call otherwise. */
    @ParameterizedTest
    @CsvSource({
        "nodes=3, it belongs in cluster",
        "job.tensor=4, it belongs in job.parallel",
        "job.parallel.tp=4, did you mean 'tensor'?",
        "job.tp=4, 'tensor' belongs in job.parallel",
        "life.mtbf=3 h, it belongs in life.faults.causes.NAME"
    })
    void aPathThatLeadsNowhereNamesThePlace(String change, String hint) {
        assertThat(Cli.run("validate", "--set", change, STEP).err())
                .contains("leads nowhere")
                .contains(hint);
    }

    @Test
    void unreadableMeasurementsEndWithFive() throws IOException {
        Files.writeString(folder.resolve("rows.csv"), "a,b\n\"unclosed\n");

        Cli cli = Cli.run("verify", "collectives", "--data", folder.toString());

        assertThat(cli.code()).isEqualTo(5);
        assertThat(cli.err()).contains("error[data]");
    }

    @Test
    void aDamagedTraceEndsWithFiveAndNamesItsLine() throws IOException {
        Path trace = Files.createDirectories(folder.resolve("lanl-1996-2005"));
        Files.writeString(trace.resolve("LA-UR-05-7318-failure-data-1996-2005.csv"), "System,nodes\n2,49,7\n");

        Cli cli = Cli.run("verify", "faults", "--traces", folder.toString());

        assertThat(cli.code()).isEqualTo(5);
        assertThat(cli.err()).contains("error[data]").contains("1996-2005.csv:2: 3 cells");
        assertThat(Cli.run(
                                "verify",
                                "faults",
                                "--traces",
                                folder.resolve("none").toString())
                        .code())
                .isEqualTo(5);
        assertThat(Cli.run("verify", "memory", "--traces", folder.toString()).err())
                .contains("--traces knows the suites faults and scheduling only");
    }

    /** What a shell makes of a variable that is not set. */
    @ParameterizedTest
    @ValueSource(strings = {"run", "validate", "plan", "compare", "explain step-time", "queue --at 1h"})
    void aFileWithoutANameIsNamedAsEmpty(String verb) {
        Cli cli = Cli.run((verb + " ").split(" ", -1));
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("error[command]: FILE is empty; is it a shell variable that is not set?");
    }

    @Test
    void anEmptyOptionIsNamed() {
        assertThat(Cli.run("run", "--seed", "", "scenarios/gallery/stragglers.yaml")
                        .err())
                .contains("error[command]: --seed is empty;");
        assertThat(Cli.run("run", "--set", " ", "x.yaml").err()).contains("error[command]: --set is empty;");
        assertThat(Cli.run("verify", "bubbles", "--data", "").err()).contains("error[command]: --data is empty;");
    }

    @Test
    void anEmptySuiteIsNamed() {
        assertThat(Cli.run("verify", "").err()).contains("error[command]: SUITE is empty;");
    }
}
