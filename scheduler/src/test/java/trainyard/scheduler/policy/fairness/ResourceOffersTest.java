package trainyard.scheduler.policy.fairness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.outage.NodeOutage;
import trainyard.scheduler.outage.NodeOutages;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.RunOptions;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.sim.engine.SimTime;

class ResourceOffersTest {

    private static final long SECOND = SimTime.NANOS_PER_SECOND;

    private static ClusterJob job(String id, String team, double submit, int gpus, long run) {
        return ClusterJob.of(id, SimTime.nanos(submit), gpus, run * SECOND).ofTeam(team);
    }

    private static DominantShare meter() {
        return new DominantShare(Map.of(), Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    private static List<Double> starts(List<ClusterJob> jobs, int gpus, SchedulingPolicy policy) {
        return ClusterSimulation.run(jobs, FreeGpus.equal(1, gpus), new AnyGpus(), policy).jobs().stream()
                .map(JobOutcome::startNanos)
                .map(SimTime::seconds)
                .toList();
    }

    /**
     * On 8 GPUs. At 0 team a starts job 1 and leaves 2 GPUs. At 0.5 job 2 of a comes: it was offered 2 and refuses them till 5. At 1 nobody else
     * wants any, so a is asked at 5. Job 3 of b, of 4 GPUs, comes at 6: b leaves 1. At 10 job 1 ends, more is free than anyone left: b, which
     * has nothing, is first. Job 2 ends at 105, and then job 4 fits.
     */
    @Test
    void aTeamIsNotOfferedAgainForAWhileWhatItLeft() {
        List<ClusterJob> jobs = List.of(
                job("1", "a", 0, 6, 10),
                job("2", "a", 0.5, 1, 100),
                job("3", "b", 6, 4, 100),
                job("4", "a", 7, 4, 100));

        assertEquals(List.of(0.0, 5.0, 10.0, 105.0), starts(jobs, 8, new ResourceOffers(OfferRules.MESOS, meter())));
        // One that offers at once starts job 2 when it comes.
        assertEquals(List.of(0.0, 0.5, 10.0, 100.5), starts(jobs, 8, new TeamOrder(meter())));
    }

    /** Eight jobs of each of two teams, all at 0, on eight GPUs: whoever is asked first takes all, while shares in small steps give each half. */
    @Test
    void theTeamThatIsAskedTakesAllThatItCanUse() {
        List<ClusterJob> jobs = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            jobs.add(job("j" + i, i < 8 ? "a" : "b", 0, 1, 100));
        }

        List<Double> offered = starts(jobs, 8, new ResourceOffers(OfferRules.MESOS, meter()));
        List<Double> shared = starts(jobs, 8, new TeamOrder(meter()));

        assertEquals(
                8, offered.subList(0, 8).stream().filter(start -> start == 0).count());
        assertEquals(
                4, shared.subList(0, 8).stream().filter(start -> start == 0).count());
    }

    /** Small jobs that come again and again are offered what is free before the wide one of the other team finds enough. */
    @Test
    void aWideJobStarvesWhileSmallOnesKeepComing() {
        List<ClusterJob> jobs = new ArrayList<>(List.of(job("wide", "a", 1, 4, 10)));
        for (int i = 0; i < 10; i++) {
            jobs.add(job("small" + i, "b", 6 * i, 2, 10));
        }

        // The last small one starts at 54 and ends at 64.
        List<Double> starts = starts(jobs, 4, new ResourceOffers(OfferRules.MESOS, meter()));

        assertEquals(64.0, starts.get(1));
    }

    /**
     * Nodes of 8 GPUs, two of which are away until 5. Teams a and b, asked at 0 and 2, each want 9, and a is asked again at 5, when it no
     * longer refuses 8. Then it finds 24 and takes 9; what came back is worth an offer to b, a second later.
     */
    @Test
    void nodesThatComeBackAtTheMomentOfAnOfferAreOfferedToOthersToo() {
        List<ClusterJob> jobs = List.of(job("1", "a", 0, 9, 10), job("2", "b", 2, 9, 10));
        NodeOutage away = NodeOutage.announced(NodeOutage.Kind.MAINTENANCE, 0, 1, 3, 0, 5 * SECOND);
        RunOptions options = RunOptions.plain().withOutages(NodeOutages.of(List.of(away)), 1);

        List<Long> starts = ClusterSimulation.run(
                        jobs,
                        FreeGpus.equal(3, 8),
                        new AnyGpus(),
                        new ResourceOffers(OfferRules.MESOS, meter()),
                        options)
                .jobs()
                .stream()
                .map(JobOutcome::startNanos)
                .toList();

        assertEquals(List.of(5 * SECOND, 6 * SECOND), starts);
    }
}
