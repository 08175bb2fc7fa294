package trainyard.faults.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static trainyard.faults.life.HandComputedJob.one;
import static trainyard.faults.life.HandComputedJob.seconds;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.faults.layout.ShardOffsets;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.recovery.JobRedundancy;
import trainyard.faults.recovery.RedundantStages;
import trainyard.faults.recovery.Rejoin;
import trainyard.faults.recovery.ReplicaQuorum;
import trainyard.faults.recovery.Reroute;
import trainyard.faults.recovery.ShardedWork;

/** Policies in which others do the work of a lost node, on the job of {@link HandComputedJob}. */
class RedundantPoliciesTest {

    /** Two micro-batches, two stages: 3 slots become 2 x 4/3 + 1 = 11/3, so steps take 12.22 s; bubbles would take all. */
    @Test
    void reroutingStretchesTheStep() {
        LifeOutcome naive = one(new Reroute(2, false), 0, 1155 + 9 * 110.0 / 9 + 1e-3);
        assertThat(naive.steps()).isEqualTo(99);
        LifeOutcome bubbles = one(new Reroute(2, true), 0, 1155 + 90);
        assertThat(bubbles.steps()).isEqualTo(99);
        // The node is back at 2,105 s, starts beside the job until 2,305 s and copies until 2,355 s.
        LifeOutcome later = one(new Reroute(2, true), 0, 2400);
        assertThat(seconds(later, GpuState.INITIALISE)).isEqualTo(8 * 200 + 7 * 20 + 200 + 8 * 20);
        assertThat(seconds(later, GpuState.LOAD)).isEqualTo(50);
    }

    /** Steps of 12 s before; one node with two stages of two: 2 x 1 + 2 = 4 slots in place of 3, 16 s. */
    @Test
    void redundantStagesAlwaysCost() {
        LifeOutcome life = one(new RedundantStages(0.2, 2), 0, 1155 + 16);
        // 905 s of steps of 12 s: 75 and 5 s of the next.
        assertThat(life.steps()).isEqualTo(76);
        assertThat(seconds(life, GpuState.LOST_WORK)).isEqualTo(8 * 5);
        assertThat(seconds(life, GpuState.USEFUL)).isCloseTo(75 * 80 + 80, within(1e-6));
        assertThat(seconds(life, GpuState.REDUNDANT)).isCloseTo(75 * 16 + 16, within(1e-6));
        assertThat(seconds(life, GpuState.SLOW)).isCloseTo(7 * 16 - 96, within(1e-6));
    }

    /**
     * Those that are left form other pipelines: once the last node has copied the stage of the lost one, from 1,205 s on, steps
     * of 12 s on 7 of 8 nodes take 13.71 s.
     */
    @Test
    void redundantStagesFormOtherPipelines() {
        LifeOutcome life = one(new RedundantStages(0.2, 2, true), 0, 1205 + 13.72);
        assertThat(life.steps()).isEqualTo(76);
        assertThat(seconds(life, GpuState.LOST_WORK)).isEqualTo(8 * 5);
        assertThat(seconds(life, GpuState.INITIALISE)).isEqualTo(8 * 200 + 7 * 20);
        // The node that comes back waits for the next fault.
        LifeOutcome later = one(new RedundantStages(0.2, 2, true), 0, 2500);
        assertThat(seconds(later, GpuState.WAIT_FOR_NODES)).isCloseTo(2500 - 2105, within(1e-6));
    }

    /** Three replicas go on at 1,155 s with 6 samples; the other node of the fourth waits, then both start and copy. */
    @Test
    void aQuorumGoesOnWithoutAReplica() {
        LifeOutcome life = one(new ReplicaQuorum(2), 0, 1155 + 100);
        assertThat(life.steps()).isEqualTo(100);
        assertThat(life.samples()).isEqualTo(90 * 8 + 10 * 6);
        assertThat(seconds(life, GpuState.WAIT_FOR_NODES)).isEqualTo(1255 - 1135);
        LifeOutcome later = one(new ReplicaQuorum(2), 0, 2355 + 20 + 20);
        assertThat(later.steps()).isEqualTo(90 + 120 + 2);
        assertThat(seconds(later, GpuState.WAIT_FOR_NODES)).isEqualTo(2105 - 1135);
    }

    /** Replicas 0 to 3 have shards 0 1, 1 2, 2 3 and 3 0: one is masked, the others do two shards each. */
    @Test
    void shardsMaskALoss() {
        ShardedWork policy = new ShardedWork(new ShardOffsets(List.of(0, 1)));
        LifeOutcome life = one(policy, 0, 1155 + 40);
        assertThat(life.steps()).isEqualTo(92);
        assertThat(seconds(life, GpuState.USEFUL)).isEqualTo(92 * 80);
        assertThat(seconds(life, GpuState.SLOW)).isEqualTo(2 * (6 * 20 - 80));
    }

    /** With 3 of 4 replicas left each has a second shard, which takes half of a step. */
    @Test
    void aFurtherShardTakesItsShareOfAStep() {
        LifeOutcome life = one(new ShardedWork(new ShardOffsets(List.of(0, 1)), 0.5), 0, 1155 + 15);
        assertThat(life.steps()).isEqualTo(91);
    }

    /** Half of the replicas do steps of 20 s twice; a lost node leaves its twin, and nothing is slower. */
    @Test
    void redundancyDoesEverythingTwice() {
        LifeOutcome life = one(new JobRedundancy(JobRedundancy.Scope.NODE, Rejoin.NEVER), 0, 1155 + 20);
        assertThat(life.steps()).isEqualTo(46);
        assertThat(seconds(life, GpuState.LOST_WORK)).isEqualTo(8 * 5);
        assertThat(seconds(life, GpuState.USEFUL)).isEqualTo(46 * 80);
        assertThat(seconds(life, GpuState.REDUNDANT)).isEqualTo(45 * 80 + 60);
    }
}
