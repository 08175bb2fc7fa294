package trainyard.faults.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trainyard.faults.life.HandComputedJob.simulation;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trainyard.faults.cause.Damage;
import trainyard.faults.layout.JobLayout;
import trainyard.faults.layout.ShardOffsets;
import trainyard.faults.layout.Slots;
import trainyard.faults.recovery.ElasticShrink;
import trainyard.faults.recovery.JustInTime;
import trainyard.faults.recovery.OnLoss;
import trainyard.faults.recovery.PipelineTemplates;
import trainyard.faults.recovery.Reaction;
import trainyard.faults.recovery.RecoveryPolicy;
import trainyard.faults.recovery.ReplicaQuorum;
import trainyard.faults.recovery.RequeueWhenStopped;
import trainyard.faults.recovery.Reroute;
import trainyard.faults.recovery.ShardedWork;
import trainyard.faults.recovery.Situation;
import trainyard.faults.recovery.Standby;
import trainyard.faults.recovery.StateSource;
import trainyard.sim.random.RandomStreams;

/** Policies that take the state from survivors, on the job of {@link HandComputedJob} whose replicas share the state out. */
class SharedOutStateTest {

    private static final JobLayout OVER_ALL = new JobLayout(4, 2, 2, 4);
    private static final JobLayout OVER_PAIRS = new JobLayout(4, 2, 2, 2);

    static List<RecoveryPolicy> policies() {
        return List.of(
                new Standby(2, true),
                new ElasticShrink(1, true, OnLoss.ACCUMULATE),
                new PipelineTemplates(2, 2),
                new Reroute(2, false),
                new ReplicaQuorum(1),
                new ShardedWork(new ShardOffsets(List.of(0, 1))),
                new RequeueWhenStopped(new ReplicaQuorum(1)));
    }

    private static Situation lost(JobLayout layout, int... slots) {
        Slots lost = Slots.of(layout, slots);
        return new Situation(layout, lost, lost, Slots.of(layout), 0, 2, Damage.NODE);
    }

    private static LifeOutcome life(JobLayout layout, RecoveryPolicy policy, int spares, double endSeconds) {
        return simulation(layout, policy, spares, endSeconds).run(new RandomStreams(1, 0));
    }

    /** Nobody else has what a node had: each loss costs the state, and no policy goes on beside it. */
    @ParameterizedTest
    @MethodSource("policies")
    void whereAllReplicasShareTheStateOutNoSurvivorHasIt(RecoveryPolicy policy) {
        assertThat(policy.needsCopies()).isTrue();
        Situation situation = lost(OVER_ALL, 3);
        assertThat(policy.source(situation)).isEqualTo(StateSource.SNAPSHOT);
        assertThat(policy.react(situation)).isNotInstanceOf(Reaction.GoOn.class);
        assertThat(policy.source(lost(HandComputedJob.LAYOUT, 3))).isEqualTo(StateSource.SURVIVORS);
        assertThat(policy.source(lost(OVER_ALL))).isEqualTo(StateSource.SURVIVORS);
    }

    /** Of two copies, slots 3 and 7 hold the same part; slots 3 and 6 do not, but leave no copy whole. */
    @ParameterizedTest
    @MethodSource("policies")
    void groupsOfReplicasHoldACopyEach(RecoveryPolicy policy) {
        assertThat(policy.source(lost(OVER_PAIRS, 3))).isEqualTo(StateSource.SURVIVORS);
        assertThat(policy.source(lost(OVER_PAIRS, 3, 7))).isEqualTo(StateSource.SNAPSHOT);
        assertThat(OVER_PAIRS.hasCopyOutside(Slots.of(OVER_PAIRS, 3, 6))).isTrue();
        assertThat(OVER_PAIRS.copiesWithout(Slots.of(OVER_PAIRS, 3, 6))).isZero();
        assertThat(OVER_PAIRS.copiesWithout(Slots.of(OVER_PAIRS, 0, 3))).isEqualTo(1);
    }

    /** Without a copy there is nothing to save after the fault. */
    @Test
    void justInTimeSavesOnlyWhatIsLeft() {
        JustInTime policy = new JustInTime(7);
        assertThat(policy.react(lost(OVER_ALL, 3))).extracting("saveNanos").isEqualTo(0L);
        assertThat(policy.react(lost(OVER_PAIRS, 3))).extracting("saveNanos").isEqualTo(7L);
    }

    /** With a spare at once: reconfigured at 1,155 s, the snapshot of step 80 loaded at 1,255 s; a copy of step 90 is there at 1,205 s. */
    @Test
    void aHotSpareLoadsTheSnapshot() {
        assertThat(life(OVER_ALL, new Standby(1, true), 1, 1255 + 20).steps()).isEqualTo(80 + 2);
        assertThat(life(OVER_PAIRS, new Standby(1, true), 1, 1205 + 20).steps()).isEqualTo(90 + 2);
    }

    /** The group of two replicas leaves as one: from 1,155 s on steps of 4 samples. Without a copy the job waits until 2,105 s. */
    @Test
    void aQuorumIsOneOfCopies() {
        LifeOutcome pairs = life(OVER_PAIRS, new ReplicaQuorum(2), 0, 1155 + 100);
        assertThat(pairs.steps()).isEqualTo(100);
        assertThat(pairs.samples()).isEqualTo(90 * 8 + 10 * 4);
        // Three replicas are asked for, and only one group of two is whole.
        assertThat(life(OVER_PAIRS, new ReplicaQuorum(3), 0, 1155 + 100).steps())
                .isEqualTo(90);
        LifeOutcome all = life(OVER_ALL, new ReplicaQuorum(2), 0, 2105 + 200 + 100 + 20);
        assertThat(all.steps()).isEqualTo(80 + 2);
    }

    @Test
    void copiesAreOfWholeReplicas() {
        assertThat(OVER_PAIRS.copies()).isEqualTo(2);
        assertThat(OVER_PAIRS.copyNodes()).isEqualTo(4);
        assertThatThrownBy(() -> new JobLayout(4, 2, 2, 3)).hasMessageContaining("do not divide 4 replicas");
    }
}
