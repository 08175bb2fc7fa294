package trainyard.scheduler.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.catalog.PolicyKind;
import trainyard.scheduler.catalog.PolicyOptions;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.outage.NodeOutage;
import trainyard.scheduler.outage.NodeOutages;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.policy.WaitReason;
import trainyard.scheduler.policy.WaitReason.Cause;
import trainyard.scheduler.policy.WaitReasons;
import trainyard.scheduler.quota.Amounts;
import trainyard.scheduler.quota.PreemptionRules;
import trainyard.scheduler.quota.QuotaRules;
import trainyard.scheduler.quota.QuotaSpec;
import trainyard.scheduler.run.watch.Displacements;
import trainyard.scheduler.run.watch.JobWatcher;

/** When would this job start, and who blocks whom and why. */
class QuestionsTest {

    private static final StartForecast FORECAST = new StartForecast(
            () -> FreeGpus.equal(1, 4), AnyGpus::new, () -> make(PolicyKind.FIFO), now -> RunOptions.plain());

    private static SchedulingPolicy make(PolicyKind kind) {
        return kind.make(PolicyOptions.DEFAULTS);
    }

    private static List<WaitReasons.Entry> reasons(
            List<ClusterJob> jobs, int nodes, Placement placement, SchedulingPolicy policy) {
        WaitReasons reasons = new WaitReasons(policy, 10);
        ClusterSimulation.run(jobs, FreeGpus.equal(nodes, 4), placement, reasons);
        return reasons.entries();
    }

    /** a holds 3 of 4 till 100, b wants all 4, c one for longer than a. */
    private static final List<ClusterJob> THREE =
            List.of(ClusterJob.of("a", 0, 3, 100), ClusterJob.of("b", 5, 4, 50), ClusterJob.of("c", 10, 1, 200));

    @Test
    void aQueueSaysWhoIsInTheWay() {
        List<WaitReasons.Entry> entries = reasons(THREE, 1, new AnyGpus(), make(PolicyKind.FIFO));

        assertEquals(Cause.TOO_FEW_GPUS, entries.get(0).reason().cause());
        assertEquals(Cause.BEHIND, entries.get(1).reason().cause());
        assertEquals("b", entries.get(1).other());
    }

    @Test
    void backfillSaysWhoseReservationIsInTheWayAndWhenItIs() {
        List<WaitReasons.Entry> entries = reasons(THREE, 1, new AnyGpus(), make(PolicyKind.EASY));

        assertEquals(100, entries.get(0).reason().atNanos());
        assertEquals(Cause.RESERVATION, entries.get(1).reason().cause());
        assertEquals("b", entries.get(1).other());
    }

    /** b wants more than the one node has that is left once the other is gone for good: no end of a job makes place for it. */
    @Test
    void whatNeverFitsHasNoTime() {
        for (PolicyKind kind : List.of(PolicyKind.EASY, PolicyKind.CONSERVATIVE)) {
            WaitReasons reasons = new WaitReasons(make(kind), 10);
            ClusterSimulation.run(
                    List.of(ClusterJob.of("a", 0, 3, 100), ClusterJob.of("b", 6, 5, 50), ClusterJob.of("c", 7, 1, 200)),
                    FreeGpus.equal(2, 4),
                    new AnyGpus(),
                    reasons,
                    RunOptions.plain().withOutages(NodeOutages.of(List.of(NodeOutage.fault(5, 1, 2, 1_000_000))), 1));

            assertEquals(WaitReason.UNKNOWN, reasons.entries().get(0).reason().atNanos(), kind.name());
            assertEquals("b", reasons.entries().get(0).job());
        }
    }

    /** At 10 the short job takes the place of both, and at 12 another one that of the first. */
    @Test
    void whoWasStoppedKnowsForWhom() {
        List<ClusterJob> jobs = List.of(
                ClusterJob.of("a", 0, 2, 100),
                ClusterJob.of("b", 0, 2, 100),
                ClusterJob.of("short", 10, 4, 5),
                ClusterJob.of("shorter", 12, 4, 1));
        Displacements at13 = new Displacements(13);
        Displacements at12 = new Displacements(12);

        ClusterSimulation.run(
                jobs, FreeGpus.equal(1, 4), new AnyGpus(), make(PolicyKind.SRTF), JobWatcher.of(at12, at13));

        assertEquals(Optional.of(new Displacements.Displaced(2, 10)), at12.of(0));
        assertEquals(Optional.of(new Displacements.Displaced(2, 10)), at12.of(1));
        assertEquals(Optional.of(new Displacements.Displaced(3, 12)), at12.of(2));
        assertEquals(Optional.empty(), at13.of(2));
        assertEquals(Optional.empty(), at12.of(3));
    }

    @Test
    void fragmentsAndQuotasAreToldApart() {
        List<ClusterJob> jobs =
                List.of(ClusterJob.of("a", 0, 3, 100), ClusterJob.of("b", 0, 3, 100), ClusterJob.of("c", 10, 2, 100));
        SchedulingPolicy quota = PolicyKind.KUEUE.make(
                PolicyOptions.DEFAULTS.with(QuotaRules.of(List.of(QuotaSpec.hard("team", Amounts.ofGpus(6))))));

        Consolidate firstFit = new Consolidate(Consolidate.Choice.FIRST_FIT);
        assertEquals(
                Cause.FRAGMENTED,
                reasons(jobs, 2, firstFit, make(PolicyKind.FIFO_FIT_FIRST))
                        .get(0)
                        .reason()
                        .cause());
        List<ClusterJob> ofTeam = jobs.stream().map(job -> job.ofTeam("team")).toList();
        assertEquals(
                Cause.QUOTA, reasons(ofTeam, 2, firstFit, quota).get(0).reason().cause());
        // The first two jobs take the four GPUs of their team and both that the other lends.
        SchedulingPolicy borrowing = PolicyKind.KUEUE.make(PolicyOptions.DEFAULTS.with(QuotaRules.of(List.of(
                QuotaSpec.inCohort("team", "all", Amounts.ofGpus(4), PreemptionRules.NEVER),
                QuotaSpec.inCohort("other", "all", Amounts.ofGpus(2), PreemptionRules.NEVER)))));
        assertEquals(
                Cause.COHORT,
                reasons(ofTeam, 2, firstFit, borrowing).get(0).reason().cause());
    }

    @Test
    void aForecastKnowsOnlyWhatOwnersState() {
        List<ClusterJob> jobs = List.of(
                new ClusterJob("ended", "", 0, 4, 20, 500),
                new ClusterJob("runs", "", 0, 4, 40, 100),
                ClusterJob.of("comes later", 60, 4, 1000));
        ClusterJob asked = ClusterJob.of("asked", 30, 4, 10);

        // The second began at 20 and runs till 120 as stated, though it will end at 60.
        assertEquals(Optional.of(120L), FORECAST.startNanos(jobs, asked));
    }

    /** Job b waits for one that comes later, so nobody knows of its start; the one that is asked for does not wait for it. */
    @Test
    void jobsThatWaitForUnknownOnesAreLeftOut() {
        List<ClusterJob> jobs = List.of(
                ClusterJob.of("a", 0, 4, 100),
                ClusterJob.of("b", 0, 4, 100).with(JobTraits.NONE.withAfter(List.of("later"))),
                ClusterJob.of("later", 50, 4, 100));

        assertEquals(Optional.of(100L), FORECAST.startNanos(jobs, ClusterJob.of("asked", 30, 4, 10)));
    }

    @Test
    void aForecastTakesAJobThatOutlivedItsLimitToBeAboutToEnd() {
        List<ClusterJob> jobs = List.of(new ClusterJob("outlives", "", 0, 4, 100, 20));
        ClusterJob asked = ClusterJob.of("asked", 50, 4, 10);

        assertEquals(Optional.of(51L), FORECAST.startNanos(jobs, asked));
    }
}
