package trainyard.faults.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.faults.analytic.Backoff;
import trainyard.faults.retry.RestartBudget.Counting;
import trainyard.faults.retry.RestartBudget.Stop;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.stats.Tally;

class RetrySimulationTest {

    private static final double FOREVER = 1e9;

    private static BackoffRule rule(double base, double cap, int tries, Jitter jitter) {
        return new BackoffRule(base, 2, cap, tries, jitter);
    }

    /** Three tries, first wait 1 s, doubled: at 0, 1 and 3 s, and then it gives up. */
    @Test
    void threeTriesByHand() {
        HerdOutcome one = new HerdSimulation(1, 1, 0.5, new Fixed(FOREVER), rule(1, FOREVER, 3, Jitter.NONE))
                .run(new RandomStreams(1, 0));
        assertThat(one.arrivals()).containsExactly(0, 1, 3);
        assertThat(one.gaveUp()).containsExactly(3);
        assertThat(one.served()).isEmpty();
        assertThat(rule(1, FOREVER, 3, Jitter.NONE).budgetSeconds()).isEqualTo(3);
        // An outage of 3 s is just outlasted, one that is longer is not.
        assertThat(new HerdSimulation(1, 1, 0.5, new Fixed(3), rule(1, FOREVER, 3, Jitter.NONE))
                        .run(new RandomStreams(1, 0))
                        .served())
                .containsExactly(3.5);
    }

    @Test
    void meanWaitsAreThoseOfTheForms() {
        Backoff form = new Backoff(5, 2, 0.4);
        Tally capped = new Tally();
        Tally jittered = new Tally();
        int gaveUp = 0;
        int replications = 60_000;
        for (int i = 0; i < replications; i++) {
            RandomStreams streams = new RandomStreams(3, i);
            RetrySimulation.Outcome outcome = new RetrySimulation(rule(5, 60, 6, Jitter.NONE), 0.4).run(streams);
            capped.add(outcome.waitedSeconds());
            gaveUp += outcome.succeeded() ? 0 : 1;
            jittered.add(new RetrySimulation(new BackoffRule(5, 1.2, FOREVER, 1000, Jitter.FULL), 0.4)
                    .run(streams)
                    .waitedSeconds());
        }
        double expected = form.meanCappedSeconds(60, 6);
        assertThat(capped.mean()).isCloseTo(expected, within(0.03 * expected));
        double share = Backoff.giveUpProbability(0.4, 6);
        assertThat((double) gaveUp / replications).isCloseTo(share, within(0.03 * share));
        double full = new Backoff(5, 1.2, 0.4).meanUncappedSecondsWithFullJitter();
        assertThat(jittered.mean()).isCloseTo(full, within(0.03 * full));
    }

    /** 2,048 clients on 64 slots of 1 s: without jitter they come back together, with it they spread out. */
    @Test
    void aHerdComesBackTogetherUnlessItsWaitsDiffer() {
        HerdOutcome together = new HerdSimulation(2048, 64, 1, new Fixed(0), rule(1, 60, 30, Jitter.NONE))
                .run(new RandomStreams(1, 0));
        HerdOutcome spread = new HerdSimulation(2048, 64, 1, new Fixed(0), rule(1, 60, 30, Jitter.FULL))
                .run(new RandomStreams(1, 0));
        assertThat(together.peak(0.1)).isEqualTo(2048);
        assertThat(together.peakOfRetries(0.1)).isEqualTo(2048 - 64);
        assertThat(spread.peakOfRetries(0.1)).isLessThan(400);
        assertThat(last(spread.served())).isLessThan(last(together.served()) / 2);
        assertThat(spread.served().length + spread.gaveUp().length).isEqualTo(2048);
        // No faster than the store can serve.
        assertThat(last(spread.served())).isGreaterThanOrEqualTo(2048 / 64);
    }

    private static double last(double[] times) {
        return times[times.length - 1];
    }

    @Test
    void aHerdIsAFunctionOfItsSeed() {
        HerdSimulation design = new HerdSimulation(200, 7, 0.3, new Fixed(2), rule(1, 20, 9, Jitter.EQUAL));
        assertThat(design.run(new RandomStreams(4, 2)).served())
                .containsExactly(design.run(new RandomStreams(4, 2)).served());
    }

    @Test
    void agentsCountForThemselvesAndAJobCountsAll() {
        RestartBudget.Count job = new RestartBudget(3, Counting.JOB, 99, 99, 1).begin();
        RestartBudget.Count agents = new RestartBudget(3, Counting.AGENT, 99, 99, 1).begin();
        for (int i = 0; i < 3; i++) {
            assertThat(job.count(10 * i, i, i)).isEmpty();
            assertThat(agents.count(10 * i, i, i)).isEmpty();
        }
        assertThat(job.count(40, 7, 9)).contains(Stop.BUDGET);
        assertThat(agents.count(40, 7, 9)).isEmpty();
        assertThat(agents.count(50, 0, 20)).isEmpty();
        assertThat(agents.count(60, 0, 21)).isEmpty();
        assertThat(agents.count(70, 0, 22)).contains(Stop.BUDGET);
    }

    @Test
    void aNewNodeBringsANewCount() {
        RestartBudget.Count agents = new RestartBudget(2, Counting.AGENT, 99, 99, 1).begin();
        assertThat(agents.count(0, 5, 1)).isEmpty();
        assertThat(agents.count(10, 5, 2)).isEmpty();
        agents.leave(5);
        assertThat(agents.count(20, 5, 3)).isEmpty();
        assertThat(agents.count(30, 5, 4)).isEmpty();
        assertThat(agents.count(40, 5, 5)).contains(Stop.BUDGET);
    }

    @Test
    void threeRestartsWithoutProgressEndAJob() {
        RestartBudget.Count count = new RestartBudget(99, Counting.JOB, 3, 99, 1).begin();
        assertThat(count.count(0, 0, 100)).isEmpty();
        assertThat(count.count(10, 0, 100)).isEmpty();
        assertThat(count.count(20, 0, 100)).isEmpty();
        assertThat(count.count(30, 0, 100)).contains(Stop.NO_PROGRESS);
        RestartBudget.Count moving = new RestartBudget(99, Counting.JOB, 3, 99, 1).begin();
        for (int i = 0; i < 20; i++) {
            assertThat(moving.count(10 * i, 0, i / 2)).isEmpty();
        }
    }

    @Test
    void faultsInAShortTimeAreACrashLoop() {
        RestartBudget.Count count = new RestartBudget(99, Counting.JOB, 99, 3, 60).begin();
        assertThat(count.count(0, 0, 1)).isEmpty();
        assertThat(count.count(50, 0, 2)).isEmpty();
        assertThat(count.count(100, 0, 3)).isEmpty();
        assertThat(count.count(109, 0, 4)).contains(Stop.CRASH_LOOP);
    }
}
