package trainyard.scheduler.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.faults.trace.TraceException;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobStages;
import trainyard.scheduler.trace.BadRows;
import trainyard.scheduler.trace.JobList;
import trainyard.sim.engine.SimTime;

class TraceFormatsTest {

    private static final long SECOND = SimTime.NANOS_PER_SECOND;

    @TempDir
    private Path folder;

    private JobList read(String format, BadRows badRows, String... lines) throws IOException {
        Path path = folder.resolve("jobs.csv");
        Files.write(path, List.of(lines));
        return TraceFormats.named(format)
                .orElseThrow()
                .read(TraceFile.of(path), badRows)
                .fromZero();
    }

    @Test
    void aJobOfHeliosWithoutGpusIsLeftOut() throws IOException {
        JobList list = read(
                "helios",
                BadRows.REFUSE,
                "job_id,user,gpu_num,submit_time,duration,vc",
                "7,u1,8,2020-04-01 00:01:00,90,vcA",
                "8,u1,0,2020-04-01 00:00:30,5,vcA",
                "9,u2,1,2020-04-01 00:00:50,1.5,vcB");

        assertThat(list.jobs())
                .containsExactly(
                        new ClusterJob("7", "vcA", 10 * SECOND, 8, 90 * SECOND, 90 * SECOND),
                        new ClusterJob("9", "vcB", 0, 1, 3 * SECOND / 2, 3 * SECOND / 2));
    }

    @Test
    void stepsOfSlurmAndJobsWithoutGpusAreLeftOut() throws IOException {
        JobList list = read(
                "sacct",
                BadRows.REFUSE,
                "JobID|Account|Submit|ElapsedRaw|TimelimitRaw|AllocTRES",
                "11|vision|2024-05-01T10:00:00|3600|120|billing=64,cpu=64,gres/gpu=8,mem=512G,node=1",
                "11.batch||2024-05-01T10:00:00|3600||cpu=64,gres/gpu=8",
                "12|vision|2024-05-01T10:00:10|60|10|cpu=4,mem=8G,node=1",
                "13||2024-05-01T10:00:20|7|UNLIMITED|cpu=4,gres/gpu=1,gres/gpu:h100=1",
                "14||2024-05-01T10:00:30|7|UNLIMITED|cpu=4,gres/gpu:a100=4,gres/gpu:h100=2,node=1",
                "15||2024-05-01T10:00:40|7|UNLIMITED|cpu=4,gres/gpumem=4G");

        assertThat(list.jobs())
                .containsExactly(
                        new ClusterJob("11", "vision", 0, 8, 3600 * SECOND, 7200 * SECOND),
                        new ClusterJob("13", "", 20 * SECOND, 1, 7 * SECOND, 7 * SECOND),
                        new ClusterJob("14", "", 30 * SECOND, 6, 7 * SECOND, 7 * SECOND));
        assertThat(list.withoutGpus()).as("12 and 15").isEqualTo(2);
    }

    @Test
    void timesBeyondTheClockAreBadRowsInEveryFormat() {
        assertTooLong("philly", "duration", "timestamp,duration,num_gpus,cluster", "2017-10-09 07:01:55,1e300,8,a");
        assertTooLong("tiresias", "duration", "job_id,num_gpu,submit_time,duration", "1,8,0,1e300");
        assertTooLong("tiresias", "submit_time", "job_id,num_gpu,submit_time,duration", "1,8,1e300,5");
        assertTooLong("helios", "duration", "job_id,gpu_num,submit_time,duration,vc", "7,8,2020-04-01 00:01:00,1e10,a");
        assertTooLong(
                "muri",
                "iterations",
                "job_id,num_gpu,submit_time,iterations,model_name,iteration_time",
                "1,8,0,1e300,vgg,5");
        assertTooLong(
                "openb",
                "deletion_time",
                "name,cpu_milli,memory_mib,num_gpu,gpu_milli,creation_time,deletion_time",
                "p,1,1,1,300,5,1e10");
    }

    @Test
    void aPointInTimeIsReadByItsPlacesAndHasToBeThere() throws IOException {
        String head = "timestamp,duration,num_gpus,cluster";
        JobList list = read("philly", BadRows.REFUSE, head, "2020-02-28 23:59:59,1,1,a", "2020-02-29T00:00:01,1,1,a");

        assertThat(list.jobs()).extracting(ClusterJob::submitNanos).containsExactly(0L, 2 * SECOND);
        for (String wrong : List.of(
                "2021-02-29 00:00:00",
                "2021-02-28 24:00:00",
                "2021-02-28",
                "2021-02-28 00:00:00+25:00",
                "2021/02/28 00:00:00",
                "1969-12-31 23:59:59",
                "2201-01-01 00:00:00",
                "+021-02-28 00:00:00",
                "2021-02-28 00:00:\u0661\u0661")) {
            assertThatThrownBy(() -> read("philly", BadRows.REFUSE, head, wrong + ",1,1,a"))
                    .isInstanceOf(TraceException.class)
                    .hasMessageContaining(
                            "jobs.csv:2: column timestamp: must be such as 2017-10-09 07:01:55, got \"" + wrong);
        }
    }

    private void assertTooLong(String format, String column, String head, String row) {
        assertThatThrownBy(() -> read(format, BadRows.REFUSE, head, row))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("jobs.csv:2: column " + column)
                .hasMessageContaining("at most 1e9 s");
    }

    @Test
    void listsOfMuriBringTheStagesOfJobsAlong() throws IOException {
        String head = "job_id,num_gpu,submit_time,iterations,model_name,iteration_time";
        JobList list = read(
                "muri",
                BadRows.REFUSE,
                head + ",resource_time_0,resource_time_1,resource_time_2",
                "1,4,2000,100,vgg16,200,82,72,67");

        assertThat(list.jobs()).singleElement().satisfies(job -> {
            assertThat(job.runNanos()).isEqualTo(20 * SECOND);
            assertThat(job.traits().stages()).isEqualTo(new JobStages(0.041, 0.041, 0.072, 0.067));
        });
        assertThat(read("muri", BadRows.REFUSE, head, "1,4,2000,100,vgg16,200").jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.traits().stages().isStated()).isFalse());
    }

    @Test
    void podsThatShareAGpuHoldAWholeOne() throws IOException {
        JobList list = read(
                "openb",
                BadRows.REFUSE,
                "name,cpu_milli,memory_mib,num_gpu,gpu_milli,creation_time,deletion_time",
                "p0,4000,1024,1,300,5,25",
                "p1,4000,1024,0,0,5,25");

        assertThat(list.jobs()).singleElement().satisfies(job -> {
            assertThat(job.gpus()).isEqualTo(1);
            assertThat(job.runNanos()).isEqualTo(20 * SECOND);
            assertThat(job.traits().cpus()).isEqualTo(4);
            assertThat(job.milliGpus()).isEqualTo(300);
        });
    }

    @Test
    void podsKeepToTheTypesOfGpuThatTheyMayUse() throws IOException {
        String head = "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,creation_time,deletion_time";
        JobList list = read(
                "openb",
                BadRows.REFUSE,
                head,
                "p0,4000,1024,1,300,,5,25",
                "p1,4000,1024,1,300,T4,5,25",
                "p2,4000,1024,1,300,V100M16|V100M32|V100M32,5,25");

        assertThat(list.jobs())
                .extracting(job -> job.traits().gpuTypes())
                .containsExactly(Set.of(), Set.of("T4"), Set.of("V100M16", "V100M32"));
    }

    @Test
    void damageIsRefusedWithFileAndLineOrSkipped() throws IOException {
        String[] damaged = {
            "JobID|Submit|ElapsedRaw|AllocTRES",
            "11|2024-05-01T10:00:00|x|gres/gpu=8",
            "12|2024-05-01T10:00:00|5|gres/gpu=8"
        };

        assertThatThrownBy(() -> read("sacct", BadRows.REFUSE, damaged))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("jobs.csv:2: column ElapsedRaw");
        JobList rest = read("sacct", BadRows.SKIP, damaged);
        assertThat(rest.jobs()).extracting(ClusterJob::id).containsExactly("12");
        assertThat(rest.skipped()).hasSize(1);
    }
}
