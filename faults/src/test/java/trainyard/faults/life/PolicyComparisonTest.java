package trainyard.faults.life;

import static org.assertj.core.api.Assertions.assertThat;
import static trainyard.faults.life.HandComputedJob.MADE_UP;
import static trainyard.faults.life.HandComputedJob.SECOND;
import static trainyard.faults.life.HandComputedJob.fixed;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.layout.JobLayout;
import trainyard.faults.layout.ShardOffsets;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.recovery.ElasticShrink;
import trainyard.faults.recovery.JobRedundancy;
import trainyard.faults.recovery.JustInTime;
import trainyard.faults.recovery.OnLoss;
import trainyard.faults.recovery.PipelineTemplates;
import trainyard.faults.recovery.ProactiveDrain;
import trainyard.faults.recovery.RecoveryPolicy;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.RedundantStages;
import trainyard.faults.recovery.Rejoin;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.ReplicaQuorum;
import trainyard.faults.recovery.Requeue;
import trainyard.faults.recovery.Reroute;
import trainyard.faults.recovery.ShardedWork;
import trainyard.faults.recovery.Standby;
import trainyard.faults.recovery.Warnings;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;

/** Settings in which each policy wins, with the same nodes and the same faults. */
class PolicyComparisonTest {

    /**
     * Goodput per sample of 32 replicas of two nodes: nodes fail after 30 days each, repairs take a day. Some spares, or none
     * where a policy is meant to do without.
     */
    private static double kept(RecoveryPolicy policy, int spares, double mtbfDays) {
        FaultCause node = new FaultCause(
                "node",
                Scope.NODE,
                new Exponential(mtbfDays * 86_400),
                Visibility.EXPLICIT,
                Damage.NODE,
                new Fixed(86_400),
                MADE_UP);
        CheckpointLevel storage = CheckpointLevel.blocking("storage", 60 * SECOND, 300 * SECOND, Damage.NODE);
        LongJob job = new LongJob(
                new JobLayout(32, 2, 2),
                320,
                Long.MAX_VALUE,
                nodes -> 640 * SECOND / nodes,
                new CheckpointPlan(240, List.of(storage)),
                policy,
                new RecoveryTimes(fixed(60), fixed(60), fixed(60), fixed(600), fixed(300), fixed(30), fixed(60)));
        double samples = 0;
        for (int i = 0; i < 10; i++) {
            LifeOutcome life = new LifeSimulation(
                            job, new ClusterShape(64 + spares, 8, 8), List.of(node), 64, 20 * 86_400 * SECOND)
                    .run(new RandomStreams(4, i));
            samples += life.samples();
        }
        return samples;
    }

    /** Each policy does better than restarts in a setting that suits it, with the same nodes and the same faults. */
    @Test
    void eachPolicyWinsSomewhere() {
        assertThat(kept(new ReplaceLost(), 8, 30)).isGreaterThan(1.005 * kept(new Requeue(), 8, 30));
        double replaced = kept(new ReplaceLost(), 8, 30);
        assertThat(kept(new Standby(4, false), 8, 30)).isGreaterThan(1.005 * replaced);
        assertThat(kept(new Standby(4, true), 8, 30)).isGreaterThan(kept(new Standby(4, false), 8, 30));
        assertThat(kept(new JustInTime(60 * SECOND), 8, 30)).isGreaterThan(1.01 * replaced);
        assertThat(kept(new ReplicaQuorum(16), 8, 30)).isGreaterThan(1.01 * replaced);
        assertThat(kept(new ProactiveDrain(new Warnings(0.8, 0.8, 900 * SECOND)), 8, 30))
                .isGreaterThan(1.01 * replaced);
        double waiting = kept(new ReplaceLost(), 0, 30);
        for (RecoveryPolicy policy : List.of(
                new ElasticShrink(1, true, OnLoss.ACCUMULATE),
                new PipelineTemplates(2, 1),
                new Reroute(10, true),
                new RedundantStages(0.2, 10),
                new ShardedWork(ShardOffsets.spread(32, 4)),
                new JobRedundancy(JobRedundancy.Scope.NODE, Rejoin.IN_BACKGROUND))) {
            assertThat(kept(policy, 0, 30)).as(policy.name()).isGreaterThan(1.1 * waiting);
        }
    }

    /** Templates lose less of the work than whole replicas do where nodes of a replica are many. */
    @Test
    void templatesBeatWholeReplicasWithoutSpares() {
        List<Double> kept = new ArrayList<>();
        for (RecoveryPolicy policy :
                List.of(new PipelineTemplates(2, 1), new ElasticShrink(1, true, OnLoss.ACCUMULATE))) {
            kept.add(kept(policy, 0, 30));
        }
        assertThat(kept.get(0)).isGreaterThan(kept.get(1));
    }
}
