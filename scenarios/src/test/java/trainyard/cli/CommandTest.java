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

/** What the verbs print and write. */
class CommandTest {

    private static final String STEP =
            Goldens.project().resolve("scenarios/gallery/gpt3-175b-step.yaml").toString();

    @TempDir
    private Path folder;

    @Test
    void gpusThatAPlanLeavesIdleAreToldOf() {
        Cli cli = Cli.run("run", "--set", "cluster.nodes=200", "--set", "job.parallel.data=1", STEP);
        assertThat(cli.out()).contains("GPUs of the cluster; the others stand idle and are not paid for here");
        assertThat(Cli.run("run", STEP).out()).doesNotContain("stand idle");
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

    /** The degrees that are shown multiply to the GPUs. */
    @Test
    void aPlanIsShownWithTheRanksOfASequence() {
        assertThat(Cli.runWith(
                                Templates.text("step"),
                                "validate",
                                "-",
                                "--set=job.parallel.context=2",
                                "--set=cluster.nodes=16")
                        .out())
                .containsPattern("GPUs = tensor \\d+ x pipeline \\d+ x context 2 x data \\d+;");
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
        JsonNode breakdown = Cli.run("explain", "--json", metric, STEP).json().get("breakdown");
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
        Cli.run("validate", "--json", STEP).json();
        Cli.run("init", "--json", "step").json();
        Cli.run("init", "--json", "--list").json();
        Cli.run("show", "--json", "presets").json();
        Cli.run("show", "--json", "hardware").json();
        Cli.run("show", "--json", "metrics").json();
        Cli.run("show", "--json", "preset", "dgx-a100").json();
        Cli.run("schema", "--json").json();
        Cli.run("completion", "--json", "bash").json();
        Cli.run("verify", "--json", "collectives").json();
        JsonNode run = Cli.run("run", "--json", "-o", folder.toString(), STEP).json();
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
    void theVersionIsTheBuilds() {
        assertThat(Cli.run("--version").out()).matches("trainyard [0-9]+\\.[0-9]+.*\\s+");
    }
}
