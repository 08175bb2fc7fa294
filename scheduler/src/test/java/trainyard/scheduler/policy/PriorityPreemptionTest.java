package trainyard.scheduler.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobOutcome;

class PriorityPreemptionTest {

    private static ClusterJob job(String id, long submit, int gpus, long run, int priority) {
        return ClusterJob.of(id, submit, gpus, run).with(JobTraits.NONE.withPriority(priority));
    }

    private static List<Integer> preemptions(List<ClusterJob> jobs, int nodes) {
        ClusterOutcome outcome = ClusterSimulation.run(
                jobs,
                FreeGpus.equal(nodes, 4),
                new Consolidate(Consolidate.Choice.FIRST_FIT),
                new PriorityPreemption());
        return outcome.jobs().stream().map(JobOutcome::preemptions).toList();
    }

    /**
     * Node 0 holds a job of 3 and one of 1, node 1 one of 1 and one of 3. Four GPUs of jobs that started last, 1 on node 0 and 3 on node 1, make
     * no room for a job of 4 on one node; those of node 1 do.
     */
    @Test
    void victimsMakeRoomWhereItIsNeeded() {
        List<ClusterJob> jobs = List.of(
                job("a", 0, 3, 1000, 0),
                job("b", 1, 1, 1000, 0),
                job("c", 2, 1, 1000, 0),
                job("d", 3, 3, 1000, 0),
                job("urgent", 10, 4, 50, 1));

        assertEquals(List.of(0, 0, 1, 1, 0), preemptions(jobs, 2));
    }

    @Test
    void theLowestClassIsStoppedFirstAndNobodyInVain() {
        List<ClusterJob> jobs = List.of(
                job("a", 0, 2, 1000, 1),
                job("b", 1, 1, 1000, 0),
                job("c", 2, 1, 1000, 0),
                job("urgent", 10, 2, 50, 2),
                job("as urgent", 20, 2, 50, 2));

        // Both of class 0 make room for the first, a of class 1 for the second.
        assertEquals(List.of(1, 1, 1, 0, 0), preemptions(jobs, 1));
    }

    @Test
    void whatIsNotPreemptibleStays() {
        List<ClusterJob> jobs = List.of(
                ClusterJob.of("a", 0, 4, 100).with(JobTraits.NONE.withPreemptible(false)), job("urgent", 10, 4, 50, 2));

        assertEquals(List.of(0, 0), preemptions(jobs, 1));
    }
}
