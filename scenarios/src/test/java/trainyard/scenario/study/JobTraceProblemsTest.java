package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static trainyard.scenario.study.TestStudies.refusal;
import static trainyard.scenario.study.TestStudies.run;
import static trainyard.scenario.study.TestStudies.value;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.scenario.source.ExitCode;
import trainyard.scenario.source.Problem;
import trainyard.scenario.workload.cluster.ClusterRemarks;

/** What is said of a list of jobs that does not fit its scenario, and where it is marked. */
class JobTraceProblemsTest {

    private static final String TABLE = "submit,gpus,duration,team\n0,8,10,vision\n5,8,10,speech\n";
    private static final String COLUMNS = "columns: {submit: submit, gpus: gpus, run: duration, team: team}";

    @TempDir
    private Path folder;

    /** The file is named on line 7, its format on line 8, and the columns on line 9. */
    private String scenario(String table, String... keys) throws IOException {
        Path file = Files.writeString(folder.resolve("jobs.csv"), table);
        return """
                trainyard: 1
                name: recorded
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                scheduler: {policy: kueue, teams: {vision: {quota: 8}, speech: {quota: 8}}}
                jobs:
                  trace:
                    file: %s
                    %s
                """.formatted(file, String.join("\n    ", keys));
    }

    private Problem problem(String table, String... keys) throws IOException {
        return refusal(scenario(table, keys)).problems().get(0);
    }

    private static String place(Problem problem) {
        return problem.position().orElseThrow().label();
    }

    @Test
    void theTableItselfIsRead() throws IOException {
        assertThat(value(run(scenario(TABLE, "format: csv", COLUMNS)), "jobs.done"))
                .isEqualTo(2);
    }

    @Test
    void aMisnamedColumnIsMarkedWhereItIsNamed() throws IOException {
        Problem run = problem(TABLE, "format: csv", COLUMNS.replace("duration", "duratoin"));
        assertThat(run.message()).endsWith("no column duratoin; columns are submit, gpus, duration, team");
        assertThat(place(run)).isEqualTo("test.yaml:9:48");
        assertThat(run.hint()).isEqualTo("did you mean 'duration'?");
        assertThat(run.kind().exitCode()).isEqualTo(ExitCode.UNREADABLE_DATA);

        Problem team = problem(TABLE, "format: csv", COLUMNS.replace("team: team", "team: taem"));
        assertThat(place(team)).isEqualTo("test.yaml:9:64");
        assertThat(team.hint()).isEqualTo("did you mean 'team'?");
    }

    @Test
    void rowsThatAreLeftOutAreCountedAndTheFirstIsShown() throws IOException {
        StudyResult result = run(scenario(TABLE + "7,eight,10,speech\n", "format: csv", COLUMNS, "bad-rows: skip"));
        assertThat(ClusterRemarks.of(result.grid().get(0).outcomes()))
                .containsExactly(
                        "bad rows of the list that are left out: 1, the first at jobs.csv:4: column gpus: expected a number,"
                                + " got \"eight\"");
    }

    @Test
    void theFirstFiveOfManyThatAreLeftOutAreShown() throws IOException {
        String bad = "7,eight,10,speech\n".repeat(2) + "soon,8,10,speech\n" + "7,eight,10,speech\n".repeat(4);
        StudyResult result = run(scenario(TABLE + bad, "format: csv", COLUMNS, "bad-rows: skip"));
        String gpus = ": column gpus: expected a number, got \"eight\"";
        assertThat(ClusterRemarks.of(result.grid().get(0).outcomes()))
                .containsExactly("bad rows of the list that are left out: 7, the first at jobs.csv:4" + gpus
                        + "; jobs.csv:5" + gpus
                        + "; jobs.csv:6: column submit: expected a number, got \"soon\"; jobs.csv:7" + gpus
                        + "; jobs.csv:8" + gpus + "; and 2 more");
    }

    /** Columns that a scenario names hold for a table alone; a note says that they have no effect. */
    @Test
    void columnsAreNotTakenForThoseOfAnotherFormat() throws IOException {
        Problem problem = problem(TABLE, "format: philly", COLUMNS);
        assertThat(problem.message()).contains("no column timestamp");
    }

    /** A column of the format itself is named nowhere in the scenario. */
    @Test
    void aColumnThatTheFormatAsksForIsMarkedAtTheFile() throws IOException {
        Problem problem = problem(TABLE, "format: philly");
        assertThat(place(problem)).isEqualTo("test.yaml:7:11");
        assertThat(problem.hint())
                .startsWith("the format philly needs the column timestamp: timestamp, duration (s), ");
    }

    /** {@code sacct} has an Elapsed too, in hours and minutes, which is no name that a scenario could state in its place. */
    @Test
    void aColumnLikeTheOneThatAFormatAsksForIsNotOffered() throws IOException {
        Problem problem = problem(
                "JobID|Account|Submit|Elapsed|AllocTRES\n1|vision|2024-01-01T00:00:00|01:00:00|gres/gpu=8\n",
                "format: sacct");
        assertThat(problem.message()).contains("no column ElapsedRaw; columns are JobID");
        assertThat(problem.hint())
                .startsWith("the format sacct needs the column ElapsedRaw: what Slurm's sacct -P -o JobID,")
                .doesNotContain("did you mean");
    }

    /** As spreadsheets write tables where numbers have decimal commas; what stands in quotes separates nothing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '/',
            quoteCharacter = '"',
            value = {",/5", ";/5, separated by ';'", "|/5, separated by '|'", "TAB/5, separated by tabs"})
    void cellsStandBetweenWhatTheFirstLineShows(String word, String told) throws IOException {
        String separator = word.replace("TAB", "\t");
        String quoted = "\"one, two, three; four; five | \"\"six\"\" | \t\"";
        String table = String.join(separator, quoted, "submit", "gpus", "duration", "team\n")
                + String.join(separator, quoted, "0", "8", "10", "vision\n");
        assertThat(value(run(scenario(table, "format: csv", COLUMNS, "teams: [vision]")), "jobs.done"))
                .isEqualTo(1);
        assertThat(problem(table + String.join(separator, "7", "8\n"), "format: csv", COLUMNS)
                        .message())
                .endsWith("jobs.csv:3: 2 cells where the header has " + told);
    }

    /** A comma in a name or a cell that is not quoted does not make it the separator. */
    @Test
    void aCommaInACellOfATableWithSemicolonsIsPartOfTheCell() throws IOException {
        String table = "submit;gpus;duration;team;note, free\n0;8;10;vision;a, b, c, d, e\n5;8;1,5;speech;\n";
        Problem problem = problem(table, "format: csv", COLUMNS);
        assertThat(problem.message())
                .endsWith(
                        "jobs.csv:3: column duration: expected a number, got \"1,5\"; a decimal comma is written as a point: 1.5");
        assertThat(value(run(scenario(table.replace("1,5", "1.5"), "format: csv", COLUMNS)), "jobs.done"))
                .isEqualTo(2);
    }

    @Test
    void blanksDoNotSeparateCells() throws IOException {
        Problem problem = problem(TABLE.replace(",", "  "), "format: csv", COLUMNS);
        assertThat(place(problem)).isEqualTo("test.yaml:7:11");
        assertThat(problem.hint()).isEqualTo("separate its cells by commas, semicolons, tabs or '|', not by blanks");
    }

    @Test
    void onlyABadRowCanBeSkipped() throws IOException {
        String bad = TABLE.replace("5,8,10", "5,eight,10");
        Problem problem = problem(bad, "format: csv", COLUMNS);
        assertThat(problem.message()).contains("jobs.csv:3: column gpus");
        assertThat(problem.hint()).isEqualTo("the format is csv; bad-rows: skip leaves bad rows out");
        StudyResult skipped = run(scenario(bad, "format: csv", COLUMNS, "bad-rows: skip"));
        assertThat(value(skipped, "jobs.done")).isEqualTo(1);
        assertThat(value(skipped, "jobs.skipped")).isEqualTo(1);

        assertThat(problem("", "format: csv", COLUMNS).hint()).doesNotContain("bad-rows");
        assertThat(problem(TABLE.replace("gpus", "wanted"), "format: csv", COLUMNS)
                        .hint())
                .doesNotContain("bad-rows");
        String missing = scenario(TABLE, "format: csv", COLUMNS).replace("jobs.csv", "none.csv");
        assertThat(refusal(missing).problems().get(0).hint()).doesNotContain("bad-rows");
    }

    /** No place of the scenario writes the team of a row, so its quotas are marked. */
    @Test
    void aTeamOfARowThatMissesTheNameOfOneWithAQuotaIsRefused() throws IOException {
        String table = TABLE + "6,8,10,visoin\n";
        Problem problem = problem(table, "format: csv", COLUMNS);
        assertThat(problem.message())
                .isEqualTo("team visoin is not named in scheduler.teams, but there is a team vision");
        assertThat(problem.hint()).isEqualTo("did you mean 'vision'?");
        assertThat(place(problem)).isEqualTo("test.yaml:4:35");
        String meant = scenario(table, "format: csv", COLUMNS).replace("teams: {", "teams: {visoin: {}, ");
        assertThat(value(run(meant), "jobs.unfinished")).isZero();
    }

    /** One that is misspelt beside one that is there would leave its jobs out without a word. */
    @Test
    void aTeamThatTheListHasNoJobOfIsRefused() throws IOException {
        Problem problem = problem(TABLE, "format: csv", COLUMNS, "teams: [speech, visoin]");
        assertThat(problem.message()).isEqualTo("the list has no job of team visoin");
        assertThat(problem.hint()).isEqualTo("did you mean 'vision'?");
        assertThat(place(problem)).isEqualTo("test.yaml:10:12");
        assertThat(value(run(scenario(TABLE, "format: csv", COLUMNS, "teams: [speech]")), "jobs.done"))
                .isEqualTo(1);
    }
}
