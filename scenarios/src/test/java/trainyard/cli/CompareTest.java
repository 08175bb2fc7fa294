package trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.Goldens;

class CompareTest {

    private static final String STEP = gallery("gpt3-175b-step.yaml");
    private static final String PLAN = gallery("gpt3-175b-plan.yaml");

    private static String gallery(String file) {
        return Goldens.project().resolve("scenarios/gallery").resolve(file).toString();
    }

    private static final String PROFILE = """
            schema: trainyard/calibration-profile/1
            id: small-products
            provenance: {kind: assumed, date: 2026-11-22, method: "invented for a test"}
            machine: {gpu: "NVIDIA A100"}
            compute:
              - {op: gemm, dtype: bf16, model: roofline-eff, peak_flops_per_s: 2.2e14, half_k: 200, half_tile: 700,
                 launch_s: 3.0e-6, valid: {m: [256, 8192], n: [256, 8192], k: [256, 8192]}}
            """;

    /** As run does: the GEMMs of GPT-3 175B are wider than 8,192. */
    @Test
    void tellsWhereDesignsLieOutsideWhatWasMeasured(@TempDir Path folder) throws IOException {
        Path profile = Files.writeString(folder.resolve("small.yaml"), PROFILE);
        String set = "cluster.node.gpu.calibration=" + profile;
        Cli cli = Cli.run("compare", "--set", set, STEP, PLAN);

        assertThat(cli.out())
                .contains(
                        "(the farthest of 2 designs): the fit of matrix products in bf16 of the profile small-products is"
                                + " used outside what was measured");
        assertThat(Cli.run("compare", "--json", "--set", set, STEP, PLAN).json().get("notes"))
                .hasSize(1);
        assertThat(Cli.run("compare", "--json", STEP, PLAN).json().get("notes")).isEmpty();
    }

    /** The terms of each design add up to its step time, so their differences add up to the difference. */
    @Test
    void termsAddUpToTheStepOfEachDesign() throws IOException {
        JsonNode designs = new ObjectMapper()
                .readTree(Cli.run("compare", "--json", STEP, PLAN).out())
                .get("designs");

        assertThat(designs).hasSize(2).allSatisfy(design -> {
            double sum = 0;
            for (JsonNode seconds : design.get("terms_s")) {
                sum += seconds.asDouble();
            }
            double step = design.get("metrics").get("step-time").asDouble();
            assertThat(sum).isCloseTo(step, within(1e-6 * step));
        });
    }

    @Test
    void laysDesignsSideBySideWithTheDifferenceOfEachTerm(@TempDir Path folder) {
        Cli cli = Cli.run("compare", "-o", folder.toString(), STEP, PLAN);

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out())
                .containsPattern(
                        "gpt3-175b-step uses its GPUs best: MFU [0-9.]+ %; they differ in batch and number of GPUs")
                .containsPattern("useful compute +[0-9.]+ +[0-9.]+ \\(\\+[0-9.]+\\)");
        assertThat(folder.resolve("report.html"))
                .content()
                .contains("From gpt3-175b-step to gpt3-175b-plan", "step time, s")
                .doesNotContain("GPUs, GPUs");
    }

    /** 280 billion tokens take a little less than a year, and more than one if all is computed again. */
    @Test
    void oneMetricStandsInOneUnit() {
        Cli cli = Cli.run(
                "compare",
                "--set",
                "sweep={job.recompute: [selective, full]}",
                "--set",
                "job.train-tokens=280e9",
                STEP);

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out()).containsPattern("time to train +3[0-9.]+ days +4[0-9.]+ days");
    }

    /** Rounding leaves a difference of no seconds a sign, as if a term had fallen. */
    @Test
    void whatDoesNotDifferHasNoMinus() {
        Cli cli = Cli.run("compare", "--set", "variants={a: {}, b: {job.parallel.virtual-stages: 4}}", STEP);

        assertThat(cli.out()).contains("(+0.0000)").doesNotContain("-0.0000");
    }

    /** Half the batch takes less time, and trains less a second, since the pipeline fills as often for fewer micro-batches. */
    @Test
    void aShorterStepOfASmallerBatchIsNoFasterTraining() {
        Cli cli = Cli.run("compare", "--set", "sweep={job.batch.global: [32, 64]}", STEP);

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out().lines().findFirst().orElseThrow())
                .startsWith("global 64 trains most: ")
                .endsWith(" times as much as global 32; they differ in batch");
    }

    /** A gain that two decimals do not show is no gain of 1.00. */
    @Test
    void aGainBelowTwoDecimalsShowsMore() {
        Cli cli = Cli.run("compare", "--set", "sweep={cluster.node.nic-bandwidth: [24 GB/s, 25 GB/s]}", STEP);

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out().lines().findFirst().orElseThrow()).containsPattern(", 1\\.00[0-9]{2} times as fast as ");
    }

    /** Four sequences at once do not fit into 80 GB; a difference to a design without a time would be the time itself. */
    @Test
    void theFirstDesignThatCanRunIsTheBaseline(@TempDir Path folder) throws IOException {
        String[] arguments = {"compare", "-o", folder.toString(), "--set", "sweep={job.batch.micro: [8, 1, 2]}", STEP};

        Cli cli = Cli.run(arguments);

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out())
                .contains(
                        "micro 8 cannot run: ",
                        "The baseline is micro 1, the first design that can run.",
                        " as fast as micro 1")
                .containsPattern("useful compute +- +[0-9.]+ +[0-9.]+ \\([+-][0-9.]+\\)\n");
        assertThat(folder.resolve("report.html"))
                .content()
                .contains("From micro 1 to micro 2", "The baseline is micro 1, the first design that can run.")
                .doesNotContain("The first design is the baseline", "From micro 8");
    }

    /** Four sequences of which nothing is computed again do not fit; both others lose time to faults. */
    @Test
    void theFirstStudyThatCanRunIsTheBaseline(@TempDir Path folder) throws IOException {
        String life = """
                trainyard: 1
                name: life
                replications: 3
                cluster: {node: {preset: dgx-h100}, network: {preset: ib-ndr}}
                job:
                  model: {preset: llama3-8b}
                  batch: {global: 128 sequences, micro: 1 sequence, sequence-length: 8192 tokens}
                  parallel: {tensor: 1, data: 32, zero: 1}
                life:
                  horizon: 10 days
                  faults: {causes: {node: {scope: node, mtbf: 400 h, damage: node, repair: 40 h}}}
                  checkpoint: {interval: 10 min, write: 20 s, restore: 60 s}
                variants:
                  large: {job.batch.micro: 4 sequences}
                  full: {job.recompute: full}
                  spare: {job.recompute: full, life.spares: 2 nodes}
                """;

        Cli cli = Cli.runWith(life, "compare", "-", "-o", folder.toString());

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out())
                .contains("The baseline is full, the first design that can run.")
                .containsPattern("large +difference \\(95 %\\) +full\n")
                .containsPattern("(?m)^ +spare +difference");
        assertThat(folder.resolve("report.html")).content().contains("Each design less full");
        assertThat(Cli.runWith(life.replaceFirst("(?m)^  spare: .*\n", ""), "compare", "-")
                        .out())
                .doesNotContain("Under the same random numbers");
    }

    @Test
    void aDesignThatCannotRunHasNoTermsInJson() throws IOException {
        JsonNode document = new ObjectMapper()
                .readTree(Cli.run("compare", "--json", "--set", "sweep={job.batch.micro: [8, 1]}", STEP)
                        .out());

        assertThat(document.at("/baseline").asText()).isEqualTo("micro 1");
        assertThat(document.at("/designs/0/terms_s")).isEmpty();
        assertThat(document.at("/designs/1/terms_s")).isNotEmpty();
    }

    /** Half the layers take half the time, but that is no faster training of what the other trains. */
    @Test
    void aShorterStepOfASmallerModelIsNoFasterTraining() {
        Cli cli = Cli.run("compare", "--set", "sweep={job.model.layers: [96, 48]}", STEP);

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out().lines().findFirst().orElseThrow())
                .contains(" uses its GPUs best: MFU ")
                .endsWith("; they differ in model");
    }

    /** A step of the same work is faster on more GPUs; the reader has to know that they are more. */
    @Test
    void saysThatAFasterDesignHasMoreGpus() {
        Cli cli = Cli.run("compare", "--set", "sweep={cluster.nodes: [8, 16]}", STEP);

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out().lines().findFirst().orElseThrow())
                .startsWith("nodes 16 takes least: ")
                .endsWith("; they differ in number of GPUs");
    }

    @Test
    void comparesTheDesignsOfOneSweep() {
        Cli cli = Cli.run("compare", "--set", "sweep={job.recompute: [none, full]}", STEP);

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out()).contains("none", "full", "recomputation");
    }

    /** Before either is run. */
    @Test
    void refusesStudiesOfTwoKinds() {
        Cli cli = Cli.run("compare", gallery("ten-jobs.yaml"), gallery("own-or-rent.yaml"));

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err())
                .contains("own-or-rent.yaml:", "own-or-rent is a study of tco, and ten-jobs one of jobs", "one kind");
    }

    /** Each has metrics of its own teams; those that both have are compared. */
    @Test
    void comparesClustersWithOtherTeams(@TempDir Path folder) throws IOException {
        String jobs = """
                trainyard: 1
                name: TEAM
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                scheduler: {policy: fifo}
                jobs: {list: [{id: A, team: TEAM, gpus: 8, run: 1 h}]}
                """;
        Path first = Files.writeString(folder.resolve("a.yaml"), jobs.replace("TEAM", "vision"));
        Path second = Files.writeString(folder.resolve("b.yaml"), jobs.replace("TEAM", "speech"));

        Cli cli = Cli.run("compare", first.toString(), second.toString());

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out()).contains("utilization").doesNotContain("team vision");
    }

    /** A list is one run, drawn jobs are three: the difference is that of the means shown, not of the first runs. */
    @Test
    void takesTheDifferenceOfMeansWhereReplicationsDiffer(@TempDir Path folder) throws IOException {
        String cluster = """
                trainyard: 1
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                scheduler: {policy: fifo}
                report: {headline: makespan}
                """;
        Path drawn = Files.writeString(folder.resolve("a.yaml"), cluster + """
                        name: drawn
                        replications: 3
                        jobs: {arrivals: {horizon: 1 day, classes: {train: {every: 2 h, gpus: 8, run: 1 h}}}}
                        """);
        Path listed = Files.writeString(folder.resolve("b.yaml"), cluster + """
                        name: listed
                        jobs: {list: [{id: A, gpus: 8, run: 1 h}]}
                        """);

        Cli cli = Cli.run("compare", "--json", drawn.toString(), listed.toString());

        JsonNode document = new ObjectMapper().readTree(cli.out());
        JsonNode first = document.at("/designs/0/metrics/makespan");
        JsonNode second = document.at("/designs/1/metrics/makespan");
        assertThat(second.at("/difference/value").asDouble())
                .isCloseTo(second.at("/value").asDouble() - first.at("/value").asDouble(), within(1e-9));
        assertThat(second.at("/difference/half_width").isMissingNode()).isTrue();
        assertThat(document.at("/designs/1/paired").asBoolean()).isFalse();
        assertThat(document.at("/pairing").asText()).contains("differ in seeds or replications");
    }

    @Test
    void refusesAHeadlineThatTheOtherLacks(@TempDir Path folder) throws IOException {
        String jobs = """
                trainyard: 1
                name: one
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                scheduler: {policy: fifo}
                jobs: {list: [{id: A, team: vision, gpus: 8, run: 1 h}]}
                report: {headline: team.vision.wait.mean}
                """;
        Path first = Files.writeString(folder.resolve("a.yaml"), jobs);

        Cli cli = Cli.run("compare", first.toString(), gallery("ten-jobs.yaml"));

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("ten-jobs has no team.vision.wait.mean, which is the headline of one");
    }

    /** Of designs that are alike in everything there is no table, only what they share. */
    @Test
    void designsThatAreAlikeHaveNoEmptyTable(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), """
                trainyard: 1
                name: alike
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                scheduler: {policy: fifo}
                jobs: {list: [{id: A, submit: 0 s, gpus: 8, run: 1 h}]}
                variants: {fifo: {}, easy: {scheduler.policy: easy}}
                """);

        assertThat(Cli.run("compare", file.toString()).out())
                .contains("The same in all: mean JCT 1 h")
                .doesNotContain("difference (95 %)");
    }

    @Test
    void needsTwoDesigns() {
        Cli cli = Cli.run("compare", STEP);

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("one design only");
    }

    /** Ten designs under each other in blocks, each with the names of the metrics and each difference beside its value. */
    @Test
    void manyDesignsFitOnAPage() {
        String out = Cli.run("compare", gallery("ten-jobs.yaml")).out();

        assertThat(out.lines().mapToInt(String::length).max().orElseThrow()).isLessThanOrEqualTo(Listing.LINE);
        assertThat(out.lines().filter(line -> line.startsWith("mean JCT "))).hasSizeGreaterThan(2);
        assertThat(out.lines().filter(line -> line.contains("difference (95 %)")))
                .allSatisfy(line -> assertThat(line.strip()).doesNotStartWith("difference"));
        for (String policy : new String[] {"fifo", "easy", "conservative", "smallest-first"}) {
            assertThat(out).contains(" " + policy + " ");
        }
    }
}
