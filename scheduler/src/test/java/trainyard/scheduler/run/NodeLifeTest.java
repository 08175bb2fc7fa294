package trainyard.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.scheduler.account.ClusterLedger;
import trainyard.scheduler.account.GpuUse;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.outage.NodeOutage;
import trainyard.scheduler.outage.NodeOutage.Kind;
import trainyard.scheduler.outage.NodeOutages;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.policy.QueueOrder;
import trainyard.scheduler.policy.QueueOrder.Overtaking;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.sim.engine.SimTime;

/** What is announced for the only node, of 4 GPUs, happens whatever befalls the job on it. */
class NodeLifeTest {

    private static final long SECOND = SimTime.NANOS_PER_SECOND;

    /** Announced 60 s before for 100 s. The job of 300 s stands still from the fault on and does not start on a node that drains. */
    @ParameterizedTest
    @CsvSource({
        "MAINTENANCE, 10, 20, 0, 0, 50", // fails at 20, and the node goes at 70
        "MAINTENANCE, 10, 20, 20, 20, 30", // fails at 40
        "MAINTENANCE, 10, 20, 80, 50, 0", // has to leave at 70, before somebody notices
        "MAINTENANCE, 20, 10, 20, 20, 50", // stands still already when the node begins to drain; fails at 30
        "RECLAIM, 10, 20, 0, 0, 50",
    })
    void aFaultOfJobsLeavesWhatIsAnnounced(
            Kind kind, int announced, int fault, int unnoticed, double stuck, double draining) {
        ClusterOutcome outcome = ClusterSimulation.run(
                List.of(ClusterJob.of("a", 0, 4, 300 * SECOND)),
                FreeGpus.equal(1, 4),
                new AnyGpus(),
                new QueueOrder(QueueOrder.Key.ARRIVAL, Overtaking.NONE),
                RunOptions.plain()
                        .withOutages(
                                NodeOutages.of(List.of(
                                        NodeOutage.announced(kind, announced * SECOND, 0, 1, 60 * SECOND, 100 * SECOND),
                                        new NodeOutage(
                                                fault * SECOND, Kind.FAULT, 0, 1, 0, unnoticed * SECOND, false, 0))),
                                1)
                        .withAccounts());

        ClusterLedger ledger = outcome.ledger().orElseThrow();
        GpuUse away = kind == Kind.RECLAIM ? GpuUse.OFF : GpuUse.DOWN;
        assertThat(ledger.gpuSeconds(away)).isEqualTo(4 * 100);
        assertThat(ledger.gpuSeconds(GpuUse.DRAINING)).isEqualTo(4 * draining);
        assertThat(ledger.gpuSeconds(GpuUse.STUCK)).isEqualTo(4 * stuck);
    }
}
