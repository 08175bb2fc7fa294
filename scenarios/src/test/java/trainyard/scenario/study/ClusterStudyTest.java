package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static trainyard.scenario.study.TestStudies.refusal;
import static trainyard.scenario.study.TestStudies.run;
import static trainyard.scenario.study.TestStudies.study;
import static trainyard.scenario.study.TestStudies.value;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.scenario.Scenario;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.workload.cluster.ClusterRemarks;
import trainyard.scenario.workload.metric.Metric;

class ClusterStudyTest {

    /** Eight GPUs: A takes all of them for 10 s, then B and C run side by side for 5 s. */
    private static final String THREE_JOBS = """
            trainyard: 1
            name: three-jobs
            cluster: {nodes: 1, node: {preset: dgx-h100}}
            scheduler: {policy: fifo}
            jobs:
              list:
                - {id: A, team: x, gpus: 8, run: 10 s}
                - {id: B, team: y, gpus: 4, run: 5 s}
                - {id: C, team: y, gpus: 4, run: 5 s, submit: 1 s}
            """;

    /** A list played once varies in nothing; with failures or other jobs that are drawn it would. */
    @Test
    void oneReplayOfATraceSaysThatItHasNoInterval() {
        String replay = """
                trainyard: 1
                name: replay
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                scheduler: {policy: fifo}
                jobs:
                  trace: {file: "shipped:philly/philly.csv", format: philly, first: 5}
                """;

        assertThat(study(replay).remarkOnOneRun())
                .hasValueSatisfying(remark -> assertThat(remark).contains("no interval", "jct.steady"));
        assertThat(study(THREE_JOBS).remarkOnOneRun()).isEmpty();
        assertThat(study(replay + "  failures: {faults: {preset: llama3-2024}}\n")
                        .remarkOnOneRun())
                .isEmpty();
    }

    @Test
    void theNumbersOfThreeJobsAreThoseCountedByHand() {
        StudyResult result = run(THREE_JOBS + "report: {headline: jct}\n");

        assertThat(value(result, "jct.mean")).isCloseTo((10 + 15 + 14) / 3.0, within(1e-9));
        assertThat(value(result, "jct")).isEqualTo(value(result, "jct.mean"));
        assertThat(value(result, "wait.mean")).isCloseTo((0 + 10 + 9) / 3.0, within(1e-9));
        assertThat(value(result, "slowdown.mean")).isCloseTo((1 + 1.5 + 1.4) / 3, within(1e-9));
        assertThat(value(result, "makespan")).isEqualTo(15);
        assertThat(value(result, "utilization")).isEqualTo(1);
        assertThat(value(result, "team.y.wait.p99")).isCloseTo(10, within(0.02));
        assertThat(value(result, "team.y.gpu-hours")).isEqualTo(40);
        // x: all of its time is run time; y: 10 s of 29 s. Jain: (1 + 10/29)^2 / (2 (1 + (10/29)^2)).
        double y = 10 / 29.0;
        assertThat(value(result, "fairness")).isCloseTo((1 + y) * (1 + y) / (2 * (1 + y * y)), within(1e-12));
    }

    /** What a job holds while it starts is its, too: 4 GPUs for 2 + 5 s, twice. */
    @Test
    void gpuTimeOfATeamIsAllThatItsJobsHold() {
        StudyResult result = run(THREE_JOBS + "  checkpoint: {start: 2 s}\n");

        assertThat(value(result, "team.y.gpu-hours")).isEqualTo(56);
        assertThat(value(result, "gpu-hours")).isEqualTo(8 * value(result, "makespan"));
        assertThat(value(result, "utilization")).isEqualTo(1);
    }

    @Test
    void anIntervalOfAStatedQuantileIsThatOverTheReplications() {
        StudyResult result = run(THREE_JOBS + "replications: 3\n");

        assertThat(value(result, "jct.p95.ci95")).isZero();
    }

    @Test
    void aJobThatTheClusterCannotHoldIsRefusedOrCounted() {
        String wide = THREE_JOBS + "    - {id: D, gpus: 16, run: 1 s}\n";

        assertThat(refusal(wide).problems().get(0).message()).contains("job D wants 16 GPUs");
        assertThat(value(run(wide + "  too-large: drop\n"), "jobs.dropped")).isEqualTo(1);
    }

    /** A cause or a notice that would change nothing is refused. */
    @Test
    void faultsWithoutEffectOnAClusterAreRefused() {
        String failures = THREE_JOBS + "  failures: {faults: {causes: {odd: {mtbf: 1000 h, CAUSE}}}}\n";

        for (String cause :
                List.of("visibility: slow, speed: 0.5", "visibility: silent", "scope: job", "scope: storage")) {
            assertThat(refusal(failures.replace("CAUSE", cause))
                            .problems()
                            .get(0)
                            .message())
                    .contains("cause odd stops no job by way of its nodes");
        }
        assertThat(refusal(failures.replace("CAUSE", "notice: 2 min"))
                        .problems()
                        .get(0)
                        .message())
                .contains("told of no fault before it strikes");
        assertThat(refusal(failures.replace("CAUSE", "strikes: at-work"))
                        .problems()
                        .get(0)
                        .message())
                .contains("fail whether they work or not");
        assertThat(value(run(failures.replace("CAUSE", "scope: node")), "jobs.done"))
                .isEqualTo(3);
    }

    @Test
    void quotasCountForNothingButWithKueue() {
        String quota = THREE_JOBS.replaceFirst(
                "scheduler: \\{[^}]*}", "scheduler: {policy: POLICY, teams: {x: {quota: 8 GPUs}}}");
        assertThat(quota).contains("POLICY");

        assertThat(UnusedKeys.check(scenario(quota.replace("POLICY", "kueue")))).isEmpty();
        assertThatThrownBy(() -> UnusedKeys.check(scenario(quota.replace("POLICY", "fifo"))))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("quota");
    }

    private static Scenario scenario(String text) {
        return Scenario.of(new SourceText("test.yaml", text), Path.of(""), List.of());
    }

    /** Without a refusal the jobs of x would never run, and the mean wait would be that of the others. */
    @Test
    void aJobThatTheQuotaOfItsTeamNeverAdmitsIsRefusedOrCounted() {
        String quotas = THREE_JOBS.replace("policy: fifo", "policy: kueue, teams: {x: {quota: 7}, y: {quota: 1}}");
        String lent = quotas.replace("{quota: 7}", "{quota: 7, cohort: all}")
                .replace("{quota: 1}", "{quota: 4, cohort: all}");

        assertThat(refusal(quotas).problems().get(0).message())
                .isEqualTo("job A wants 8 GPUs, its team x may use 7 at most");
        assertThat(value(run(quotas + "  too-large: drop\n"), "jobs.dropped")).isEqualTo(3);
        assertThat(value(run(lent), "jobs.done")).isEqualTo(3);
        assertThat(value(run(quotas.replace("kueue", "fifo")), "jobs.done"))
                .as("another policy keeps no quotas")
                .isEqualTo(3);
        assertThat(refusal(lent.replace("quota: 7,", "quota: 7, borrow: 0,"))
                        .problems()
                        .get(0)
                        .message())
                .contains("may use 7 at most");
    }

    @Test
    void aJobBeyondTheProcessorsOrMemoryOfItsTeamIsRefused() {
        String needy = THREE_JOBS
                .replace("policy: fifo", "policy: kueue, teams: {x: {quota: 8, quota-cpus: 20, quota-memory: 80 GiB}}")
                .replace("gpus: 8, run: 10 s", "gpus: 8, run: 10 s, cpus-per-gpu: CPUS, memory-per-gpu: MEMORY");

        assertThat(refusal(needy.replace("CPUS", "3").replace("MEMORY", "1 GiB"))
                        .problems()
                        .get(0)
                        .message())
                .isEqualTo("job A wants 24 processors, its team x may use 20 at most");
        assertThat(refusal(needy.replace("CPUS", "2.5").replace("MEMORY", "11 GiB"))
                        .problems()
                        .get(0)
                        .message())
                .isEqualTo("job A wants 88 GiB of host memory, its team x may use 80 GiB at most");
        assertThat(value(run(needy.replace("CPUS", "2.5").replace("MEMORY", "10 GiB")), "jobs.done"))
                .isEqualTo(3);
    }

    @Test
    void aTeamWhoseNameNoJobHasButAlmostIsRefused() {
        String teams = THREE_JOBS
                .replace("policy: fifo", "policy: kueue, teams: {TEAMS}")
                .replace("team: x", "team: vision");

        assertThat(refusal(teams.replace("TEAMS", "visoin: {quota: 8}, y: {quota: 8}"))
                        .problems()
                        .get(0))
                .satisfies(problem -> {
                    assertThat(problem.message())
                            .isEqualTo("no job is of team visoin, and scheduler.teams does not name team vision");
                    assertThat(problem.hint()).isEqualTo("did you mean 'vision'?");
                });
        assertThat(value(run(teams.replace("TEAMS", "idle: {quota: 8}, y: {quota: 8}")), "jobs.done"))
                .as("a team without jobs may lend")
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list: [{id: A, gpus: 8, run: 10 s, team: vision}, {id: B, gpus: 8, run: 10 s, team: visoin}]",
                "sweeps: {tune: {trials: 3, gpus: 1, train: 9 h, method: asha, team: visoin}}, list: [{id: A, gpus: 8, run: 10 s, team: vision}]",
                "list: [{id: A, gpus: 8, run: 10 s, team: vision}, {id: B, gpus: 8, run: 10 s, after: A, team: visoin}]",
                "arrivals: {horizon: 1 day, classes: {c: {every: 2 h, gpus: [8], run: 1 h, teams: {vision: 1, visoin: 1}}}}",
                "arrivals: {horizon: 1 day, classes: {c: {every: 9 h, gpus: [8], run: 1 h, teams: {vision: 1, visoin: 1}, then: {run: 1 h}}}}"
            })
    void aTeamOfJobsThatMissesTheNameOfOneWithAQuotaIsRefused(String jobs) {
        String scenario = """
                trainyard: 1
                name: teams
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                scheduler: {policy: kueue, teams: {vision: {quota: 8}}}
                jobs: {%s}
                """.formatted(jobs);

        assertThat(refusal(scenario).problems().get(0)).satisfies(problem -> {
            assertThat(problem.message())
                    .isEqualTo("team visoin is not named in scheduler.teams, but there is a team vision");
            assertThat(problem.hint()).isEqualTo("did you mean 'vision'?");
            assertThat(problem.position().orElseThrow().line()).isEqualTo(5);
        });
        assertThat(value(
                        run(scenario.replace("vision: {quota: 8}", "vision: {quota: 8}, visoin: {}")),
                        "jobs.unfinished"))
                .isZero();
    }

    /** 8 processors: one job of 4 GPUs with 2 each at a time, so that C waits for B; the one of 8 GPUs never fits. */
    @Test
    void jobsShareTheProcessorsAndTheMemoryOfANode() {
        String stated = THREE_JOBS
                .replace("{preset: dgx-h100}", "{preset: dgx-h100, LIMIT}")
                .replace("gpus: 4,", "gpus: 4, cpus-per-gpu: 2, memory-per-gpu: 2 GiB,");
        String cpus = stated.replace("LIMIT", "cpus: 8");
        String memory = stated.replace("LIMIT", "host-memory: 8 GiB");

        assertThat(value(run(cpus), "makespan")).isEqualTo(20);
        assertThat(value(run(memory), "makespan")).isEqualTo(20);
        assertThat(value(run(stated.replace("LIMIT", "cpus: 16, host-memory: 16 GiB")), "makespan"))
                .isEqualTo(15);
        assertThat(refusal(cpus.replace("gpus: 8,", "gpus: 8, cpus-per-gpu: 2,"))
                        .problems()
                        .get(0)
                        .message())
                .isEqualTo(
                        "job A wants 8 GPUs with 2 processors each, which the cluster of 1 node and 8 GPUs can never give it");
    }

    /** No job runs in two pools, so that 14 GPUs of 16 may be too many; the class is where a drawn job is asked for. */
    @Test
    void aJobThatNoPoolHoldsIsToldOfThePools() {
        Problem refused = refusal("""
                        trainyard: 1
                        name: pools
                        cluster: {nodes: 4, node: {preset: dgx-1-v100, gpus: 4}}
                        jobs:
                          pools: {old: 3 nodes, new: 1 nodes}
                          arrivals:
                            horizon: 1 day
                            classes:
                              wide: {every: 1 h, gpus: 14, run: 1 h}
                        scheduler: {policy: fifo}
                        """).problems().get(0);

        assertThat(refused.message())
                .isEqualTo(
                        "job wide/0 wants 14 GPUs, which no pool of 2 (old of 12 GPUs, new of 4 GPUs) can ever give it");
        assertThat(refused.hint()).isEqualTo("more nodes in a pool, or jobs.too-large: drop");
        assertThat(refused.position())
                .hasValueSatisfying(at -> assertThat(at.line()).isEqualTo(9));
    }

    /**
     * The example of Ghodsi et al. (NSDI 2011, figure 3) with GPUs for processors: 9 GPUs and 18 GB; tasks of x take 1 GPU and 4 GB, those
     * of y 3 GPUs and 1 GB. Three of x and two of y run, so that both hold two thirds of what they hold most of.
     */
    @Test
    void dominantResourceFairnessSharesAsItsAuthorsSay() {
        StringBuilder jobs = new StringBuilder("""
                trainyard: 1
                name: shares
                cluster: {nodes: 1, node: {preset: dgx-h100, gpus: 9, host-memory: 18 GB}}
                scheduler: {policy: drf}
                jobs:
                  list:
                """);
        for (int i = 0; i < 6; i++) {
            jobs.append("    - {id: x" + i + ", team: x, gpus: 1, run: 1 h, memory-per-gpu: 4 GB}\n");
            jobs.append("    - {id: y" + i + ", team: y, gpus: 3, run: 1 h, memory-per-gpu: 333333333 B}\n");
        }

        StudyResult result = run(jobs.toString());

        assertThat(value(result, "team.x.gpus.most")).isEqualTo(3);
        assertThat(value(result, "team.y.gpus.most")).isEqualTo(6);
    }

    @Test
    void processorsOfANodeCountForNothingWithoutJobs() {
        assertThatThrownBy(() -> UnusedKeys.check(scenario("""
                        trainyard: 1
                        name: none
                        cluster: {nodes: 2, node: {preset: dgx-h100, cpus: 8}}
                        collective: {operation: all-reduce, size: 1 GiB}
                        """)))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("cpus");
    }

    @Test
    void aCohortNamedLikeATeamIsAMistake() {
        String same = THREE_JOBS.replace("policy: fifo", "policy: kueue, teams: {x: {quota: 8, cohort: x}}");

        assertThat(refusal(same).problems().get(0).message()).isEqualTo("cohort 'x' has the name of a team");
    }

    @Test
    void saysWhichJobsWaitsDoNotCount() {
        String stuck = THREE_JOBS
                .replace("policy: fifo", "policy: pod-by-pod")
                .replace("{id: A, team: x, gpus: 8, run: 10 s}", "{id: A, team: x, gpus: 6, run: 10 s}")
                .replace("{id: B, team: y, gpus: 4, run: 5 s}", "{id: B, team: y, gpus: 6, run: 5 s}");
        StudyResult forever = run(stuck);
        StudyResult broken = run(stuck.replace("policy: pod-by-pod", "policy: pod-by-pod, pod-timeout: 1 min"));

        assertThat(ClusterRemarks.of(forever.cells().get(0).outcomes()))
                .containsExactly("jobs that never end: 3; waits and completion times are those of the 0 that do");
        assertThat(value(forever, "deadlocked-jobs")).isEqualTo(2);
        assertThat(ClusterRemarks.of(broken.cells().get(0).outcomes())).isEmpty();
        assertThat(value(broken, "deadlocked-jobs")).isZero();
        assertThat(value(broken, "jobs.done")).isEqualTo(3);
    }

    @Test
    void aMissingTraceIsUnreadableData() {
        String missing = THREE_JOBS.substring(0, THREE_JOBS.indexOf("jobs:"))
                + "jobs: {trace: {file: nowhere.csv, format: philly}}\n";

        assertThat(refusal(missing).problems().get(0).kind()).isEqualTo(Problem.Kind.DATA);
    }

    @Test
    void aClusterOfUnknownSizeRunsNoJobs() {
        String unsized = THREE_JOBS.replace("nodes: 1, ", "");

        assertThatThrownBy(() -> run(unsized))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("how many nodes");
    }

    /** M/M/c with c = 8: utilisation 0.75, so Erlang's C formula gives the mean wait. */
    @Test
    void jobsThatComeAtRandomWaitAsLongAsErlangsFormulaSays() {
        StudyResult result = run("""
                trainyard: 1
                name: erlang
                replications: 20
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                scheduler: {policy: fifo}
                jobs:
                  arrivals:
                    horizon: 100 days
                    classes:
                      small: {every: 10 min, gpus: 1, run: 60 min, form: exponential, teams: {a: 2, b: 1}}
                """);
        Metric wait = TestStudies.metric(result, "wait.mean");
        double offered = 6;
        double servers = 8;
        double term = 1;
        double sum = 1;
        for (int k = 1; k < servers; k++) {
            term *= offered / k;
            sum += term;
        }
        double last = term * offered / servers * servers / (servers - offered);
        double expected = last / (sum + last) * 3600 / (servers - offered);

        assertThat(result.cells().get(0).mean(wait).orElseThrow()).isCloseTo(expected, within(0.03 * expected));
        assertThat(value(result, "class.small.wait.mean")).isEqualTo(value(result, "wait.mean"));
        assertThat(value(result, "team.a.jobs") / value(result, "team.b.jobs")).isCloseTo(2, within(0.05));
    }
}
