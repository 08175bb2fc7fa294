package trainyard.scheduler.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.scheduler.policy.PodRules;
import trainyard.scheduler.policy.backfill.BackfillBounds;
import trainyard.scheduler.policy.fairness.FairRules;
import trainyard.scheduler.quota.Amounts;
import trainyard.scheduler.quota.PreemptionRules;
import trainyard.scheduler.quota.QuotaRules;
import trainyard.scheduler.quota.QuotaSpec;
import trainyard.scheduler.run.outcome.ClusterOutcome;

/**
 * The schedules of {@link TenJobs}, worked out by hand: first start and end of each job in minutes, and how often it was preempted.
 * Of note:
 *
 * <ul>
 *   <li>{@code qssf} forecasts the mean of the team: at 6 job 7 of team a (6 and 2 min so far) counts 8 x 4 GPU-min, as much as job 2, which
 *       came first.
 *   <li>{@code easy} takes job 7 of the highest priority first at 6; {@code conservative} has promised 6 to job 2.
 *   <li>{@code 2d-las}: job 1 has 8 GPU-min at 2 and steps back for job 4; job 2 gets all GPUs at 7, when all others have 8.
 *   <li>{@code gittins} of 4, 8, 16 and 32 GPU-min: 2/28 at 0, 1/16 at 8, 0 at 16, 1/8 at 24, 0 above, so job 4 steps back at 6, having 16, for
 *       job 1, having 8.
 *   <li>{@code priority}: job 6 drives job 4 out at 5, which was started last, though one GPU would do; job 7 drives out job 5.
 *   <li>{@code finish-time-fairness} with leases of 3 min: at 3 the ratios of jobs 5, 4, 1 and 2 are 1, 0.55, 0.5 and 0.44.
 *   <li>{@code offers}: team a is offered first at 0 and leaves 4; at 1 min 1 s, b having left 4 at 1 min, a starts job 3, and so on: each start is
 *       that of {@code drf}, some a second later.
 *   <li>{@code kueue}: job 9 of team a borrows at 9 and is stopped at 11, when job 8 of team b takes its own back.
 * </ul>
 */
class TenJobsTest {

    private static final long MINUTE = 60_000_000_000L;

    private static final PolicyOptions OPTIONS = PolicyOptions.DEFAULTS
            .with(new BackfillBounds(10, 10, 3 * MINUTE, 1440 * MINUTE, MINUTE))
            .with(new ServiceRules(120, 480, List.of(480.0, 1440.0), 0, List.of(240.0, 480.0, 960.0, 1920.0)))
            .with(new FairRules(
                    FairRules.EQUAL.weights(), 1e9, 180, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY))
            .with(new PodRules(1, 5 * MINUTE, MINUTE))
            .with(QuotaRules.of(List.of(
                    QuotaSpec.inCohort("a", "all", Amounts.ofGpus(4), PreemptionRules.RECLAIM_ANY),
                    QuotaSpec.inCohort("b", "all", Amounts.ofGpus(4), PreemptionRules.RECLAIM_ANY))));

    @ParameterizedTest
    @CsvSource({
        "fifo, 0-6 6-10 10-12 10-20 10-18 12-13 20-22 22-25 22-27 22-24, 0000000000",
        "elastic-fifo, 0-6 6-10 10-12 10-20 10-18 12-13 20-22 22-25 22-27 22-24, 0000000000",
        "fifo-fit-first, 0-6 16-20 1-3 3-13 6-14 6-7 20-22 13-16 9-14 14-16, 0000000000",
        "sjf, 4-10 0-4 4-6 17-27 4-12 6-7 12-14 14-17 14-19 14-16, 0000000000",
        "sjf-fit-first, 4-10 0-4 4-6 13-23 4-12 6-7 23-25 10-13 9-14 12-14, 0000000000",
        "narrow-first, 0-6 17-21 1-3 6-16 3-11 5-6 21-23 14-17 9-14 12-14, 0000000000",
        "narrow-first-fit-first, 0-6 17-21 1-3 6-16 3-11 5-6 21-23 14-17 9-14 12-14, 0000000000",
        "qssf, 0-6 14-18 1-3 20-30 3-11 5-6 18-20 7-10 9-14 12-14, 0000000000",
        "qssf-fit-first, 0-6 17-21 1-3 6-16 3-11 5-6 21-23 14-17 9-14 12-14, 0000000000",
        "srtf, 1-12 0-6 1-3 14-24 6-19 6-7 7-9 9-12 12-17 12-14, 2100100000",
        "srsf, 0-6 21-25 1-3 6-21 3-11 5-6 14-16 7-10 9-14 12-14, 0002000000",
        "smallest-first, 0-6 17-21 1-3 6-16 3-11 5-6 21-23 14-17 9-14 12-14, 0000000000",
        "easy, 0-6 8-12 1-3 12-22 12-20 5-6 6-8 20-23 12-17 17-19, 0000000000",
        "conservative, 0-6 6-10 1-3 10-20 10-18 5-6 20-22 22-25 10-15 15-17, 0000000000",
        "slurm-backfill, 0-6 8-12 1-3 12-22 12-20 5-6 6-8 20-23 12-17 17-19, 0000000000",
        "las, 0-19 5-17 1-3 2-23 3-21 7-8 9-11 7-15 11-20 12-14, 2102400110",
        "2d-las, 0-17 7-21 1-3 2-23 3-13 5-6 8-20 9-12 9-14 12-14, 1202101000",
        "gittins, 0-18 7-24 1-3 2-22 3-13 5-6 8-16 9-12 9-14 12-14, 3201101000",
        "priority, 0-6 8-12 1-3 3-20 5-19 5-6 6-8 19-22 12-17 17-19, 0001100000",
        "fair-share, 0-6 17-21 1-3 6-16 3-11 5-6 21-23 14-17 9-14 12-14, 0000000000",
        "max-min, 0-6 19-23 1-3 6-16 3-11 5-6 17-19 14-17 9-14 12-14, 0000000000",
        "drf, 0-6 19-23 1-3 6-16 3-11 5-6 17-19 14-17 9-14 12-14, 0000000000",
        "offers, 0-6 19-23 1-3 6-16 3-11 5-6 17-19 14-17 9-14 12-14, 0000000000",
        "finish-time-fairness, 0-9 17-21 1-3 3-25 3-11 5-6 15-17 9-12 9-14 12-14, 1002000000",
        "kueue, 0-6 19-23 1-3 6-16 3-11 5-6 11-18 11-14 9-19 14-16, 0000002020"
    })
    void runAsWorkedOut(String policy, String schedule, String preemptions) {
        ClusterOutcome outcome = TenJobs.run(PolicyKind.of(policy).orElseThrow(), OPTIONS);

        assertEquals(schedule, TenJobs.schedule(outcome));
        assertEquals(preemptions, TenJobs.preemptions(outcome));
    }
}
