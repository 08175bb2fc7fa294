package trainyard.scenario.section.scheduler;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import trainyard.scenario.format.Values;
import trainyard.scheduler.catalog.PolicyKind;
import trainyard.scheduler.catalog.PolicyOptions;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.goodput.TrainingProfiles;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.policy.fairness.FairRules;
import trainyard.scheduler.policy.fairness.OfferRules;
import trainyard.scheduler.policy.goodput.GoodputRules;
import trainyard.scheduler.policy.share.ShareRules;
import trainyard.scheduler.policy.sia.SiaRules;
import trainyard.scheduler.quota.QuotaRules;
import trainyard.scheduler.speed.PairSpeeds;
import trainyard.scheduler.speed.PoolSpeeds;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.RandomStreams;

/** Makes of the section {@code scheduler} the policy that it asks for. */
public final class PolicyBinding {

    private PolicyBinding() {}

    /**
     * Makes the policy that is asked for, a new one for each run, from the randomness of its replication.
     *
     * @param layout the cluster on which it decides
     * @param speeds of jobs in its pools
     * @param training how jobs train
     * @param pairs how fast two jobs are on the same GPUs; {@link PairSpeeds#NONE} where none are
     */
    public static Function<RandomStreams, SchedulingPolicy> policy(
            Values values, ClusterLayout layout, PoolSpeeds speeds, TrainingProfiles training, PairSpeeds pairs) {
        SchedulerSection.check(values);
        PolicyKind kind = values.get(SchedulerSection.POLICY);
        FairRules fair = fair(values, layout);
        PolicyOptions options = options(values)
                .with(fair)
                .with(shares(values, layout, speeds, fair.weights()).withPairs(pairs));
        GoodputRules goodput = GoodputFields.bind(values).with(training);
        SiaRules sia = GoodputFields.sia(values, layout, speeds).with(training);
        return streams -> kind.make(options.with(goodput.with(streams)).with(sia));
    }

    private static FairRules fair(Values values, ClusterLayout layout) {
        Map<String, Double> weights = new LinkedHashMap<>();
        SchedulerSection.teams(values)
                .forEach((team, settings) -> weights.put(team, settings.value().get(TeamSection.WEIGHT)));
        return new FairRules(
                weights,
                values.get(SchedulerSection.HALF_LIFE),
                values.get(SchedulerSection.LEASE),
                layout.pools().stream()
                        .mapToDouble(pool -> pool.nodes() * pool.cpusPerNode())
                        .sum(),
                layout.pools().stream()
                        .mapToDouble(pool -> pool.nodes() * pool.memoryBytesPerNode())
                        .sum());
    }

    private static ShareRules shares(
            Values values, ClusterLayout layout, PoolSpeeds speeds, Map<String, Double> weights) {
        return new ShareRules(
                values.get(SchedulerSection.SHARES),
                SimTime.nanos(values.get(SchedulerSection.ROUND)),
                layout.pools().stream().map(NodePool::gpuType).toList(),
                layout.pools().stream()
                        .map(pool -> pool.nodes() * pool.gpusPerNode())
                        .toList(),
                speeds,
                weights);
    }

    private static PolicyOptions options(Values values) {
        return PolicyOptions.DEFAULTS
                .with(BackfillSection.bind(values.get(SchedulerSection.BACKFILL)))
                .withDepth(Math.toIntExact(values.get(SchedulerSection.DEPTH)))
                .with(ServiceFields.bind(values))
                .with(PodFields.bind(values))
                .with(new OfferRules(
                        SimTime.nanos(values.get(SchedulerSection.OFFER_INTERVAL)),
                        SimTime.nanos(values.get(SchedulerSection.OFFER_REFUSE))))
                .with(new QuotaRules(
                        SchedulerSection.quotas(values),
                        values.get(SchedulerSection.FAIR_SHARING),
                        values.get(SchedulerSection.STRICT)))
                .with(SchedulerSection.groups(values))
                .withRestNanos(SimTime.nanos(values.get(SchedulerSection.REST)));
    }
}
