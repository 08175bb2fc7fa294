package trainyard.scheduler.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.faults.trace.TraceException;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.job.ClusterJob;
import trainyard.sim.engine.SimTime;

class TableTraceTest {

    private static final TableTrace MINUTES = new TableTrace("name", "group", "at", "cards", "took", "asked", 60);

    @TempDir
    Path folder;

    private TraceFile file(String... lines) throws IOException {
        Path path = folder.resolve("jobs.csv");
        Files.write(path, java.util.List.of(lines));
        return TraceFile.of(path);
    }

    @Test
    void columnsAreFoundByTheirNamesAndTimesByTheirUnit() throws IOException {
        JobList list = MINUTES.read(
                        file("cards,name,group,at,took,asked", "8,a,vision,100,2,3", "1,b,,101.5,1,"), BadRows.REFUSE)
                .fromZero();

        long minute = 60 * SimTime.NANOS_PER_SECOND;
        assertThat(list.jobs())
                .containsExactly(
                        new ClusterJob("a", "vision", 0, 8, 2 * minute, 3 * minute),
                        new ClusterJob("b", "", 90 * SimTime.NANOS_PER_SECOND, 1, minute, minute));
    }

    @Test
    void submissionsMayBePointsInTime() throws IOException {
        JobList list = new TableTrace("", "", "at", "cards", "took", "", 1)
                .read(file("cards,at,took", "1,2017-10-09 07:01:55,5", "2,2017-10-09T06:01:55,5"), BadRows.REFUSE)
                .fromZero();

        assertThat(list.jobs())
                .extracting(ClusterJob::submitNanos)
                .containsExactly(3600 * SimTime.NANOS_PER_SECOND, 0L);
        assertThat(list.jobs()).extracting(ClusterJob::id).containsExactly("2", "3");
    }

    /** 09:01:55.25 two hours east of Greenwich is 07:01:55.25 there, a quarter of a second after the first one. */
    @Test
    void pointsInTimeMayHavePartsOfASecondAndAnOffset() throws IOException {
        JobList list = new TableTrace("", "", "at", "cards", "took", "", 1)
                .read(
                        file("cards,at,took", "1,2017-10-09T07:01:55Z,5", "1,2017-10-09 09:01:55.25+02:00,5"),
                        BadRows.REFUSE)
                .fromZero();

        assertThat(list.jobs()).extracting(ClusterJob::submitNanos).containsExactly(0L, 250_000_000L);
    }

    @Test
    void noSuchDayIsABadRow() throws IOException {
        TraceFile bad = file("cards,at,took", "1,2017-02-30T07:01:55Z,5");

        assertThatThrownBy(() -> new TableTrace("", "", "at", "cards", "took", "", 1).read(bad, BadRows.REFUSE))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("jobs.csv:2: column at: must be such as 2017-10-09 07:01:55");
    }

    @Test
    void badRowsAreRefusedWithFileAndLine() throws IOException {
        TraceFile bad = file("cards,name,group,at,took,asked", "8,a,x,100,2,3", "0,b,x,101,1,1");

        assertThatThrownBy(() -> MINUTES.read(bad, BadRows.REFUSE))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("jobs.csv:3: column cards: must be a whole number from 1");
    }

    /** Ten minutes from nowhere beside a day of 2017: one of the two would lie decades off. */
    @Test
    void numbersAndPointsInTimeDoNotMix() throws IOException {
        TableTrace table = new TableTrace("", "", "at", "cards", "took", "", 1);
        TraceFile number = file("cards,at,took", "1,2017-10-09 07:01:55,5", "2,600,5", "3,2017-10-09 07:02:55,5");

        assertThatThrownBy(() -> table.read(number, BadRows.REFUSE))
                .isInstanceOf(TraceException.class)
                .hasMessageEndingWith(
                        "jobs.csv:3: column at: must be a point in time as in the first row, got the number 600");
        JobList rest = table.read(number, BadRows.SKIP).fromZero();
        assertThat(rest.jobs()).extracting(ClusterJob::submitNanos).containsExactly(0L, 60 * SimTime.NANOS_PER_SECOND);
        assertThat(rest.skipped()).hasSize(1);

        TraceFile point = file("cards,at,took", "1,600,5", "2,2017-10-09 07:01:55,5");
        assertThatThrownBy(() -> table.read(point, BadRows.REFUSE))
                .hasMessageContaining("must be a number as in the first row");
    }

    @Test
    void submissionsMayBeSecondsSince1970ButNotDecadesApart() throws IOException {
        TableTrace table = new TableTrace("", "", "at", "cards", "took", "", 1);
        TraceFile since1970 =
                file("cards,at,took", "1,1700000060,5", "2,1700000000,5", "3,0,5", "4,2700000060,5", "5,2700000061,5");

        assertThatThrownBy(() -> table.read(since1970, BadRows.REFUSE))
                .isInstanceOf(TraceException.class)
                .hasMessageEndingWith(
                        "jobs.csv:4: column at: must be at most 1e9 s before or behind that of the first row, got 0");
        JobList rest = table.read(since1970, BadRows.SKIP);
        assertThat(rest.skipped()).hasSize(2);
        assertThat(rest.fromZero().jobs())
                .extracting(ClusterJob::submitNanos)
                .containsExactly(60 * SimTime.NANOS_PER_SECOND, 0L, 1_000_000_060 * SimTime.NANOS_PER_SECOND);

        TraceFile milliseconds = file("cards,at,took", "1,1700000000000,5");
        assertThatThrownBy(() -> table.read(milliseconds, BadRows.REFUSE))
                .hasMessageEndingWith("jobs.csv:2: column at: must be at most 9.2e9 s, got 1700000000000");
    }

    @Test
    void badRowsMayBeSkippedAndAreCounted() throws IOException {
        TraceFile bad = file(
                "cards,name,group,at,took,asked",
                "8,a,x,100,2,3",
                "0,b,x,101,1,1",
                "1,c,x,102,nan,1",
                "1,d,x",
                "1,a,x,103,1,1",
                "1,e,x,104,1,1e30",
                "1,f,x,105,1,1");
        JobList list = MINUTES.read(bad, BadRows.SKIP);

        assertThat(list.jobs()).extracting(ClusterJob::id).containsExactly("a", "f");
        assertThat(list.skipped())
                .hasSize(5)
                .anyMatch(why -> why.contains("jobs.csv:5: 3 cells where the header has 6"))
                .anyMatch(why -> why.contains("jobs.csv:6: job a appears twice"));
    }

    @Test
    void aMissingColumnIsNeverSkipped() throws IOException {
        TraceFile bad = file("cards,name", "8,a");

        assertThatThrownBy(() -> MINUTES.read(bad, BadRows.SKIP))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("jobs.csv:1: no column");
    }
}
