package trainyard.scenario.workload.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.scenario.workload.detail.TimeSeries;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.run.watch.ClusterRecord;
import trainyard.sim.engine.SimTime;

/** Curves of jobs that share GPUs in turns: each counts, and has an equal part of them. */
class ClusterSeriesTest {

    private static final long SECOND = SimTime.NANOS_PER_SECOND;

    private static ClusterJob job(String id, String team) {
        return new ClusterJob(id, team, 0, 6, 60 * SECOND, 60 * SECOND, JobTraits.NONE);
    }

    /** One of team x holds six GPUs, one of team y joins it at 10 s; the first ends at 40 s, the second at 60 s. */
    private static ClusterRecord record() {
        NodeShares six = new NodeShares();
        six.add(0, 6);
        ClusterRecord record = new ClusterRecord();
        record.queued(0, 0);
        record.queued(0, 1);
        record.started(0, 0, six);
        record.joined(10 * SECOND, 1);
        record.turns(10 * SECOND, 0, 0, 2);
        record.turns(10 * SECOND, 1, 1, 2);
        record.stopped(40 * SECOND, 0);
        record.inherited(40 * SECOND, 1, six);
        record.turns(40 * SECOND, 1, 0, 1);
        record.stopped(60 * SECOND, 1);
        record.over(60 * SECOND);
        return record;
    }

    private static List<Double> values(String quantity, String name) {
        List<TimeSeries> series = new ClusterSeries(
                        List.of(job("a", "x"), job("b", "y")), record(), ClusterLayout.equal(1, 8), List.of())
                .series();
        return series.stream()
                .filter(one ->
                        one.quantity().name().equals(quantity) && one.name().equals(name))
                .flatMap(one -> one.points().stream())
                .map(TimeSeries.At::value)
                .toList();
    }

    @Test
    void eachJobRunsAndHasItsPartOfTheGpus() {
        assertThat(values("running-jobs", "")).containsExactly(1.0, 2.0, 1.0, 0.0);
        assertThat(values("used-gpus", "")).containsExactly(6.0, 6.0, 0.0);
        assertThat(values("team-gpus", "x")).containsExactly(6.0, 3.0, 0.0, 0.0);
        assertThat(values("team-gpus", "y")).containsExactly(0.0, 3.0, 6.0, 0.0);
        assertThat(values("waiting-jobs", "")).containsExactly(1.0, 0.0, 0.0);
    }
}
