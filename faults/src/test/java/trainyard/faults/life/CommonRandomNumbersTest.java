package trainyard.faults.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import trainyard.faults.cause.Burst;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultModel;
import trainyard.faults.cause.FaultReplay;
import trainyard.faults.cause.FaultTimeline;
import trainyard.faults.cause.FaultTraits;
import trainyard.faults.cause.Lemons;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Slowdown;
import trainyard.faults.cause.Visibility;
import trainyard.faults.cause.Wear;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.layout.JobLayout;
import trainyard.faults.layout.ShardOffsets;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.life.record.LifeListener;
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
import trainyard.faults.recovery.RequeueWhenStopped;
import trainyard.faults.recovery.Reroute;
import trainyard.faults.recovery.ShardedWork;
import trainyard.faults.recovery.SlowPart;
import trainyard.faults.recovery.Standby;
import trainyard.faults.recovery.StepTimes;
import trainyard.faults.recovery.Warnings;
import trainyard.faults.trace.Outage;
import trainyard.faults.trace.OutageTrace;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.RandomStreams;
import trainyard.sim.random.Weibull;

/**
 * Every policy meets the same faults: time, cause, part, nodes, damage, repair and mark of each are those of the timeline, drawn
 * without any job, whatever the job does to its nodes. Parts are renewed by their own faults alone, never by what a policy
 * replaces, so this holds of laws with a memory, of wear, lemons, bursts and traces, too.
 */
class CommonRandomNumbersTest {

    private static final Provenance MADE_UP = new Provenance(Provenance.Kind.ASSUMED, "a test", "");
    private static final long SECOND = 1_000_000_000L;
    private static final long HORIZON = 40L * 86_400 * SECOND;
    private static final ClusterShape CLUSTER = new ClusterShape(18, 4, 6);

    private static final List<RecoveryPolicy> POLICIES = List.of(
            new Requeue(),
            new ReplaceLost(),
            new Standby(2, false),
            new Standby(2, true),
            new ElasticShrink(1, true, OnLoss.ACCUMULATE),
            new ElasticShrink(2, false, OnLoss.SHRINK_BATCH, Rejoin.AT_RESTART),
            new PipelineTemplates(2, 1),
            new PipelineTemplates(2, 1, Rejoin.AT_RESTART),
            new Reroute(8, true),
            new RedundantStages(0.2, 8),
            new RedundantStages(0.2, 8, true),
            new ReplicaQuorum(4),
            new ShardedWork(ShardOffsets.spread(8, 3)),
            new RequeueWhenStopped(new ShardedWork(ShardOffsets.spread(8, 3), 0.9)),
            new JustInTime(30 * SECOND),
            new ProactiveDrain(new Warnings(0.8, 0.7, 900 * SECOND)),
            new JobRedundancy(JobRedundancy.Scope.NODE, Rejoin.IN_BACKGROUND),
            new JobRedundancy(JobRedundancy.Scope.REPLICA, Rejoin.NEVER));

    private static FaultCause cause(
            String name, Scope scope, double meanHours, Visibility visibility, Damage damage, FaultTraits traits) {
        Distribution law =
                scope == Scope.NODE ? Weibull.withMean(meanHours * 3600, 0.7) : new Exponential(meanHours * 3600);
        return new FaultCause(name, scope, law, visibility, damage, new LogNormal(20_000, 2), MADE_UP, traits);
    }

    private static FaultModel model() {
        FaultTraits none = FaultTraits.NONE;
        List<FaultCause> causes = List.of(
                cause("gpu", Scope.GPU, 3000, Visibility.EXPLICIT, Damage.NODE, none.withTransientShare(0.5)),
                cause("worn", Scope.NODE, 900, Visibility.EXPLICIT, Damage.NODE, none.with(new Wear(0.9, 0.4))),
                cause(
                        "burst",
                        Scope.NODE,
                        3000,
                        Visibility.EXPLICIT,
                        Damage.RESTART,
                        none.with(new Burst(Scope.RACK, 0.5, 600))),
                cause("hang", Scope.JOB, 60, Visibility.HANG, Damage.PROCESS, none),
                cause(
                        "slow",
                        Scope.GPU,
                        6000,
                        Visibility.SLOW,
                        Damage.NODE,
                        none.with(new Slowdown(0.5, Optional.of(new Exponential(9000))))),
                cause("silent", Scope.GPU, 9000, Visibility.SILENT, Damage.NODE, none));
        OutageTrace trace = new OutageTrace(
                List.of(new Outage(3, 90_000, 190_000, "a"), new Outage(11, 400_000, 410_000, "b")), 18, 900_000);
        return FaultModel.of(causes)
                .with(new Lemons(0.2, 5))
                .with(new FaultReplay(trace, OptionalDouble.empty(), Visibility.EXPLICIT, MADE_UP));
    }

    private static LongJob job(RecoveryPolicy policy) {
        CheckpointLevel storage = CheckpointLevel.blocking("storage", 10 * SECOND, 30 * SECOND, Damage.NODE);
        Distribution time = new LogNormal(120, 1);
        StepTimes steps = new StepTimes() {
            @Override
            public long stepNanos(int nodes) {
                return 160 * SECOND / nodes;
            }

            @Override
            public double stretch(List<SlowPart> slow) {
                return 2;
            }
        };
        return new LongJob(
                new JobLayout(8, 2, 2),
                64,
                Long.MAX_VALUE,
                steps,
                new CheckpointPlan(60, List.of(storage)),
                policy,
                new RecoveryTimes(time, time, time, time, time, time, time));
    }

    @Test
    void everyPolicyMeetsTheSameFaults() {
        Map<String, Long> names =
                POLICIES.stream().collect(Collectors.groupingBy(RecoveryPolicy::name, Collectors.counting()));
        assertThat(names).hasSize(13);
        for (int replication = 0; replication < 3; replication++) {
            List<Fault> drawn = drawn(replication);
            assertThat(drawn).hasSizeGreaterThan(60);
            for (RecoveryPolicy policy : POLICIES) {
                List<Fault> met = new ArrayList<>();
                LifeOutcome life = new LifeSimulation(job(policy), CLUSTER, model(), 2, HORIZON)
                        .run(new RandomStreams(7, replication), new LifeListener() {
                            @Override
                            public void onFault(long nowNanos, Fault fault) {
                                met.add(fault);
                            }
                        });
                assertThat(life.endNanos()).isEqualTo(HORIZON);
                assertThat(text(met))
                        .as("%s, replication %d", policy, replication)
                        .isEqualTo(text(drawn));
            }
        }
    }

    private static List<Fault> drawn(int replication) {
        FaultTimeline timeline = new FaultTimeline(model(), CLUSTER, new RandomStreams(7, replication));
        List<Fault> faults = new ArrayList<>();
        while (timeline.nextNanos() <= HORIZON) {
            faults.add(timeline.take());
        }
        return faults;
    }

    private static List<String> text(List<Fault> faults) {
        return faults.stream()
                .map(fault -> fault.nanos() + " " + fault.cause().name() + " " + fault.component() + " "
                        + fault.firstNode() + "-" + fault.endNode() + " " + fault.damage() + " " + fault.repairNanos()
                        + " " + fault.lastsNanos() + " " + fault.mark())
                .toList();
    }
}
