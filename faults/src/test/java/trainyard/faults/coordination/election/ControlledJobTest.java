package trainyard.faults.coordination.election;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trainyard.faults.coordination.election.ControlledJob.NewJob;
import trainyard.faults.coordination.election.Controllers.Delay;
import trainyard.faults.coordination.election.Controllers.LeaderOutage;
import trainyard.faults.coordination.election.Controllers.Quorum;
import trainyard.faults.coordination.election.ElectionOutcome.Gap;
import trainyard.faults.coordination.election.ElectionOutcome.Leadership;
import trainyard.faults.coordination.election.ElectionOutcome.SlowLeader;
import trainyard.sim.random.RandomStreams;

class ControlledJobTest {

    private static final long SECOND = 1_000_000_000L;

    /** Of a message, in seconds: next to nothing, since none may take none at all. */
    private static final double NO_TIME = 1e-9;

    private static final Controllers CONTROLLERS =
            controllers(1, 0.1, 0.05, Optional.of(new LeaderOutage(10, 10, OptionalDouble.empty())), 60);

    /** Members that stand for election after 1 s to 2 s without a heartbeat, followed up to the horizon. */
    private static Controllers controllers(
            int members,
            double heartbeatSeconds,
            double messageSeconds,
            Optional<LeaderOutage> outage,
            double horizonSeconds) {
        return new Controllers(
                members,
                heartbeatSeconds,
                1,
                2,
                new Delay(messageSeconds, 0, OptionalDouble.empty(), 0),
                Quorum.MAJORITY,
                false,
                60,
                outage,
                Optional.empty(),
                horizonSeconds);
    }

    /** A leader whose answers take 5 s longer for 10 s. */
    private static Optional<LeaderOutage> slow(double atSeconds) {
        return Optional.of(new LeaderOutage(atSeconds, 10, OptionalDouble.of(5)));
    }

    /** Nobody leads from one time to another. */
    private static ElectionOutcome without(long fromNanos, long toNanos) {
        return outcome(
                1, List.of(), List.of(new Gap(fromNanos, toNanos)), OptionalLong.of(fromNanos), Optional.empty());
    }

    private static ElectionOutcome outcome(
            int elections,
            List<Leadership> leaders,
            List<Gap> gaps,
            OptionalLong struckNanos,
            Optional<SlowLeader> slow) {
        return new ElectionOutcome(
                List.of(), elections, elections, leaders, gaps, struckNanos, slow, 0, 0, List.of(), List.of());
    }

    private static List<NewJob> jobs(double placeSeconds, ElectionOutcome outcome) {
        return new ControlledJob(false, 5, 1, placeSeconds).newJobs(CONTROLLERS, outcome);
    }

    /**
     * A job a second, each of which takes half a second, a tenth of it for messages. From 10 to 20 nobody leads. The k-th of those that come
     * from 10 on is placed at 20 + (k + 1)/2, so the one of 29 is the last that waits: ten seconds over 1 - 1/2 after the outage began.
     */
    @Test
    void jobsOfAnOutageAreWorkedOffOneAfterTheOther() {
        ElectionOutcome outcome = without(10 * SECOND, 20 * SECOND);
        List<NewJob> jobs = jobs(0.4, outcome);

        assertEquals(new NewJob(9, 9, 9.5), jobs.get(8));
        assertEquals(10.5, jobs.get(9).latencySeconds(), 1e-9);
        assertEquals(1, jobs.get(28).latencySeconds(), 1e-9);
        assertFalse(jobs.get(29).waited());
        assertEquals(
                20, new ControlledJob(false, 5, 1, 0.4).backlogSeconds(without(10 * SECOND, 20 * SECOND), jobs), 1e-9);
    }

    /** The leader goes at 9.2, when the job of 9 is not placed yet: the next one begins anew at 20. */
    @Test
    void aJobThatALeaderDoesNotFinishIsBegunAnew() {
        assertEquals(
                20.5, jobs(0.4, without(9_200_000_000L, 20 * SECOND)).get(8).doneSeconds(), 1e-9);
    }

    @Test
    void placingThatTakesNoTimeWaitsForALeaderAlone() {
        List<NewJob> jobs = jobs(0, without(10 * SECOND, 20 * SECOND));

        assertEquals(new NewJob(9, 9, 9), jobs.get(8));
        assertEquals(new NewJob(10, 20, 20), jobs.get(9));
        assertEquals(new NewJob(19, 20, 20), jobs.get(18));
        assertEquals(new NewJob(20, 20, 20), jobs.get(19));
    }

    /**
     * The leader is slow from 10 s to 20 s, and another one leads from 12 s on, without a gap. Steps take 5 s, and 10 s with a leader whose
     * answers take 5 s longer; messages take next to nothing. So the two seconds until the change cost one.
     */
    @Test
    void aSlowLeaderCostsTheJobNothingOnceAnotherLeads() {
        Controllers controllers = controllers(3, 0.1, NO_TIME, slow(10), 60);
        ElectionOutcome outcome = outcome(
                2,
                List.of(new Leadership(0, 1, SECOND), new Leadership(1, 2, 12 * SECOND)),
                List.of(),
                OptionalLong.of(10 * SECOND),
                Optional.of(new SlowLeader(0, new Gap(10 * SECOND, 20 * SECOND), 5)));

        assertEquals(1, new ControlledJob(true, 5, 60, 0).lostSeconds(controllers, outcome), 1e-6);
        assertEquals(0, new ControlledJob(false, 5, 60, 0).lostSeconds(controllers, outcome));
    }

    /**
     * Nobody leads yet at 0.5 s, so that the one who is elected then is slow for 10 s: steps that take 5 s otherwise take 10 s for so
     * long.
     */
    @Test
    void aLeaderThatIsSlowFromItsElectionOnHoldsTheJobUpFromThen() {
        Controllers controllers = controllers(1, 0.1, NO_TIME, slow(0.5), 60);
        ElectionOutcome outcome = controllers.run(new RandomStreams(1, 0));

        assertEquals(5, new ControlledJob(true, 5, 60, 0).lostSeconds(controllers, outcome), 1e-6);
    }

    /**
     * Stated for 0.5 s, when nobody leads yet: the leader elected between 1 s and 2 s is the one that stops, and the backlog counts from
     * then. The job of 0.9 s, which waited for nobody in it, is placed before the outage.
     */
    @Test
    void theBacklogCountsFromWhenTheOutageStrikesALeader() {
        Controllers controllers =
                controllers(1, 0.1, NO_TIME, Optional.of(new LeaderOutage(0.5, 10, OptionalDouble.empty())), 60);
        ElectionOutcome outcome = controllers.run(new RandomStreams(1, 0));
        ControlledJob job = new ControlledJob(false, 5, 0.9, 0);
        double struck = outcome.leaders().get(0).atNanos() / 1e9;
        double back = outcome.leaders().get(1).atNanos() / 1e9;

        assertTrue(struck > 1);
        assertEquals(struck, outcome.struckNanos().orElseThrow() / 1e9);
        assertEquals(back - struck, job.backlogSeconds(outcome, job.newJobs(controllers, outcome)), 1e-6);
    }

    /** A leader that is heard too seldom is replaced again and again; the time of each of thousands of stretches counts once. */
    @Test
    @Timeout(20)
    void thousandsOfElectionsAreSummedAtOnce() {
        int elections = 100_000;
        List<Gap> gaps = new ArrayList<>();
        List<Leadership> leaders = new ArrayList<>();
        for (int i = 0; i < elections; i++) {
            leaders.add(new Leadership(i % 3, i, 2L * i * SECOND));
            gaps.add(new Gap((2L * i + 1) * SECOND, (2L * i + 2) * SECOND));
        }
        Controllers controllers = controllers(3, 10, NO_TIME, Optional.empty(), 2.0 * elections);
        ElectionOutcome outcome = outcome(elections, leaders, gaps, OptionalLong.empty(), Optional.empty());

        assertEquals(elections, new ControlledJob(true, 5, 60, 0).lostSeconds(controllers, outcome), 1e-3);
    }
}
