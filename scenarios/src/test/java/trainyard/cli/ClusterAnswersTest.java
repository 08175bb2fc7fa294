package trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.scenario.source.ExitCode;

/** What the command says of clusters under jobs. */
class ClusterAnswersTest {

    /** B waits 10 s for A, whichever may overtake. */
    private static final String TWO_JOBS = """
            trainyard: 1
            name: two
            cluster: {nodes: 1, node: {preset: dgx-h100}}
            scheduler: {policy: fifo}
            jobs: {list: [{id: A, gpus: 8, run: 10 s}, {id: B, gpus: 8, run: 10 s}]}
            report: {headline: wait.mean}
            """;

    private static final String DRAWN = """
            trainyard: 1
            name: drawn
            replications: 10
            cluster: {nodes: 1, node: {preset: dgx-h100}}
            scheduler: {policy: fifo}
            jobs: {arrivals: {horizon: 1 day, classes: {c: {every: 2 h, gpus: [8], run: 1 h}}}}
            """;

    private static final String SWEEP = """
            trainyard: 1
            name: tuned
            cluster: {nodes: 1, node: {preset: dgx-h100}}
            scheduler: {policy: fifo}
            jobs: {sweeps: {tune: {trials: 3, gpus: 8, train: 27 h, method: successive-halving, rungs: 2}}}
            """;

    @TempDir
    private Path folder;

    private String run(String text, String... options) {
        String[] arguments = new String[4 + options.length];
        System.arraycopy(new String[] {"run", "-", "-o", folder.toString()}, 0, arguments, 0, 4);
        System.arraycopy(options, 0, arguments, 4, options.length);
        Cli cli = Cli.runWith(text, arguments);
        assertThat(cli.code()).as(cli.err()).isZero();
        return cli.out();
    }

    /** Of a recorded list the metrics of a team are known where scheduler.teams names it. */
    @Test
    void aTeamThatADesignDoesNotNameIsToldSo() throws IOException {
        Files.writeString(folder.resolve("jobs.csv"), "when,gpus,run,team\n0,8,60,a\n0,8,60,b\n");
        Path file = Files.writeString(folder.resolve("teams.yaml"), """
                trainyard: 1
                name: teams
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                scheduler: {policy: fifo}
                jobs: {trace: {format: csv, file: jobs.csv, columns: {submit: when, gpus: gpus, run: run, team: team}}}
                variants: {unnamed: {}, named: {scheduler.teams: {a: {}}}}
                """);

        assertThat(Cli.run("compare", file.toString()).out())
                .contains("UNKNOWN: needs done jobs of team a, which scheduler.teams names")
                .doesNotContain("no replication has a value");
    }

    @Test
    void theQueueIsOfTheFirstDesignByItsName() {
        String two = TWO_JOBS + "variants: {slow: {}, easy: {scheduler.policy: easy}}\n";

        assertThat(Cli.runWith(two, "queue", "-", "--at", "1 s").out())
                .startsWith("At 1 s 1 job runs on 8 of 8 GPUs of slow, and 1 waits.");
        assertThat(Cli.runWith(two, "queue", "-", "--at", "1 s", "--json").out())
                .contains("\"cell\" : \"slow\"");
        assertThat(Cli.runWith(two, "queue", "-", "--at", "1 s", "--only", "easy")
                        .out())
                .startsWith("At 1 s 1 job runs on 8 of 8 GPUs, and 1 waits.");
    }

    /** Checked before the run, where no cell has a result yet; a run without the variant leaves its chart out. */
    @Test
    void aChartByTeamsOfOneVariantIsDrawn() {
        String quotas = TWO_JOBS.replace("report: {headline: wait.mean}\n", "") + """
                variants:
                  fifo: {}
                  kueue: {scheduler.policy: kueue, scheduler.teams: {a: {quota: 8}}}
                report:
                  headline: wait.mean
                  charts: [{kind: bar, x: team, columns: [jobs], at: {variant: kueue}, title: Jobs by team}]
                """;
        run(quotas);
        assertThat(folder.resolve("report.html"))
                .content()
                .contains("Jobs by team")
                .doesNotContain("Not drawn");
        assertThat(folder.resolve("results.csv")).content().contains("team.a.jobs");

        run(quotas, "--only", "fifo");
        assertThat(folder.resolve("report.html")).content().doesNotContain("Jobs by team");
        assertThat(Cli.runWith(quotas.replace("{variant: kueue}", "{variant: fifo}"), "validate", "-")
                        .err())
                .contains("no team has a metric 'jobs' of its own");
    }

    @Test
    void noneOfEqualDesignsIsTheBest() {
        String equal = TWO_JOBS + "variants: {a: {}, b: {scheduler.policy: easy}, c: {scheduler.policy: sjf}}\n";
        assertThat(run(equal))
                .contains("Mean wait 5 s, the same at all 3 designs")
                .doesNotContain("Best");

        String tooSmall = equal.replace("policy: sjf}", "policy: sjf, cluster.node.gpus: 4}");
        assertThat(run(tooSmall)).contains("Mean wait 5 s, the same at the 2 of 3 designs that can run");

        String unequal = equal.replace("c: {", "c: {cluster.nodes: 2, ");
        assertThat(run(unequal)).contains("Best mean wait 0 s at c, among all 3 designs");

        String two = unequal.replace("b: {", "b: {cluster.nodes: 2, ");
        assertThat(run(two)).contains("Best mean wait 0 s at b, the same at c, among all 3 designs");
    }

    @Test
    void aQuickRunSaysWhatItLeavesOut() {
        run(DRAWN, "--quick");
        assertThat(folder.resolve("report.html")).content().contains("Quick run: 3 of 10 replications.");

        run(DRAWN + "sweep: {cluster.nodes: [1, 2, 3, 4]}\n", "--quick");
        assertThat(folder.resolve("report.html"))
                .content()
                .contains("Quick run: 3 of 10 replications, at most three values of each swept path.");

        run(TWO_JOBS, "--quick");
        assertThat(folder.resolve("report.html")).content().doesNotContain("Quick run:");
        run(DRAWN);
        assertThat(folder.resolve("report.html")).content().doesNotContain("Quick run:");
    }

    @Test
    void theQueueAmidASweepTellsNoStarts() {
        Cli listed = Cli.runWith(SWEEP, "queue", "-", "--at", "1 h");
        assertThat(listed.code()).as(listed.err()).isZero();
        assertThat(listed.out().lines())
                .anyMatch(line -> line.matches("tune/0/trial1/rung0 .* unknown .*"))
                .anyMatch(line -> line.matches("tune/0/trial2/rung0 .* unknown .*"));

        Cli asked = Cli.runWith(SWEEP, "queue", "-", "--at", "1 h", "--gpus", "4");
        assertThat(asked.code()).isEqualTo(ExitCode.BAD_INPUT.code());
        assertThat(asked.out()).isEmpty();
        assertThat(asked.err())
                .contains("nobody knows yet which trials of sweep tune go on, so no start can be told")
                .contains("ask without --gpus");
    }

    /** A misspelt team would be asked for as if no quota held it; what is said of no job would count for nothing. */
    @Test
    void theQueueRefusesTeamsThatAreNotThereAndOptionsThatCountForNothing() {
        Cli team = Cli.runWith(TWO_JOBS, "queue", "-", "--at", "1 s", "--gpus", "4", "--team", "ops");
        assertThat(team.code()).isEqualTo(ExitCode.BAD_INPUT.code());
        assertThat(team.err()).contains("no job is of team ops, and scheduler.teams does not name it");

        Cli runTime = Cli.runWith(TWO_JOBS, "queue", "-", "--at", "1 s", "--run-time", "2 h");
        assertThat(runTime.code()).isEqualTo(ExitCode.BAD_INPUT.code());
        assertThat(runTime.err()).contains("--run-time has no effect without --gpus");
    }

    @Test
    void jobsOfAListWithoutGpusAreCounted() throws IOException {
        Path list = Files.writeString(folder.resolve("jobs.txt"), """
                JobID|Submit|ElapsedRaw|AllocTRES
                1|2024-05-01T10:00:00|3600|cpu=8,gres/gpu=8
                2|2024-05-01T10:00:00|3600|cpu=8
                3|2024-05-01T10:00:00|0|
                """);
        String scenario = """
                trainyard: 1
                name: recorded
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                jobs: {trace: {format: sacct, file: %s}}
                scheduler: {policy: fifo}
                """;

        assertThat(Cli.runWith(scenario.formatted(list), "validate", "-").out())
                .contains("The list: 1 job, 2 more that were given no GPU left out");
    }

    @Test
    void theQueueSaysOfATooLargeJobWhyItNeverStarts() {
        assertThat(Cli.runWith(TWO_JOBS, "queue", "-", "--at", "1 s", "--gpus", "9")
                        .out())
                .contains("At 1 s 1 job runs on 8 of 8 GPUs, and 1 waits.")
                .contains("A job of 9 GPUs submitted then would never start: the cluster has 8 GPUs.");
    }

    @Test
    void theQueueSaysWhichQuotaAJobIsAbove() {
        String scenario = """
                trainyard: 1
                name: quotas
                cluster: {nodes: 2, node: {preset: dgx-h100}}
                jobs: {list: [{id: a, gpus: 4, run: 1 h, team: interns}]}
                scheduler: {policy: kueue, teams: {interns: {quota: 4 GPUs}}}
                """;

        assertThat(Cli.runWith(scenario, "queue", "-", "--at", "1 s", "--gpus", "8", "--team", "interns")
                        .out())
                .contains("A job of 8 GPUs submitted then would never start: team interns may use 4 at most.");
    }

    /** The list has the team; only what the scenario names has metrics. */
    @Test
    void theTeamOfAListThatIsAskedForIsToBeNamed() throws IOException {
        Path list = Files.writeString(folder.resolve("jobs.csv"), "submit,gpus,run,team\n0,8,10,vision\n");
        String scenario = """
                trainyard: 1
                name: recorded
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                jobs: {trace: {format: csv, file: FILE, columns: {submit: submit, gpus: gpus, run: run, team: team}}}
                scheduler: {policy: fifo}
                report: {headline: team.vision.wait.mean}
                """.replace("FILE", list.toString());

        assertThat(Cli.runWith(scenario, "validate", "-").err())
                .contains("teams of a list have metrics once named: scheduler: {teams: {vision: {}}}");
    }

    /** A mix of own and lent nodes is not as dear as its bill, and nothing else would say so. */
    @Test
    void aBillWithSpotNodesSaysThatAllNodesHaveOnePrice() {
        String lent = TWO_JOBS.replace(
                "jobs: {", "cost: {price: 2 USD/GPU-hour}\njobs: {spot: {nodes: 1, up: 9 h, away: 1 h}, ");
        String remark = "Spot nodes are billed at cost.price as all others";

        assertThat(Cli.runWith(lent, "validate", "-").out()).contains(remark);
        assertThat(Cli.runWith(lent.replace("cost: {price: 2 USD/GPU-hour}\n", ""), "validate", "-")
                        .out())
                .doesNotContain(remark);
    }

    /** The clock of a run ends after 292 years: what is to pass on it is refused where it stands, mean times of parts are not. */
    @Test
    void durationsBeyondTheClockAreRefused() {
        Cli late = Cli.runWith(TWO_JOBS, "queue", "-", "--at", "400 years");
        assertThat(late.code()).isEqualTo(ExitCode.BAD_INPUT.code());
        assertThat(late.err()).contains("--at:1:1", "no run lasts so long", "write at most 150 years");

        Cli slow = Cli.runWith(TWO_JOBS, "validate", "-", "--set", "jobs.checkpoint={start: 400 years}");
        assertThat(slow.code()).isEqualTo(ExitCode.BAD_INPUT.code());
        assertThat(slow.err()).contains("start is longer than a run may last", "write at most 150 years");

        String faults = "jobs.failures={faults: {causes: {part: {mtbf: 400 years}}}}";
        Cli rare = Cli.runWith(TWO_JOBS, "validate", "-", "--set", faults);
        assertThat(rare.code()).as(rare.err()).isZero();
    }

    /** A key that is not known, with a value that the missing one takes, is taken for it; nothing is missing then. */
    @Test
    void anUnknownKeyIsHeldAgainstWhatIsMissing() {
        String charts = DRAWN + "report: {charts: [{type: bar, x: variant}, {knid: bar, x: variant}, {type: chart}]}\n";
        Cli cli = Cli.runWith(charts, "validate", "-");
        assertThat(cli.code()).isEqualTo(ExitCode.BAD_INPUT.code());
        assertThat(cli.err().split("did you mean 'kind'")).hasSize(3);
        // No kind of chart is called so: what is missing is said as well.
        assertThat(cli.err().split("key 'kind' is missing")).hasSize(2);
    }
}
