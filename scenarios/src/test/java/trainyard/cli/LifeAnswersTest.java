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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.scenario.source.ExitCode;
import trainyard.scenario.workload.life.LifeMetrics;
import trainyard.scenario.workload.metric.Metric;

/** What the command says of lives: numbers in terms, and no winner where there is none. */
class LifeAnswersTest {

    private static final String LIFE = """
            trainyard: 1
            name: life
            replications: 3
            cluster: {node: {preset: dgx-h100}, network: {preset: ib-ndr}}
            job:
              model: {preset: llama3-8b}
              batch: {global: 128 sequences, micro: 1 sequence, sequence-length: 8192 tokens}
              parallel: {tensor: 8, data: 16, sequence-parallel: true, zero: 1}
              recompute: full
            life:
              horizon: 20 days
              step-time: 7 s
              spares: 4 nodes
              faults: {causes: {node: {mtbf: 400 h}, job: {scope: job, mtbf: 100 h}}}
              checkpoint: {write: 20 s, restore: 60 s}
              recovery: {detect: 1 min, diagnose: 0 s, initialise: 2 min}
            """;

    private static JsonNode explain(String metric, String text) throws IOException {
        Cli cli = Cli.runWith(text, "explain", "--json", metric, "-");
        assertThat(cli.code()).as(metric + ": " + cli.err()).isZero();
        return new ObjectMapper().readTree(cli.out());
    }

    private static double sum(JsonNode breakdown) {
        double sum = 0;
        for (JsonNode term : breakdown.get("terms")) {
            sum += term.get("value").asDouble();
        }
        return sum;
    }

    /** The optimum for C = 20 s and M = 1 / (16 / 400 h + 1 / 100 h) = 20 h, rounded to whole steps of 7 s. */
    @Test
    void theIntervalIsTakenApartIntoItsRuleAndItsRounding() throws IOException {
        JsonNode explained = explain("checkpoint-interval", LIFE);
        JsonNode terms = explained.get("breakdown").get("terms");
        assertThat(explained.get("value").asDouble()).isCloseTo(sum(explained.get("breakdown")), within(1e-9));
        assertThat(terms.get(0).get("name").asText()).isEqualTo("by the rule optimum");
        // Young's sqrt(2 C M) = 28.284 min less two thirds of C, to the next order.
        assertThat(terms.get(0).get("value").asDouble()).isCloseTo(28.284 - 20.0 * 2 / 3 / 60, within(0.001));
        assertThat(terms.get(0).get("formula").asText()).contains("C = 20 s", "M = 20 h");
        assertThat(explained.get("value").asDouble() * 60 % 7).isCloseTo(0, within(1e-6));
    }

    @Test
    void theMeanTimeBetweenFaultsIsTakenApartByCause() throws IOException {
        JsonNode explained = explain("mtbf", LIFE);
        assertThat(explained.get("breakdown").get("terms")).hasSize(2);
        assertThat(sum(explained.get("breakdown"))).isCloseTo(24 / 20.0, within(1e-9));
        assertThat(explained.get("value").asDouble()).isCloseTo(20, within(1e-9));
    }

    /** Of several lives, the means of the causes and of the minutes by what they went into add up to those of the metrics. */
    @Test
    void incidentsAreTakenApartByCauseAndWhatTheyCostByState() throws IOException {
        JsonNode incidents = explain("incidents", LIFE);
        assertThat(incidents.get("breakdown").get("terms")).hasSizeGreaterThan(1);
        assertThat(incidents.get("value").asDouble()).isCloseTo(sum(incidents.get("breakdown")), within(1e-9));

        JsonNode lost = explain("lost-per-incident", LIFE);
        assertThat(lost.get("value").asDouble()).isCloseTo(sum(lost.get("breakdown")), within(1e-6));
    }

    /** Whatever metric a life has: its terms add up, or it is said why there are none. */
    @Test
    void everyMetricIsTakenApartOrRefusedWithAReason() throws IOException {
        for (Metric metric : LifeMetrics.all()) {
            Cli cli = Cli.runWith(LIFE, "explain", "--json", metric.name(), "-");
            if (cli.code() == ExitCode.BAD_INPUT.code()) {
                assertThat(cli.err())
                        .as(metric.name())
                        .containsPattern("break down|has no value|no value for|product of factors");
            } else {
                JsonNode breakdown = new ObjectMapper().readTree(cli.out()).get("breakdown");
                assertThat(cli.code()).as(metric.name()).isZero();
                assertThat(breakdown.get("title").asText()).as(metric.name()).doesNotContain("Step time");
                assertThat(sum(breakdown))
                        .as(metric.name())
                        .isCloseTo(breakdown.get("total").asDouble(), within(1e-6));
            }
        }
    }

    /** With the step modelled, a life's own numbers are still not those of the step. */
    @Test
    void theIntervalIsNoStepTimeWhereTheStepIsModelled() throws IOException {
        JsonNode explained = explain("checkpoint-interval", LIFE.replace("step-time: 7 s", "step-time: auto"));
        assertThat(explained.get("breakdown").get("title").asText()).isEqualTo("Training time between two snapshots");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "life.recovery.policy=requeue | the policy is not replace",
                "life.faults.causes.node.shape=0.7 | a cause is not exponential",
                "life.checkpoint.rule=adaptive | the interval adapts",
                "life.recovery.restart.max-restarts=4 | rules of restart",
                "life.horizon=20 days | is a product of factors",
            })
    void aClosedFormSaysWhyItHasNoValueOrNoTerms(String change, String reason) {
        Cli cli = Cli.runWith(LIFE, "explain", "ettr.closed-form", "-", "--set", change);
        assertThat(cli.code()).isEqualTo(ExitCode.BAD_INPUT.code());
        assertThat(cli.err()).contains("ettr.closed-form").contains(reason);
    }

    /** Designs that are compared say it for each reason, of the designs that have it. */
    @Test
    void comparedDesignsSayWhatAClosedFormLacks() {
        String variants = LIFE + "variants: {replace: {}, requeue: {life.recovery.policy: requeue}}\n";
        assertThat(Cli.runWith(variants, "compare", "-").out())
                .containsPattern("\nETTR closed form +[0-9.]+ % +UNKNOWN +-")
                .contains("\nETTR closed form: UNKNOWN: the policy is not replace\n")
                .contains("time to train: UNKNOWN: needs life.steps");
    }

    @Test
    void noWinnerIsNamedWhereTheReplicationsShowNone(@TempDir Path folder) {
        String variants =
                LIFE + "variants: {one: {}, other: {life.repair-crews: 500}, slow: {life.recovery.detect: 3 h}}\n";
        Cli cli = Cli.runWith(variants, "run", "-", "-o", folder.toString());
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out())
                .contains("at one, and no difference that the replications can show to other, among all 3 designs")
                .doesNotContain("Best");

        String two = LIFE + "variants: {one: {}, slow: {life.recovery.detect: 3 h}}\n";
        assertThat(Cli.runWith(two, "run", "-", "-o", folder.toString()).out()).contains("Best ETTR", " at one, among");
        assertThat(Cli.runWith(variants, "compare", "-").out())
                .startsWith("ETTR: no difference that the replications can show between one");
        assertThat(Cli.runWith(two, "compare", "-").out())
                .startsWith("one has the best ETTR")
                .containsPattern("\nETTR .* % +-[0-9.]+ points \\(-[0-9.]+ to -[0-9.]+\\)\n");
        assertThat(folder.resolve("report.html"))
                .content()
                .contains("Against baseline, % of its value")
                .containsPattern("−[0-9.]+ %</span>");
    }

    /** Without checks their part is 0, whatever the sums from which it is left are rounded to. */
    @Test
    void checksThatAreNotThereTakeNothing() throws IOException {
        String async =
                LIFE.replace("{write: 20 s, restore: 60 s}", "{mode: async, interference: 0.0003, stall: 0.3 s}");
        assertThat(explain("checkpoint-stall", async).get("breakdown").get("terms"))
                .anySatisfy(term -> assertThat(term.get("name").asText()).isEqualTo("checks"))
                .allSatisfy(term -> assertThat(term.get("value").asDouble()).isNotNegative());
    }

    /** A life knows the nodes of its job and its spares; those that the cluster has beyond are in no share. */
    @Test
    void nodesThatAreNeitherOfTheJobNorSparesAreRemarkedOn(@TempDir Path folder) {
        String more = LIFE.replace("cluster: {node", "cluster: {nodes: 40, node");
        assertThat(Cli.runWith(more, "run", "-", "-o", folder.toString()).out())
                .contains("20 of the 40 nodes of the cluster are left out: the job has 16, and life.spares 4");
        assertThat(Cli.runWith(LIFE, "run", "-", "-o", folder.toString()).out()).doesNotContain("left out");
    }

    @Test
    void lifeWithoutAStepOrASnapshotIsRemarkedOn(@TempDir Path folder) {
        String barren =
                LIFE.replace("step-time: 7 s", "step-time: 7 days").replace("horizon: 20 days", "horizon: 5 days");
        assertThat(Cli.runWith(barren, "run", "-", "-o", folder.toString()).out())
                .contains("3 of 3 lives keep no step, which takes 7 days");
        String unsaved = LIFE.replace("write: 20 s", "interval: 40 days, write: 20 s");
        assertThat(Cli.runWith(unsaved, "run", "-", "-o", folder.toString()).out())
                .contains("no snapshot is ever taken: the interval is longer than the horizon, 20 days");
        String outlasted = LIFE.replace("write: 20 s", "write: 10 days");
        assertThat(Cli.runWith(outlasted, "run", "-", "-o", folder.toString()).out())
                .contains("few snapshots are ever complete: one takes 10 days, and a fault stops the job every ");
        String inBackground = LIFE.replace("write: 20 s", "mode: async, stall: 1 s, write: 10 days");
        assertThat(Cli.runWith(inBackground, "run", "-", "-o", folder.toString())
                        .out())
                .contains("few snapshots are ever complete: one takes 10 days, and a fault stops the job every ");
        assertThat(Cli.runWith(LIFE, "run", "-", "-o", folder.toString()).out())
                .doesNotContain("keep no step")
                .doesNotContain("no snapshot");
    }

    /** The cheapest life would be one that is cut off before its first step. */
    @Test
    void aDesignThatDoesNotFinishIsNeverTheCheapest(@TempDir Path folder) {
        String both = LIFE.replace("horizon: 20 days", "horizon: 20 days\n  steps: 20000")
                + "cost: {price: 2 USD/GPU-hour}\nreport: {headline: cost}\n"
                + "variants: {cut: {life.horizon: 12 h}, whole: {}}\n";
        Cli cli = Cli.runWith(both, "run", "-", "-o", folder.toString());
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out())
                .contains("Best cost", " at whole, among all 2 designs, 1 of which has no value")
                // 20 nodes of 8 GPUs for 12 hours at 2 USD.
                .contains("cut: 3 of 3 lives do not finish their steps", "the cost is at least 3,840 USD");
        assertThat(Cli.runWith(both, "compare", "-").out())
                .startsWith("whole has the best cost")
                .containsPattern("\ncost +UNKNOWN\\s");
    }

    /** Two files with one name are told apart, and all values of a row are in one unit. */
    @Test
    void comparedScenariosOfOneNameAreTold(@TempDir Path folder) throws IOException {
        Path a = Files.writeString(folder.resolve("a.yaml"), LIFE.replace("write: 20 s", "interval: 2 h, write: 20 s"));
        Path b = Files.writeString(
                folder.resolve("b.yaml"), LIFE.replace("write: 20 s", "interval: 5 min, write: 20 s"));
        Cli cli = Cli.run("compare", a.toString(), b.toString());
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out()).contains("life (" + a + ")", "life (" + b + ")");
        String row = cli.out()
                .lines()
                .filter(line -> line.startsWith("checkpoint interval "))
                .findFirst()
                .orElseThrow();
        assertThat(row).contains(" h").doesNotContain("min");
    }

    @Test
    void anUnknownTraceNamesThoseThatThereAre() {
        String replay = LIFE.replace(
                "{causes: {node: {mtbf: 400 h}, job: {scope: job, mtbf: 100 h}}}",
                "{trace: {file: \"shipped:bamboo-spot/p4-trace.csv\", format: membership}}");
        Cli cli = Cli.runWith(replay, "validate", "-");
        assertThat(cli.code()).isEqualTo(ExitCode.UNREADABLE_DATA.code());
        assertThat(cli.err())
                .contains("did you mean 'bamboo-spot/p3-trace.csv'?")
                .contains("oobleck-artifact/10m.csv");
    }

    @Test
    void captionsTakeTheirCountsFromTheRun(@TempDir Path folder) throws IOException {
        String charts = LIFE.replace("replications: 3", "replications: 30")
                + "report: {charts: [{kind: cdf, y: ettr, caption: \"Of {replications} lives.\"}]}\n";
        Cli.runWith(charts, "run", "-", "--quick", "-o", folder.toString());
        assertThat(folder.resolve("report.html")).content().contains("Of 20 lives.");
    }

    /** A policy that takes the state from survivors loses as much as one from snapshots where ZeRO leaves no copy of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hot-spare | 1 | true",
                "quorum | 2 | true",
                "reroute | 3 | true",
                "just-in-time | 2 | true",
                "hot-spare | 0 | false",
                "quorum | 0 | false",
                "replace | 3 | false"
            })
    void policiesWithoutACopyGoBackToASnapshotAndSaySo(String policy, int zero, boolean told) throws IOException {
        String text = LIFE.replace("zero: 1", "zero: " + zero)
                .replace("recovery: {", "recovery: {policy: " + policy + ", ")
                .replace("write: 20 s", "interval: 5 h, write: 20 s")
                .replace("job: {scope: job, mtbf: 100 h}", "gpu: {scope: gpu, mtbf: 3200 h, damage: process}");
        Cli cli = Cli.runWith(text, "run", "--json", "-");
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out().contains("no survivor has the state")).isEqualTo(told);
        double lost = explain("share.lost-work", text).get("value").asDouble();
        if (told || policy.equals("replace")) {
            assertThat(lost).isGreaterThan(2);
        } else {
            assertThat(lost).isLessThan(0.5);
        }
    }

    /** In groups that share the state out there are copies, unless the group is all. */
    @Test
    void groupsOfRanksLeaveCopies() throws IOException {
        String text = LIFE.replace("zero: 1", "zero: 1, shard-group: 4")
                .replace("recovery: {", "recovery: {policy: hot-spare, ");
        assertThat(Cli.runWith(text, "run", "--json", "-").out()).doesNotContain("no survivor has the state");
        assertThat(Cli.runWith(text.replace("group: 4", "group: 16"), "run", "--json", "-")
                        .out())
                .contains("no survivor has the state");
    }

    private static final String TIERED = LIFE.replace(
            "{write: 20 s, restore: 60 s}",
            "{tiers: [{kind: peer-memory, mode: sync, write: 1 s}, {kind: parallel-file-system, mode: sync, write: 2 s}]}");

    private static double minutes(String metric, String text) throws IOException {
        JsonNode explained = explain(metric, text);
        assertThat(explained.get("value").asDouble()).isCloseTo(sum(explained.get("breakdown")), within(1e-9));
        return explained.get("value").asDouble();
    }

    /**
     * M = 20 h and C = 1 s: sqrt(2 C M) = 379.5 s are 54 steps of 7 s. No fault is left to the file system, so M is twice the
     * horizon and sqrt(2 x 2 s x 40 days) = 3,718 s, ten times as long.
     */
    @Test
    void eachTierHasAnIntervalForTheFaultsThatNoneBeforeItSurvives() throws IOException {
        assertThat(minutes("checkpoint-interval", TIERED) * 60).isCloseTo(54 * 7, within(1e-6));
        assertThat(minutes("checkpoint-interval.peer-memory", TIERED) * 60).isCloseTo(54 * 7, within(1e-6));
        assertThat(minutes("checkpoint-interval.parallel-file-system", TIERED) * 60)
                .isCloseTo(540 * 7, within(1e-6));
        assertThat(explain("checkpoint-interval.parallel-file-system", TIERED).toString())
                .contains("tier 2 of 2", "C = 2 s, M = 40 days", "no tier before it");
    }

    /** Nodes that are given back take their memory along: M = 20 h is the file system's, and sqrt(2 x 2 s x 20 h) are 77 steps. */
    @ParameterizedTest
    @CsvSource({"policy: requeue", "'policy: replace, if-stopped: requeue'"})
    void aJobThatGivesItsNodesBackSavesForTheFileSystem(String policy) throws IOException {
        String text = TIERED.replace("recovery: {", "recovery: {" + policy + ", ");
        assertThat(minutes("checkpoint-interval.parallel-file-system", text) * 60)
                .isCloseTo(77 * 7, within(1e-6));
        assertThat(minutes("checkpoint-interval.peer-memory", text) * 60).isCloseTo(77 * 7, within(1e-6));
        assertThat(Cli.runWith(text, "run", "--json", "-").out())
                .contains("no snapshot of tier peer-memory is left after a fault: the job gives its nodes back");
        assertThat(Cli.runWith(TIERED, "run", "--json", "-").out()).doesNotContain("is left after a fault");
    }

    /** Rates, kinds and intervals of tiers are inputs like all others. */
    @Test
    void theInputsListTheKeysOfEachTier(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("tiers.yaml"), TIERED);
        assertThat(Cli.run("run", file.toString(), "-o", folder.resolve("out").toString())
                        .code())
                .isZero();
        String page;
        try (var pages = Files.walk(folder.resolve("out"))) {
            page = Files.readString(pages.filter(path -> path.endsWith("report.html"))
                    .findFirst()
                    .orElseThrow());
        }
        assertThat(page).containsPattern("tiers\\[1\\]\\.kind</th><td[^>]*>peer-memory");
        assertThat(page).containsPattern("tiers\\[2\\]\\.write</th><td[^>]*>2 s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{kind: object-store}, {kind: peer-memory}] | survives less than object-store before it",
                "[{kind: peer-memory, interval: 5 min}, {kind: object-store, interval: 1 min}] | is due more often than peer-memory"
            })
    void tiersStandFastestFirst(String tiers, String what) {
        Cli cli = Cli.runWith(LIFE.replace("{write: 20 s, restore: 60 s}", "{tiers: " + tiers + "}"), "validate", "-");
        assertThat(cli.code()).isEqualTo(ExitCode.BAD_INPUT.code());
        assertThat(cli.err()).contains(what, "tiers stand fastest first", "tier 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiers.1.interval", "tiers[1].interval"})
    void anEntryOfAListHasNoPath(String path) {
        Cli cli = Cli.runWith(TIERED, "validate", "-", "--set", "life.checkpoint." + path + "=5 min");
        assertThat(cli.code()).isEqualTo(ExitCode.BAD_INPUT.code());
        assertThat(cli.err()).contains("write all of it, life.checkpoint.tiers=[");
    }
}
