package trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.Goldens;

class PlanTest {

    private static final String SCENARIO =
            Goldens.project().resolve("scenarios/gallery/gpt3-175b-plan.yaml").toString();

    private static final String PROFILE = """
            schema: trainyard/calibration-profile/1
            id: small-products
            provenance: {kind: assumed, date: 2026-11-22, method: "invented for a test"}
            machine: {gpu: "NVIDIA A100"}
            compute:
              - {op: gemm, dtype: bf16, model: roofline-eff, peak_flops_per_s: 2.2e14, half_k: 200, half_tile: 700,
                 launch_s: 3.0e-6, valid: {m: [256, 8192], n: [256, 8192], k: [256, 8192]}}
            """;

    private static Cli plan(String... options) {
        List<String> arguments = new ArrayList<>(List.of("plan", SCENARIO));
        arguments.addAll(List.of(options));
        return Cli.run(arguments.toArray(String[]::new));
    }

    /** As run does: the GEMMs of GPT-3 175B are wider than 8,192. */
    @Test
    void tellsWherePlansLieOutsideWhatWasMeasured(@TempDir Path folder) throws IOException {
        Path profile = Files.writeString(folder.resolve("small.yaml"), PROFILE);
        String[] few = {
            "--fix",
            "tensor=8",
            "--fix",
            "micro=1",
            "--fix",
            "zero=1",
            "--fix",
            "recompute=selective",
            "--set",
            "cluster.node.gpu.calibration=" + profile,
            "-o",
            folder.resolve("out").toString()
        };
        Cli cli = plan(few);

        assertThat(cli.out())
                .containsPattern(
                        "Note +t8 p.* \\(the farthest of [0-9]+ designs\\): the fit of matrix products in bf16 of the"
                                + " profile small-products is used outside what was measured");
        assertThat(folder.resolve("out/report.html")).content().contains("is used outside what was measured");
    }

    /** As run remarks on the same job. */
    @Test
    void tellsWhereSoftwareThatShardsWeightsWasNotCompared() {
        String[] sharded = {"--fix", "zero=3", "--fix", "tensor=8", "--fix", "pipeline=1", "--fix", "recompute=full"};
        String remark = "Note       plans with zero 3: no published run that shards weights was compared with software";

        assertThat(plan(sharded).out()).contains(remark);
        assertThat(plan("--fix", "zero=1", "--fix", "tensor=8", "--fix", "recompute=full")
                        .out())
                .doesNotContain("no published run");
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        String[] small = {"--fix", "tensor=8", "--fix", "micro=1,2", "--fix", "zero=1", "--json", "--jobs"};
        List<String> printed = new ArrayList<>();
        for (String threads : List.of("1", "2", "7")) {
            List<String> options = new ArrayList<>(List.of(small));
            options.add(threads);
            Cli cli = plan(options.toArray(String[]::new));
            assertThat(cli.code()).as(cli.err()).isZero();
            printed.add(cli.out());
        }
        assertThat(printed.get(1)).isEqualTo(printed.get(0));
        assertThat(printed.get(2)).isEqualTo(printed.get(0));
    }

    /** The search finds a plan that is faster than the one written down, and says so in all its figures. */
    @Test
    void beatsThePlanThatIsWrittenDown(@TempDir Path folder) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode best = mapper.readTree(plan("--fix", "zero=1", "--json").out())
                .get("best")
                .get(0);
        Cli run = Cli.run("run", "--json", "-o", folder.toString(), SCENARIO);
        double written = mapper.readTree(run.out()).get("headline").get("value").asDouble();

        assertThat(best.get("step_time_s").asDouble()).isLessThan(written);
        assertThat(best.get("replayed_step_time_s").asDouble()).isLessThan(written);
        assertThat(best.get("memory_gib").asDouble()).isLessThan(80);
        assertThat(best.get("gpus").asInt()).isEqualTo(1024);
    }

    /** A step of some milliseconds is told in these, and plans can be told apart. */
    @Test
    void smallStepsAreTold(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("small.yaml");
        Files.writeString(file, """
                trainyard: 1
                name: small
                cluster: {nodes: 1, node: {preset: dgx-a100, gpus: 1}}
                job:
                  model: {family: gpt, layers: 1, hidden: 1024, heads: 16, vocabulary: 50304}
                  batch: {global: 1 sequence, micro: 1 sequence, sequence-length: 1024 tokens}
                """);
        Cli cli = Cli.run("plan", file.toString());

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out())
                .contains(" on 1 GPU, ", "1 plan that no other")
                .containsPattern("The fastest plan is t1 p1 d1 m1: \\d\\.\\d\\d ms a step")
                .containsPattern("none +0\\.00\\d\\d\\d ");
    }

    @Test
    void keepsFixedDimensions() throws IOException {
        Cli cli = plan(
                "--fix",
                "tensor=2,8",
                "--fix",
                "recompute=full",
                "--fix",
                "zero=1",
                "--objective",
                "memory",
                "--top",
                "4",
                "--json");
        JsonNode best = new ObjectMapper().readTree(cli.out()).get("best");

        assertThat(best).hasSize(4).allSatisfy(row -> {
            assertThat(row.get("tensor").asInt()).isIn(2, 8);
            assertThat(row.get("recompute").asText()).isEqualTo("full");
        });
    }

    @Test
    void whatIsPricedAndWhatIsLeftOutMakeUpTheSpace() throws IOException {
        JsonNode found = new ObjectMapper()
                .readTree(plan("--fix", "tensor=3,8", "--fix", "zero=1", "--fix", "micro=1,5", "--json")
                        .out());

        long plans = found.get("priced").asLong();
        for (JsonNode left : found.get("excluded")) {
            plans += left.get("plans").asLong();
        }
        assertThat(found.get("plans").asLong())
                .isEqualTo(plans)
                .isGreaterThan(found.get("candidates").asLong());
    }

    /** The two counts differ, so each says what it counts. */
    @Test
    void theCountsOfPlansSayWhatTheyCount() {
        Cli cli = plan("--fix", "tensor=3,8", "--fix", "zero=1", "--fix", "micro=1,5");

        assertThat(cli.err()).containsPattern("looked at the [0-9,]+ plans whose degrees fit together in ");
        assertThat(cli.out())
                .containsPattern(
                        "Space +[0-9,]+ plans of gpt3-175b .*, all combinations of values; the degrees of [0-9,]+ fit together");
    }

    @Test
    void anEmptySweepIsNothingToTellOf() {
        String[] small = {"--fix", "tensor=8", "--fix", "pipeline=8", "--fix", "zero=1", "--set", ""};
        small[small.length - 1] = "sweep={job.batch.micro: [1, 2]}";
        assertThat(plan(small).out()).contains("Not used   sweep: a plan is searched for one step");
        small[small.length - 1] = "sweep={}";
        assertThat(plan(small).out()).contains("Headline").doesNotContain("Not used");
    }

    @Test
    void writesAReportWithTheFront(@TempDir Path folder) {
        Cli cli = plan("--fix", "tensor=8", "--fix", "zero=1", "-o", folder.toString());

        assertThat(cli.out()).contains("Wrote");
        assertThat(folder.resolve("report.html")).content().contains("Step time against memory");
        assertThat(folder.resolve("charts/01-step-time-against-memory.svg")).isNotEmptyFile();
    }

    @Test
    void saysWhyNothingCanRun() {
        Cli cli = plan("--fix", "tensor=1", "--fix", "pipeline=2", "--fix", "zero=1");

        assertThat(cli.code()).isEqualTo(3);
        assertThat(cli.err()).contains("none of the plans of the space can run", "does not fit in memory");
    }

    @Test
    void whatDividesNothingIsNoMatterOfMemory() {
        Cli cli = plan("--top", "3", "--fix", "tensor=8", "--fix", "pipeline=64", "--fix", "data=4");

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err())
                .contains("error[plan]: none of the plans of the space can run", "change what is fixed", "--fix:1:8");
    }

    @Test
    void leavesAMarginOfMemory() throws IOException {
        JsonNode all =
                new ObjectMapper().readTree(plan("--fix", "tensor=8", "--json").out());
        JsonNode half = new ObjectMapper()
                .readTree(plan("--fix", "tensor=8", "--memory-share", "50%", "--json")
                        .out());

        assertThat(half.get("best"))
                .isNotEmpty()
                .allSatisfy(
                        plan -> assertThat(plan.get("memory_gib").asDouble()).isLessThanOrEqualTo(40));
        assertThat(all.get("best"))
                .anySatisfy(
                        plan -> assertThat(plan.get("memory_gib").asDouble()).isGreaterThan(40));
        assertThat(plan("--memory-share", "110%").err()).contains("110% is out of range");
    }

    @Test
    void refusesExchangesThatItDoesNotPrice() {
        Cli messages = plan("--set", "cluster.network.collectives=flow", "--set", "cluster.network.jobs=2");
        assertThat(messages.code()).isEqualTo(2);
        assertThat(messages.err()).contains("prices exchanges by formula", "run the plan that it finds");

        Cli jobs = plan("--set", "cluster.network.jobs=2");
        assertThat(jobs.code()).isEqualTo(2);
        assertThat(jobs.err()).contains("2 jobs share links");
    }

    @Test
    void refusesAStudyWithoutAPlan() {
        String jobs =
                Goldens.project().resolve("scenarios/gallery/ten-jobs.yaml").toString();

        Cli cli = Cli.run("plan", jobs);

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err())
                .contains("ten-jobs.yaml:", "the parallel plan of one training job; a study of jobs has none", "solve");
    }

    /** 96 heads on 1,024 GPUs. */
    @Test
    void namesTheDegreeThatContradictsAndTheNearest() {
        Cli tensor = plan("--top", "3", "--fix", "tensor=3");
        assertThat(tensor.code()).isEqualTo(2);
        assertThat(tensor.err())
                .contains("--fix:1:8", "tensor 3 does not divide the 1024 GPUs", "nearest: tensor 2 or 4")
                .doesNotContain("--set", "--top");

        assertThat(plan("--fix", "tensor=5,7").err())
                .contains("tensor 5 divides neither the 96 heads nor the 1024 GPUs", "nearest: tensor 4 or 8");
        assertThat(plan("--set", "search.expert=[3]").err())
                .contains(
                        "--set:1:16", "expert 3 does not divide the one expert of a dense model", "nearest: expert 1");
        assertThat(plan("--fix", "gpus=2048").err()).contains("no plan can run on more than the 1024 GPUs");
    }

    @Test
    void marksTheOptionThatWasTyped() {
        assertThat(plan("--fix", "expert=8,8x").err()).contains("--fix:1:10", "1 | expert=8,8x", "'8x' is not a whole");
        assertThat(plan("--seed", "-1").err()).contains("--seed:1:1", "-1 is out of range");
        assertThat(plan("--top", "0").err()).contains("--top:1:1", "0 is out of range");
        assertThat(plan("--objective", "speed").err()).contains("--objective:1:1");
        assertThat(plan("--memory-share", "x").err()).contains("--memory-share:1:1");
        assertThat(plan("--fix", "tensor").err()).contains("--fix takes KEY=VALUES");
        assertThat(plan("--fix", "tensor=[8x]").err()).contains("--fix:1:9");
    }

    @Test
    void namesAnUnknownDimension() {
        Cli cli = plan("--fix", "tensr=8");

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("tensor", "--fix:1:1", "1 | tensr=8\n");
    }
}
