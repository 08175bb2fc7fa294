package trainyard.faults.coordination.election;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import trainyard.faults.coordination.election.Controllers.Delay;
import trainyard.faults.coordination.election.Controllers.LeaderOutage;
import trainyard.faults.coordination.election.Controllers.NetworkCut;
import trainyard.faults.coordination.election.Controllers.Quorum;
import trainyard.sim.random.RandomStreams;

class ControllersTest {

    private static final Delay FAST = new Delay(0.001, 0, OptionalDouble.empty(), 0);

    private static Controllers group(Quorum quorum, Optional<LeaderOutage> outage, Optional<NetworkCut> cut) {
        return new Controllers(5, 0.5, 2, 4, FAST, quorum, false, 60, outage, cut, 1200);
    }

    @Test
    void oneLeaderIsElectedAndStays() {
        ElectionOutcome outcome =
                group(Quorum.MAJORITY, Optional.empty(), Optional.empty()).run(new RandomStreams(1, 0));

        assertThat(outcome.elections()).isEqualTo(1);
        assertThat(outcome.outages()).isEmpty();
        // The leader is there after 2 to 4 s and writes every 60 s until 1200 s.
        assertThat(outcome.writes()).hasSize(19);
    }

    @Test
    void aCrashIsOverWithinTheTimeoutsUnlessVotesAreSplit() {
        for (int seed = 0; seed < 50; seed++) {
            ElectionOutcome outcome = group(
                            Quorum.MAJORITY,
                            Optional.of(new LeaderOutage(100, 300, OptionalDouble.empty())),
                            Optional.empty())
                    .run(new RandomStreams(seed, 0));

            assertThat(outcome.outages()).hasSize(1);
            double seconds = outcome.longestOutageNanos() * 1e-9;
            // A follower waits at least the least timeout since the last heartbeat, which is at most 0.5 s old.
            assertThat(seconds).isGreaterThan(1.4);
            if (outcome.candidacies() == 2) {
                assertThat(seconds).isLessThan(4.1);
            }
        }
    }

    /** Nobody leads before 2 s: an outage at 1 s strikes the first leader, whoever it is, and another one is elected. */
    @Test
    void anOutageBeforeTheFirstElectionWaitsForALeader() {
        for (int seed = 0; seed < 20; seed++) {
            LeaderOutage early = new LeaderOutage(1, 300, OptionalDouble.empty());
            ElectionOutcome outcome =
                    group(Quorum.MAJORITY, Optional.of(early), Optional.empty()).run(new RandomStreams(seed, 0));

            assertThat(outcome.outages()).hasSize(1);
            assertThat(outcome.elections()).isEqualTo(2);
            assertThat(outcome.leaders().get(1).member())
                    .isNotEqualTo(outcome.leaders().get(0).member());
        }
    }

    @Test
    void withQuorumTheSmallerSideStopsAndNothingConflicts() {
        NetworkCut cut = new NetworkCut(100, 600, 2, 0, true);
        ElectionOutcome outcome =
                group(Quorum.MAJORITY, Optional.empty(), Optional.of(cut)).run(new RandomStreams(4, 0));

        assertThat(outcome.conflicts()).isZero();
        // The old leader gives up when nobody answered for the least timeout, up to a heartbeat late.
        assertThat(outcome.smallerStoppedNanos() * 1e-9).isBetween(597.0, 598.6);
        // The larger side elects one; the candidates of the smaller side come back with a higher term and may depose it
        // once.
        assertThat(outcome.elections()).isBetween(2, 3);
    }

    @Test
    void withoutQuorumTwoWritersLeaveConflicts() {
        NetworkCut cut = new NetworkCut(100, 600, 2, 0, true);
        ElectionOutcome outcome =
                group(Quorum.REACHABLE, Optional.empty(), Optional.of(cut)).run(new RandomStreams(4, 0));

        // Both sides write every 60 s for 600 s.
        assertThat(outcome.conflicts()).isBetween(9L, 10L);
        assertThat(outcome.twoLeaderNanos() * 1e-9).isBetween(595.0, 601.0);
    }

    /** Two of five that hear each other through one only: candidates who do not hear the leader depose it again and again. */
    @Test
    void aPartialCutDeposesLeadersUnlessVotersAreSticky() {
        NetworkCut cut = new NetworkCut(100, 600, 2, 1, true);
        Controllers loose = new Controllers(
                5, 0.5, 2, 4, FAST, Quorum.MAJORITY, false, 60, Optional.empty(), Optional.of(cut), 1200);
        Controllers sticky = new Controllers(
                5, 0.5, 2, 4, FAST, Quorum.MAJORITY, true, 60, Optional.empty(), Optional.of(cut), 1200);

        int flaps = loose.run(new RandomStreams(2, 0)).elections();
        assertThat(flaps).isGreaterThan(5);
        assertThat(sticky.run(new RandomStreams(2, 0)).elections()).isLessThan(flaps / 2);
    }

    @Test
    void noTermHasTwoLeadersAndNoNumberTwoWritersWhateverHappens() {
        UniformRandomProvider random = new RandomStreams(11, 0).stream("test");
        for (int seed = 0; seed < 100; seed++) {
            int members = 1 + random.nextInt(9);
            Optional<NetworkCut> cut = random.nextBoolean()
                    ? Optional.empty()
                    : Optional.of(new NetworkCut(
                            50 * random.nextDouble(),
                            200 * random.nextDouble(),
                            random.nextInt(members / 2 + 1),
                            random.nextInt(2),
                            random.nextBoolean()));
            Optional<LeaderOutage> outage = Optional.of(new LeaderOutage(
                    100 * random.nextDouble(),
                    50 * random.nextDouble(),
                    random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(3 * random.nextDouble())));
            Delay delay =
                    new Delay(0.3 * random.nextDouble() + 0.001, 1, OptionalDouble.of(5), 2 * random.nextDouble());
            Controllers group = new Controllers(
                    members, 0.5, 2, 3, delay, Quorum.MAJORITY, random.nextBoolean(), 2, outage, cut, 300);
            ElectionOutcome outcome = group.run(new RandomStreams(seed, 0));

            Set<Integer> terms = new HashSet<>();
            outcome.leaders()
                    .forEach(leader -> assertThat(terms.add(leader.term())).isTrue());
            assertThat(outcome.conflicts()).isZero();
            assertThat(group.run(new RandomStreams(seed, 0))).isEqualTo(outcome);
        }
    }
}
