package trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.Goldens;

class CommandTest {

    @Test
    void anUnknownVerbIsCalledSo() {
        Cli cli = Cli.run("frobnicate", "x.yaml");
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err())
                .startsWith("error[command]: unknown verb 'frobnicate'")
                .contains("verbs: run");
        assertThat(Cli.run("validat", "x.yaml").err()).contains("did you mean 'validate'?");
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

        JsonNode document = json(cli);
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
                json(Cli.run("validat", "--json", "x.yaml")).get("errors").get(0);

        assertThat(error.get("hint").asText()).isEqualTo("did you mean 'validate'?");
        assertThat(error.get("notes").get(0).asText()).startsWith("verbs: run validate");
    }

    @Test
    void gpusThatAPlanLeavesIdleAreToldOf() {
        Cli cli = Cli.run("run", "--set", "cluster.nodes=200", "--set", "job.parallel.data=1", STEP);
        assertThat(cli.out()).contains("GPUs of the cluster; the others stand idle and are not paid for here");
        assertThat(Cli.run("run", STEP).out()).doesNotContain("stand idle");
    }

    private static final String STEP =
            Goldens.project().resolve("scenarios/gallery/gpt3-175b-step.yaml").toString();

    @TempDir
    private Path folder;

    private static JsonNode json(Cli cli) throws IOException {
        try (var parser = new ObjectMapper().createParser(cli.out())) {
            JsonNode document = parser.readValueAsTree();
            assertThat(parser.nextToken()).as("one document only").isNull();
            return document;
        }
    }

    @Test
    void theOverviewOfTheVerbsHasNoWarnings() {
        PrintStream before = System.err;
        ByteArrayOutputStream warnings = new ByteArrayOutputStream();
        System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
        try {
            assertThat(Cli.run("--help").code()).isZero();
        } finally {
            System.setErr(before);
        }

        assertThat(warnings.toString(StandardCharsets.UTF_8)).isEmpty();
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

    @Test
    void runWritesReportAndResults() throws IOException {
        Cli cli = Cli.run("run", "-o", folder.toString(), STEP);

        assertThat(cli.code()).as(cli.out() + cli.err()).isIn(0, 4);
        assertThat(cli.out())
                .contains("Headline")
                .contains("against the published 13.75 s")
                .contains("Expect");
        assertThat(folder).isDirectoryContaining("glob:**/report.html").isDirectoryContaining("glob:**/results.json");
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("Step time")
                .contains("Korthikanti");
    }

    @Test
    void aRunRepeatedFromItsManifestGivesTheSameBytes() throws IOException {
        Path first = folder.resolve("a/results");
        Path second = folder.resolve("b/results");
        Cli.run("run", "--set", "job.batch.micro=2", "--quick", "-o", first.toString(), STEP);
        Cli again = Cli.run(
                "run", "-o", second.toString(), first.resolve("manifest.json").toString());

        assertThat(again.code()).as(again.err()).isIn(0, 4);
        List<Path> files = filesIn(first);
        assertThat(files).hasSizeGreaterThan(5);
        assertThat(filesIn(second)).isEqualTo(files);
        for (Path file : files) {
            assertThat(second.resolve(file)).as(file.toString()).hasSameBinaryContentAs(first.resolve(file));
        }
    }

    @Test
    void someVariantsOnlyAreRepeatedAlikeAndInAFolderOfTheirOwn() throws IOException {
        String scenario = Templates.text("variants").replace("  selective:", "  it's selective, as now:");
        scenario = scenario.replace("variant(selective)", "variant(it's selective, as now)");
        Path all = folder.resolve("a/results");
        Path some = folder.resolve("b/results");
        Path again = folder.resolve("c/results");
        Cli.runWith(scenario, "run", "-o", all.toString(), "-");
        Cli cli = Cli.runWith(scenario, "run", "--only", "it's selective, as now", "-o", some.toString(), "-");
        Cli.run("run", "-o", again.toString(), some.resolve("manifest.json").toString());

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out()).as("what is expected beside a variant left out").doesNotContain("Expect");
        for (Path file : filesIn(some)) {
            assertThat(again.resolve(file)).as(file.toString()).hasSameBinaryContentAs(some.resolve(file));
        }
        assertThat(hash(some)).isNotEqualTo(hash(all));
    }

    private static String hash(Path results) throws IOException {
        return new ObjectMapper()
                .readTree(results.resolve("manifest.json").toFile())
                .get("scenario_sha256")
                .asText();
    }

    @Test
    void aSweepIsValidWhenOnlyALateCellCanRun() {
        Cli cli = Cli.run(
                "validate",
                Goldens.project()
                        .resolve("scenarios/gallery/3d-parallel-grid.yaml")
                        .toString());

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out())
                .contains(
                        "first 8 of 90 cells, and the first that can run",
                        "... and 81 more cells, which only a run shows")
                .contains("cannot run: stage 0 needs")
                .contains("1024 GPUs = tensor");
    }

    @Test
    void aLongSweepIsShownInPart() {
        assertThat(Cli.runWith(Templates.text("sweep"), "validate", "-").out()).contains("ok   first 8 of 16 cells\n");
        assertThat(Cli.runWith(Templates.text("variants"), "validate", "-").out())
                .contains("ok   3 cells\n");
    }

    @Test
    void aLongListOfFailuresIsCut() {
        Cli cli = Cli.runWith(
                Templates.text("sweep") + "\nexpect: {step-time: \"<= 1 s\"}\n", "run", "-o", folder.toString(), "-");

        assertThat(cli.code()).isEqualTo(4);
        assertThat(cli.out()).contains("; not in 14 more of 16 cells)");
    }

    @Test
    void whatWouldBeIgnoredIsAMistake() {
        assertThat(Cli.run("run", "--jobs", "0", STEP).err()).contains("error[value]: --jobs 0 is out of range");
        assertThat(Cli.run("show", "presets", "dgx-a100").err()).contains("'presets' takes no name");
    }

    private static List<Path> filesIn(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(root::relativize)
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theNumberOfThreadsChangesNoByte() throws IOException {
        String sweep = Templates.text("sweep");
        for (String jobs : List.of("1", "2", "7")) {
            Cli.runWith(
                    sweep,
                    "run",
                    "--quick",
                    "--jobs",
                    jobs,
                    "-o",
                    folder.resolve(jobs + "/r").toString(),
                    "-");
        }

        for (Path file : filesIn(folder.resolve("1/r"))) {
            assertThat(folder.resolve("2/r").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("1/r").resolve(file));
            assertThat(folder.resolve("7/r").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("1/r").resolve(file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"step-time", "memory", "mfu", "throughput"})
    void explanationsAddUp(String metric) throws IOException {
        JsonNode breakdown = json(Cli.run("explain", "--json", metric, STEP)).get("breakdown");
        double sum = 0;
        for (JsonNode term : breakdown.get("terms")) {
            sum += term.get("value").asDouble();
        }

        assertThat(sum / breakdown.get("total").asDouble()).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-9));
    }

    /** Where there is no plan to print, what the first replication comes to. */
    @Test
    void validateSaysWhatAStudyWithoutAPlanComesTo() {
        Cli cli = Cli.run(
                "validate",
                Goldens.project().resolve("scenarios/gallery/ten-jobs.yaml").toString());

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out()).contains("fifo: mean JCT 13.2 min").doesNotContain("plan");
    }

    @Test
    void theTemplateOfJobsAnswersItsQuestion() {
        Cli cli = Cli.runWith(Templates.text("jobs"), "run", "--quick", "-o", folder.toString(), "-");

        assertThat(cli.code()).as(cli.out() + cli.err()).isZero();
        assertThat(cli.out()).contains("PASS").doesNotContain("designs that fit");
    }

    @Test
    void everyTemplateIsValid() {
        Templates.ALL.keySet().forEach(name -> {
            Cli cli = Cli.runWith(Templates.text(name), "validate", "-");
            assertThat(cli.code()).as(name + ": " + cli.err()).isZero();
        });
    }

    @Test
    void everyVerbPrintsOneJsonDocument() throws IOException {
        json(Cli.run("validate", "--json", STEP));
        json(Cli.run("init", "--json", "step"));
        json(Cli.run("init", "--json", "--list"));
        json(Cli.run("show", "--json", "presets"));
        json(Cli.run("show", "--json", "hardware"));
        json(Cli.run("show", "--json", "metrics"));
        json(Cli.run("show", "--json", "preset", "dgx-a100"));
        json(Cli.run("schema", "--json"));
        json(Cli.run("completion", "--json", "bash"));
        json(Cli.run("verify", "--json", "collectives"));
        JsonNode run = json(Cli.run("run", "--json", "-o", folder.toString(), STEP));
        assertThat(run.get("headline").get("metric").asText()).isEqualTo("step-time");
    }

    @Test
    void stepsOfDifferentBatchesAreComparedByThroughput() {
        Cli cli = Cli.runWith(
                Templates.text("step") + "\nsweep: {job.batch.global: [64, 128]}\n",
                "run",
                "-o",
                folder.toString(),
                "-");
        assertThat(cli.out()).contains("Best throughput", "at global 128");
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

    @Test
    void theVersionIsTheBuilds() {
        assertThat(Cli.run("--version").out()).matches("trainyard [0-9]+\\.[0-9]+.*\\s+");
    }

    @Test
    void progressNamesTheTimeLeft() {
        assertThat(Progress.line(3, 12, 6)).contains("3/12").contains("18 s left");
    }
}
