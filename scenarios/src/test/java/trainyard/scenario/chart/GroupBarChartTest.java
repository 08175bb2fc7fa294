package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.TestStudies;

class GroupBarChartTest {

    private static final String JOBS = """
            trainyard: 1
            name: bill
            cluster: {nodes: 1, node: {preset: dgx-h100}}
            scheduler: {policy: fifo}
            jobs: {list: [{id: A, team: x, gpus: 8, run: 10 s}, {id: B, team: y, gpus: 4, run: 5 s}]}
            cost: {price: 3600 USD/GPU-hour}
            report: {headline: cost, charts: [CHART]}
            """;

    private static List<Figure> ofJobs(String chart) {
        StudyResult result = TestStudies.run(JOBS.replace("CHART", chart));
        return Charts.of(result, TestStudies.metric(result, "cost"));
    }

    /** A pays for 80 GPU-seconds and 4/5 of the 20 that are idle, B for the rest. */
    @Test
    void barsByTeamStackWhatEachPays() {
        BarFigure bars = (BarFigure) ofJobs("{kind: bar, x: team, columns: [cost.used, cost.idle], stacked: true}")
                .get(0);

        assertThat(bars.categories()).containsExactly("x", "y");
        assertThat(bars.series()).extracting(one -> one.name()).containsExactly("used", "idle");
        assertThat(bars.series().get(0).values())
                .extracting(one -> one.orElseThrow().value())
                .containsExactly(80.0, 20.0);
        assertThat(bars.series().get(1).values())
                .extracting(one -> one.orElseThrow().value())
                .containsExactly(16.0, 4.0);
    }

    /** The first replays the list without teams; a chart of it has none to show. */
    @Test
    void barsByTeamsThatOneVariantNames() {
        String scenario = """
                trainyard: 1
                name: teams
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                scheduler: {policy: fifo}
                jobs: {list: [{id: A, gpus: 8, run: 10 s}]}
                variants:
                  fifo: {}
                  kueue: {scheduler.policy: kueue, scheduler.teams: {a: {quota: 8}, b: {quota: 0}}}
                report: {charts: [{kind: bar, x: team, columns: [jobs], at: {variant: NAME}}]}
                """;
        StudyResult result = TestStudies.run(scenario.replace("NAME", "kueue"));
        BarFigure bars = (BarFigure)
                Charts.of(result, TestStudies.metric(result, "wait.mean")).get(0);

        assertThat(bars.categories()).containsExactly("a", "b");
        StudyResult without = TestStudies.run(scenario.replace("NAME", "fifo"));
        assertThatThrownBy(() -> Charts.of(without, TestStudies.metric(without, "wait.mean")))
                .hasMessageContaining("no team has a metric 'jobs' of its own");
    }

    @Test
    void teamsAreCalledAsTheScenarioWritesThem() {
        String scenario = JOBS.replace("team: x", "team: A 1").replace("team: y", "team: b-2");
        StudyResult result = TestStudies.run(scenario.replace("CHART", "{kind: bar, x: team, columns: [cost.used]}"));

        BarFigure bars = (BarFigure)
                Charts.of(result, TestStudies.metric(result, "cost")).get(0);

        assertThat(bars.categories()).containsExactly("A 1", "b-2");
        assertThat(TestStudies.metric(result, "team.a-1.cost").words()).isEqualTo("cost of team A 1");
        assertThat(TestStudies.metric(result, "team.b-2.wait.mean").words()).isEqualTo("mean wait of team b-2");
    }

    /** One run has no intervals to speak of; a cell that the scenario names stands once in the title, and the only one not at all. */
    @Test
    void wordsOfBarsByTeamAreOfWhatIsDrawn() {
        String grouped = "{kind: bar, x: team, columns: [cost.used, cost.idle]AT}";
        FigureText alone = ofJobs(grouped.replace("AT", "")).get(0).text();
        assertThat(alone.title()).isEqualTo("Cost by team");
        assertThat(alone.caption()).startsWith("What each team has.");

        StudyResult two = TestStudies.run(JOBS.replace("CHART", grouped.replace("AT", ", at: {variant: one}"))
                + "variants: {one: {}, other: {scheduler.policy: sjf}}\n");
        assertThat(Charts.of(two, TestStudies.metric(two, "cost")).get(0).text().title())
                .isEqualTo("Cost by team, one");
    }

    @Test
    void barsOfGroupsThatAreNotThereAreRefused() {
        assertThatThrownBy(() -> ofJobs("{kind: bar, x: class, columns: [cost.used]}"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("no class has a metric 'cost.used' of its own");
        assertThatThrownBy(() -> ofJobs("{kind: bar, x: team}"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("columns say what each team shows");
        assertThatThrownBy(() -> ofJobs("{kind: bar, x: team, columns: [cost.used], by: variant}"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("'by' counts for nothing in bars of several columns");
    }

    /** Variants that write one team in two ways have one metric of it. */
    @Test
    void aTeamInCapitalsInOneVariantIsTheSameTeam() {
        String scenario = """
                trainyard: 1
                name: teams
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                scheduler: {policy: kueue}
                jobs: {list: [{id: A, gpus: 8, run: 10 s}]}
                variants:
                  one: {scheduler.teams: {Vision: {quota: 8}}}
                  other: {scheduler.teams: {vision: {quota: 8}}}
                """;

        assertThat(TestStudies.study(scenario).metrics())
                .filteredOn(metric -> metric.name().equals("team.vision.wait.mean"))
                .hasSize(1);
    }
}
