package trainyard.scheduler.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.faults.trace.TraceException;
import trainyard.faults.trace.TraceFile;
import trainyard.faults.trace.TraceFolder;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.peer.pollux.Applications;
import trainyard.scheduler.peer.pollux.PolluxCluster;
import trainyard.scheduler.peer.pollux.PolluxJob;
import trainyard.scheduler.peer.pollux.PolluxSimulation;
import trainyard.scheduler.trace.BadRows;
import trainyard.scheduler.trace.JobList;
import trainyard.sim.engine.SimTime;

/** Lists of other simulators of which a second file says how long jobs run. */
class PeerListsTest {

    private static final long SECOND = SimTime.NANOS_PER_SECOND;

    @TempDir
    private Path folder;

    private TraceFile file(String name, String... lines) throws IOException {
        return TraceFile.of(Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n"));
    }

    private static JobList read(String format, TraceFile list, TraceFile tables, String gpuType, BadRows badRows) {
        return TraceFormats.named(format)
                .orElseThrow()
                .read(list, Optional.ofNullable(tables).map(file -> new JobTables(file, gpuType)), badRows);
    }

    private static TraceFile shipped(String path) {
        return TraceFolder.shipped("workloads").file(path).orElseThrow();
    }

    private TraceFile speeds() throws IOException {
        return file(
                "speeds.json",
                "{\"v100\": {\"('LM (batch size 5)', 1)\": {\"null\": 4.0}, \"('LM (batch size 5)', 2)\": {\"null\": 6.0}},",
                " \"k80\": {\"('LM (batch size 5)', 1)\": {\"null\": 0.5}}}");
    }

    @Test
    void aJobOfGavelRunsForItsStepsOverThoseASecond() throws IOException {
        TraceFile list = file(
                "gavel.trace",
                "LM (batch size 5)\tpython3 main.py\tlm\t--steps\t1\t1200\t1\t1\t-1.000000\t10",
                "LM (batch size 5)\tpython3 main.py\tlm\t--steps\t1\t1200\t2\t1\t-1.000000\t70.5");

        assertThat(read("gavel", list, speeds(), "v100", BadRows.REFUSE).jobs())
                .extracting(
                        ClusterJob::submitNanos,
                        ClusterJob::gpus,
                        ClusterJob::runNanos,
                        job -> job.traits().model())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(10 * SECOND, 1, 300 * SECOND, "LM (batch size 5)"),
                        org.assertj.core.groups.Tuple.tuple(
                                70 * SECOND + SECOND / 2, 2, 200 * SECOND, "LM (batch size 5)"));
        assertThatThrownBy(() -> read("gavel", list, speeds(), "k80", BadRows.REFUSE))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("gavel.trace:2: cell 1")
                .hasMessageContaining("has no throughput of LM (batch size 5) on 2 GPUs of type k80");
        JobList rest = read("gavel", list, speeds(), "k80", BadRows.SKIP);
        assertThat(rest.jobs()).extracting(ClusterJob::runNanos).containsExactly(2400 * SECOND);
        assertThat(rest.skipped()).hasSize(1);
    }

    @Test
    void olderListsOfGavelHaveSevenCells() throws IOException {
        TraceFile list =
                file("old.trace", "LM (batch size 5)\tcd x && python3 main.py\t-step\t1\t60\t219316.000000\t2");

        assertThat(read("gavel", list, speeds(), "v100", BadRows.REFUSE).jobs())
                .singleElement()
                .satisfies(job -> {
                    assertThat(job.submitNanos()).isEqualTo(219316 * SECOND);
                    assertThat(job.gpus()).isEqualTo(2);
                    assertThat(job.runNanos()).isEqualTo(10 * SECOND);
                });
    }

    @Test
    void theListsThatTheirAuthorsPublishedAreRead() {
        TraceFile speeds = shipped("gavel/simulation_throughputs.json");
        for (Map.Entry<String, Integer> list : Map.of(
                        "max_min_fairness", 96, "minimize_makespan", 100, "gen250_lam1800_seed7", 250)
                .entrySet()) {
            JobList read = read("gavel", shipped("gavel/" + list.getKey() + ".trace"), speeds, "v100", BadRows.REFUSE);
            assertThat(read.jobs()).hasSize(list.getValue());
        }
        TraceFile shockwave =
                shipped("shockwave/120_0.2_5_100_40_25_0,0.5,0.5_0.6,0.3,0.09,0.01_multigpu_dynamic.trace");
        List<ClusterJob> jobs =
                read("shockwave", shockwave, null, "", BadRows.REFUSE).jobs();
        assertThat(jobs).hasSize(120);
        assertThat(jobs.get(1)).satisfies(job -> {
            assertThat(job.submitNanos()).isEqualTo(55 * SECOND);
            assertThat(job.runNanos()).isEqualTo(3338 * SECOND);
            assertThat(job.traits().model()).isEqualTo("ResNet-18 (batch size 32)");
        });
    }

    /** A file of an archive of tar, as POSIX.1-1988 lays it down. */
    private static void tar(ByteArrayOutputStream archive, String path, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        byte[] header = new byte[512];
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(name, 0, header, 0, name.length);
        byte[] size = String.format("%011o", content.length).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(size, 0, header, 124, size.length);
        header[156] = '0';
        archive.writeBytes(header);
        archive.writeBytes(Arrays.copyOf(content, (content.length + 511) / 512 * 512));
    }

    /** One application with steps of 1 s that become 1.5 s on two nodes; on another type of GPU twice as long. */
    private TraceFile measured() throws IOException {
        String head = "placement,local_bsz,step_time,sync_time\n";
        String grid = "num_nodes,num_replicas,local_bsz,step_time,sync_time\n";
        TreeMap<String, String> files = new TreeMap<>();
        files.put("placements.csv", head + "1,32,1,0\n1,64,1,0\n2,32,1,0\n2,64,1,0\n44,32,1.5,0.5\n44,64,1.5,0.5\n");
        files.put("scalability.csv", grid + "2,8,32,1.5,0.5\n2,8,64,1.5,0.5\n");
        files.put("placements-t4.csv", head + "1,32,2,0\n1,64,2,0\n2,32,2,0\n2,64,2,0\n");
        files.put("scalability-t4.csv", grid + "2,2,32,2,0\n2,2,64,2,0\n");
        String run = "progress,iteration,grad_sqr,grad_var\n100,100,1,0\n300,300,1,0\n";
        files.put("validation-32.csv", run);
        files.put("validation-512.csv", run);
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        files.forEach((name, text) -> tar(archive, "traces/net/" + name, text));
        archive.writeBytes(new byte[1024]);
        return TraceFile.of(Files.write(folder.resolve("measured.tar"), archive.toByteArray()));
    }

    private static final String[] POLLUX = {
        "name,time,application,num_replicas,batch_size", "a,10,net,1,32", "b,20,net,8,512", "c,30,net,2,64"
    };

    /**
     * Without noise in its gradients a batch teaches as much as the smallest, so a job needs 300 steps whatever its size: of 1 s on one node,
     * of 1.5 s on two.
     */
    @Test
    void aJobOfPolluxTrainsAsLongAsItsMeasuredStepsSay() throws IOException {
        JobList list = read("pollux", file("jobs.csv", POLLUX), measured(), "", BadRows.REFUSE);

        assertThat(list.jobs()).extracting(ClusterJob::gpus).containsExactly(1, 8, 2);
        assertThat(list.jobs())
                .extracting(ClusterJob::submitNanos)
                .containsExactly(10 * SECOND, 20 * SECOND, 30 * SECOND);
        assertThat(list.jobs())
                .extracting(ClusterJob::runNanos)
                .containsExactly(300 * SECOND, 450 * SECOND, 300 * SECOND);
    }

    /** Its simulator allocates at the end of the first minute and restarts for 30 s; then the job trains alone. */
    @Test
    void thatIsWhatItsSimulatorMakesOfAJobAlone() throws IOException {
        List<ClusterJob> jobs = read("pollux", file("jobs.csv", POLLUX), measured(), "", BadRows.REFUSE)
                .jobs();
        Applications applications = Applications.read(measured(), "");

        for (ClusterJob job : jobs) {
            PolluxJob alone = new PolluxJob(job.id(), 0, "net", job.gpus(), job.gpus() == 8 ? 512 : 32 * job.gpus());
            Map<String, Long> ended = PolluxSimulation.run(
                            List.of(alone), applications, new PolluxCluster(16, 4, 60, 0), "tiresias")
                    .orElseThrow();
            assertThat(ended).containsEntry(job.id(), 60 + 30 + job.runNanos() / SECOND);
        }
    }

    @Test
    void aJobOfSiaRunsOnTheTypeOfGpuThatIsNamed() throws IOException {
        JobList list = read(
                "sia",
                file("jobs.csv", "name,time,application,num_replicas,batch_size", "a,487.5,net,1,32"),
                measured(),
                "t4",
                BadRows.REFUSE);

        assertThat(list.jobs()).singleElement().satisfies(job -> {
            assertThat(job.submitNanos()).isEqualTo(487 * SECOND + SECOND / 2);
            assertThat(job.runNanos()).isEqualTo(600 * SECOND);
        });
        assertThatThrownBy(() -> read("sia", file("jobs.csv", POLLUX), measured(), "a100", BadRows.REFUSE))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("no placements-a100.csv of net");
    }

    @Test
    void whatWasNotMeasuredIsABadRow() throws IOException {
        TraceFile list = file(
                "jobs.csv",
                "name,time,application,num_replicas,batch_size",
                "a,10,other,1,32",
                "b,20,net,1,16",
                "c,30,net,1,32");

        assertThatThrownBy(() -> read("pollux", list, measured(), "", BadRows.REFUSE))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("jobs.csv:2: no application other was measured");
        JobList rest = read("pollux", list, measured(), "", BadRows.SKIP);
        assertThat(rest.jobs()).extracting(ClusterJob::id).containsExactly("c");
        assertThat(rest.skipped()).hasSize(2).last().asString().contains("batch sizes from 32 to 512 were measured");
    }

    private static final String[] TASKS = {
        "one,tensorflow,1.0,Terminated,105.0,205.0,600.0,29.296875,50.0,MISC",
        "five,worker,5.0,Terminated,120.0,180.0,100.0,10,40.0,T4",
        "mixed,ps,2.0,Terminated,130.0,900.0,200.0,8,,",
        "mixed,worker,2.0,Failed,140.0,240.0,400.0,16,150.0,V100",
        "mixed,evaluator,1.0,Terminated,150.0,250.0,,,100.0,V100",
        "cpu,ps,2.0,Terminated,130.0,900.0,200.0,8,,",
        "running,worker,1.0,Running,130.0,,200.0,8,100.0,V100"
    };
    private static final String[] JOBS = {
        "one,i1,u1,Terminated,100.0,205.0",
        "five,i2,u1,Terminated,110.0,180.0",
        "mixed,i3,u2,Failed,130.0,900.0",
        "cpu,i4,u2,Terminated,130.0,900.0",
        "running,i5,u2,Running,130.0,",
        "taskless,i6,u2,Terminated,130.0,140.0"
    };

    /**
     * Half a GPU is one; of instances of 40 % two share one, so five take three; two instances of 150 % and one of 100 % take five, from
     * 140 s to 250 s. Four processors of its servers, eight of its workers and none stated of its evaluator are 12 in all.
     */
    @Test
    void instancesOfPaiThatWantPartsOfAGpuShareItWithTheirTask() throws IOException {
        JobList list =
                read("pai", file("pai_job_table.csv", JOBS), file("pai_task_table.csv", TASKS), "", BadRows.REFUSE);

        assertThat(list.jobs()).extracting(ClusterJob::id).containsExactly("one", "five", "mixed");
        assertThat(list.jobs())
                .extracting(ClusterJob::submitNanos)
                .containsExactly(100 * SECOND, 110 * SECOND, 130 * SECOND);
        assertThat(list.jobs()).extracting(ClusterJob::gpus).containsExactly(1, 3, 5);
        assertThat(list.jobs())
                .extracting(ClusterJob::runNanos)
                .containsExactly(100 * SECOND, 60 * SECOND, 110 * SECOND);
        assertThat(list.jobs().get(2).traits().user()).isEqualTo("u2");
        assertThat(list.jobs().get(2).traits().cpus()).isEqualTo(12 / 5.0);
        assertThat(list.jobs().get(2).traits().memoryBytes()).isEqualTo(48e9 / 5);
    }

    @Test
    void tablesOfPaiMayHaveAHeader() throws IOException {
        String[] tasks = withHeader(
                "job_name,task_name,inst_num,status,start_time,end_time,plan_cpu,plan_mem,plan_gpu,gpu_type", TASKS);
        String[] jobs = withHeader("job_name,inst_id,user,status,start_time,end_time", JOBS);

        assertThat(read("pai", file("jobs.csv", jobs), file("tasks.csv", tasks), "", BadRows.REFUSE))
                .isEqualTo(read("pai", file("bare.csv", JOBS), file("bare-tasks.csv", TASKS), "", BadRows.REFUSE));
        TraceFile other = file("other.csv", withHeader("job_name,user,inst_id,status,start_time,end_time", JOBS));
        assertThatThrownBy(() -> read("pai", other, file("tasks.csv", tasks), "", BadRows.REFUSE))
                .hasMessageContaining("other.csv:1: cell 2: expected the column inst_id, got \"user\"");
    }

    private static String[] withHeader(String header, String... lines) {
        String[] all = new String[lines.length + 1];
        all[0] = header;
        System.arraycopy(lines, 0, all, 1, lines.length);
        return all;
    }

    @Test
    void damagedRowsOfEitherTableOfPaiAreRefusedOrCounted() throws IOException {
        TraceFile tasks = file("tasks.csv", TASKS[0], "five,worker,x,Terminated,120.0,180.0,100.0,10,40.0,T4");
        TraceFile jobs = file("jobs.csv", JOBS[0], "one,i1,u1,Terminated,100.0,205.0");

        assertThatThrownBy(() -> read("pai", jobs, tasks, "", BadRows.REFUSE))
                .hasMessageContaining("tasks.csv:2: cell 3: expected a number, got \"x\"");
        JobList list = read("pai", jobs, tasks, "", BadRows.SKIP);
        assertThat(list.jobs()).hasSize(1);
        assertThat(list.skipped()).hasSize(2);
        assertThat(list.skipped().get(1)).contains("jobs.csv:2: job one appears twice");
    }
}
