package trainyard.scheduler.peer.gavel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.placement.InPools;
import trainyard.scheduler.policy.share.ShareKind;
import trainyard.scheduler.policy.share.ShareRounds;
import trainyard.scheduler.policy.share.ShareRules;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.RunOptions;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.speed.PoolSpeeds;
import trainyard.scheduler.speed.SpeedModel;
import trainyard.sim.engine.SimTime;

/**
 * The rounds that scenarios play against the simulator of Gavel (stanford-futuredata/gavel, commit c4fa400), on its own lists of jobs with
 * its table of throughputs: mean completion times of {@code gavel_runs.csv}. Its rounds end with their last slice and leave GPUs of units
 * without a share idle, so they cannot be the same; and where shares of equal jobs tie here, so that the first to come goes first, the last
 * digits of a solver decide there.
 */
class SharesAgainstGavelTest {

    private static final List<String> TYPES = List.of("v100", "p100", "k80");

    private static TraceFile shipped(String name) {
        return TraceFile.of(Path.of("src/main/resources/trainyard/traces/workloads/gavel/" + name + ".gz"));
    }

    @ParameterizedTest
    @CsvSource({
        "max_min_fairness.trace, 8, 16, 24, FINISH_TIME_FAIRNESS, 15054.018",
        "minimize_makespan.trace, 8, 8, 8, MAX_MIN_FAIRNESS_AGNOSTIC, 59948.696",
        "gen250_lam1800_seed7.trace, 12, 12, 12, MAX_MIN_FAIRNESS_AGNOSTIC, 20558.48",
    })
    void meanCompletionTimesAreClose(String trace, int v100, int p100, int k80, ShareKind kind, double published) {
        GavelThroughputs table = GavelThroughputs.read(shipped("simulation_throughputs.json"));
        List<Integer> fleet = List.of(v100, p100, k80);
        ClusterLayout layout = ClusterLayout.of(IntStream.range(0, TYPES.size())
                .mapToObj(type ->
                        NodePool.of(TYPES.get(type), fleet.get(type) / 4, 4).withGpuType(TYPES.get(type)))
                .toList());
        List<ClusterJob> jobs = new ArrayList<>();
        Map<String, Map<String, Double>> byClass = new HashMap<>();
        for (GavelJob job : GavelTrace.read(shipped(trace))) {
            jobs.add(job(jobs.size(), job, table, byClass));
        }
        PoolSpeeds speeds = new PoolSpeeds(Map.of(), byClass);

        ClusterOutcome outcome = ClusterSimulation.run(
                jobs,
                layout.free(),
                new InPools(layout, new AnyGpus()),
                new ShareRounds(new ShareRules(kind, SimTime.nanos(360), TYPES, fleet, speeds, Map.of())),
                RunOptions.plain().withSpeed(speeds.times(SpeedModel.CONSTANT, layout)));

        double mean = outcome.jobs().stream()
                .mapToDouble(
                        done -> SimTime.seconds(done.endNanos() - done.job().submitNanos()))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(published, Percentage.withPercentage(6));
    }

    /** A job whose run time holds on its fastest type; adds the speeds of its kind. Where it does not run it is a thousand times slower. */
    private static ClusterJob job(
            int index, GavelJob job, GavelThroughputs table, Map<String, Map<String, Double>> byClass) {
        double[] speeds = TYPES.stream()
                .mapToDouble(type -> table.alone(type, job.type(), job.gpus()))
                .toArray();
        double fastest = Arrays.stream(speeds).max().orElseThrow();
        String group = job.type() + " x" + job.gpus();
        for (int type = 0; type < speeds.length; type++) {
            byClass.computeIfAbsent(TYPES.get(type), unseen -> new HashMap<>())
                    .put(group, Math.max(0.001, speeds[type] / fastest));
        }
        return ClusterJob.of(
                group + "/" + index,
                SimTime.nanos(job.arrivalSeconds()),
                job.gpus(),
                SimTime.nanos(job.steps() / fastest));
    }
}
