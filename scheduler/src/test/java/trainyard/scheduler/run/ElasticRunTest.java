package trainyard.scheduler.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.account.ClusterLedger;
import trainyard.scheduler.account.GpuUse;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobSize;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.overhead.CheckpointCycle;
import trainyard.scheduler.overhead.JobCosts;
import trainyard.scheduler.overhead.JobCosts.OnStop;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.policy.ElasticFifo;
import trainyard.scheduler.policy.QueueOrder;
import trainyard.scheduler.policy.QueueOrder.Overtaking;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.scheduler.speed.AmdahlSpeed;

class ElasticRunTest {

    private static ClusterJob job(String id, long submit, int gpus, long run, JobSize size) {
        return ClusterJob.of(id, submit, gpus, run).with(JobTraits.NONE.withSize(size));
    }

    private static ClusterOutcome run(List<ClusterJob> jobs, SchedulingPolicy policy, JobCosts costs, double serial) {
        return ClusterSimulation.run(
                jobs,
                FreeGpus.equal(1, 8),
                new AnyGpus(),
                policy,
                RunOptions.plain()
                        .withSpeed(new AmdahlSpeed(serial))
                        .withCosts((job, gpus) -> costs)
                        .withAccounts());
    }

    @Test
    void anElasticJobGrowsAndGivesWay() {
        List<ClusterJob> jobs =
                List.of(job("elastic", 0, 4, 100, JobSize.elastic(2, 8)), job("rigid", 30, 4, 20, JobSize.RIGID));

        ClusterOutcome outcome = run(jobs, new ElasticFifo(10), JobCosts.NONE, 0);

        // On 2 GPUs to 10 (5 of 100 done), on 4 to 20 (15), on 8 to 30 (35); then the other one takes 4 and it has 2
        // until 40
        // (40), gets 2 more until 50 (50), and on 8 it needs 25 for the rest.
        assertEquals(50, outcome.jobs().get(1).endNanos());
        assertEquals(75, outcome.jobs().get(0).endNanos());
        assertEquals(0, outcome.preemptions());
        ClusterLedger ledger = outcome.ledger().orElseThrow();
        assertEquals(100 * 4 + 20 * 4, ledger.gpuNanos(GpuUse.USEFUL).longValueExact());
        assertEquals(BigInteger.valueOf(75 * 8), ledger.total());
    }

    @Test
    void eachChangeCostsASaveAndAStart() {
        JobCosts costs = new JobCosts(3, 2, CheckpointCycle.NONE, 4, OnStop.SAVES);

        ClusterOutcome outcome =
                run(List.of(job("elastic", 0, 2, 100, JobSize.elastic(1, 2))), new ElasticFifo(21), costs, 0);

        // On 1 GPU it works from 3 to 21 and does 9. The save lasts until 25, start and load until 30; 91 are left.
        assertEquals(121, outcome.jobs().get(0).endNanos());
    }

    @Test
    void moreGpusThanAJobCanUseWellAreCounted() {
        ClusterOutcome outcome = run(
                List.of(job("moldable", 0, 1, 100, JobSize.moldable(8, 8))), new ElasticFifo(0), JobCosts.NONE, 0.5);

        // Eight GPUs are 1 / (0.5 + 0.5 / 8) = 16 / 9 times as fast as one.
        assertEquals(57, outcome.jobs().get(0).endNanos());
        ClusterLedger ledger = outcome.ledger().orElseThrow();
        assertEquals(100, ledger.gpuSeconds(GpuUse.USEFUL) * 1e9, 8 * 2);
        assertEquals(BigInteger.valueOf(57 * 8), ledger.total());
    }

    /** Both wait for 8 GPUs: each gets half of them, twice what it wants. A third has what is left of them, but not below its fewest. */
    @Test
    void moldableJobsShareWhatIsFreeWhenTheyStart() {
        List<ClusterJob> jobs = List.of(
                job("a", 0, 2, 40, JobSize.moldable(1, 8)),
                job("b", 0, 2, 40, JobSize.moldable(1, 8)),
                job("c", 10, 2, 40, JobSize.moldable(3, 6)));

        ClusterOutcome outcome = run(jobs, new ElasticFifo(0), JobCosts.NONE, 0);

        assertEquals(20, outcome.jobs().get(0).endNanos());
        assertEquals(20, outcome.jobs().get(1).endNanos());
        // 80 GPU-ns on 6.
        assertEquals(20 + 14, outcome.jobs().get(2).endNanos());
    }

    /** Jobs that scale well are done sooner if they may grow, and never hold more than they can use. */
    @Test
    void elasticityShortensCompletion() {
        Random random = new Random(2);
        List<ClusterJob> elastic = new ArrayList<>();
        List<ClusterJob> rigid = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            ClusterJob job = job("j" + i, random.nextInt(20_000), 4, 100 + random.nextInt(400), JobSize.elastic(1, 8));
            elastic.add(job);
            rigid.add(job.with(JobTraits.NONE));
        }
        double grown = mean(run(elastic, new ElasticFifo(20), JobCosts.NONE, 0.02));
        double fixed = mean(run(rigid, new QueueOrder(QueueOrder.Key.ARRIVAL, Overtaking.NONE), JobCosts.NONE, 0.02));

        assertTrue(grown < fixed, grown + " against " + fixed);
    }

    private static double mean(ClusterOutcome outcome) {
        return outcome.jobs().stream()
                .mapToLong(JobOutcome::completionNanos)
                .average()
                .orElseThrow();
    }
}
