package trainyard.scenario.section.jobs.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.trace.BadRows;
import trainyard.scheduler.trace.JobList;
import trainyard.scheduler.trace.TableTrace;
import trainyard.sim.engine.SimTime;

/** Whatever a list counts submissions from, they count from the first one once it is read. */
class JobFileTest {

    private static final long HOUR = 3600 * SimTime.NANOS_PER_SECOND;
    private static final TableTrace COLUMNS = new TableTrace("id", "", "submit", "gpus", "run", "", 1);

    @TempDir
    private Path folder;

    private JobList read(String format, Optional<TableTrace> columns, String... lines) throws IOException {
        Files.write(folder.resolve("jobs.csv"), List.of(lines));
        TracePath path = new TracePath("workloads", folder.toString(), "jobs.csv");
        return new JobFile(path, format, columns, Optional.empty(), "", BadRows.REFUSE).read();
    }

    /** Three jobs an hour apart, the first of which comes long after what the list counts from. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tiresias | job_id,num_gpu,submit_time,duration | ID,8,SECONDS,60",
                "muri | job_id,num_gpu,submit_time,iterations,model_name,iteration_time | ID,8,SECONDS000,10,vgg16,6000",
                "openb | name,cpu_milli,memory_mib,num_gpu,gpu_milli,creation_time,deletion_time | ID,1,1,8,1000,SECONDS,110000",
                "helios | job_id,gpu_num,submit_time,duration,vc | ID,8,2020-04-02 CLOCK,60,a",
                "philly | timestamp,duration,num_gpus,cluster | 2020-04-02 CLOCK,60,8,a",
            })
    void submissionsCountFromTheFirstOne(String format, String head, String row) throws IOException {
        String[] lines = new String[4];
        lines[0] = head;
        for (int i = 0; i < 3; i++) {
            lines[i + 1] = row.replace("ID", "j" + i)
                    .replace("SECONDS", Long.toString(100_000 + 3600 * i))
                    .replace("CLOCK", "0" + i + ":30:00");
        }
        JobList list = read(format, Optional.empty(), lines);

        assertThat(list.jobs()).extracting(ClusterJob::submitNanos).containsExactly(0L, HOUR, 2 * HOUR);
        assertThat(new JobWindow(Set.of(), 0, 7200, Integer.MAX_VALUE, 1).of(list.jobs()))
                .as("the first two hours")
                .hasSize(2);
    }

    @Test
    void thoseOfATableDoTooThoughItsFirstRowIsNotTheFirstSubmission() throws IOException {
        JobList list = read("csv", Optional.of(COLUMNS), "id,submit,gpus,run", "a,103600,8,60", "b,100000,8,60");

        assertThat(list.jobs()).extracting(ClusterJob::submitNanos).containsExactly(HOUR, 0L);
    }

    @Test
    void whatIsMissingIsLookedForBesideIt() throws IOException {
        Files.write(folder.resolve("jobs.csv"), List.of("id"));
        String here = folder.toString();

        assertThat(new TracePath("workloads", here, "jobs.csv").insteadOfMissing())
                .isEmpty();
        assertThat(new TracePath("workloads", here, "job.csv").insteadOfMissing())
                .contains("did you mean 'jobs.csv'?");
        assertThat(new TracePath("workloads", here, "nowhere/job.csv").insteadOfMissing())
                .contains("the folder " + folder.resolve("nowhere") + " does not exist either");
        assertThat(new TracePath("workloads", here, "shipped:philly/phily.csv").insteadOfMissing())
                .contains("did you mean 'shipped:philly/philly.csv'?");
        assertThat(new TracePath("workloads", here, "shipped:x").insteadOfMissing())
                .hasValueSatisfying(hint -> assertThat(hint).startsWith("lists that are shipped: shipped:philly"));
        assertThat(TracePath.SHIPPED_JOBS)
                .allSatisfy(list -> assertThat(new TracePath("workloads", here, "shipped:" + list).insteadOfMissing())
                        .isEmpty());
    }
}
