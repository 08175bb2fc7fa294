package trainyard.scheduler.catalog;

import java.util.Objects;
import trainyard.scheduler.interleave.GroupRules;
import trainyard.scheduler.policy.PodRules;
import trainyard.scheduler.policy.backfill.BackfillBounds;
import trainyard.scheduler.policy.fairness.FairRules;
import trainyard.scheduler.policy.fairness.OfferRules;
import trainyard.scheduler.policy.goodput.GoodputRules;
import trainyard.scheduler.policy.share.ShareRules;
import trainyard.scheduler.policy.sia.SiaRules;
import trainyard.scheduler.quota.QuotaRules;
import trainyard.sim.engine.SimTime;

/**
 * What the policies of the catalogue are made with. Each takes what concerns it; {@link #DEFAULTS} serve for the rest.
 *
 * @param backfill bounds of the plans of {@code slurm-backfill}
 * @param depth jobs that {@code easy} looks at behind the head, and jobs that hold a reservation in {@code conservative}; at
 *     least 1
 * @param service queues and quanta of policies by attained service
 * @param fair weights and times of fair policies
 * @param pods how {@code pod-by-pod} treats the pods of a job
 * @param quotas of queues in {@code kueue}
 * @param offers times of {@code offers}
 * @param shares of {@code shares}: what they are chosen for, rounds and types of GPU
 * @param goodput of {@code goodput}: rounds, search and how jobs train
 * @param sia of {@code sia}: rounds, fairness and how jobs train
 * @param groups of {@code muri-s} and {@code muri-l}: how often they are made and what sharing costs
 * @param restNanos for which {@code elastic-fifo} does not grow a job after a start or a change, 0 or more
 */
public record PolicyOptions(
        BackfillBounds backfill,
        int depth,
        ServiceRules service,
        FairRules fair,
        PodRules pods,
        QuotaRules quotas,
        OfferRules offers,
        ShareRules shares,
        GoodputRules goodput,
        SiaRules sia,
        GroupRules groups,
        long restNanos) {

    /** What each policy is made with where nothing is said; a depth of 100 and a rest of ten minutes are assumed. */
    public static final PolicyOptions DEFAULTS = new PolicyOptions(
            BackfillBounds.SLURM,
            100,
            ServiceRules.TIRESIAS,
            FairRules.EQUAL,
            PodRules.KUBERNETES,
            QuotaRules.NONE,
            OfferRules.MESOS,
            ShareRules.GAVEL,
            GoodputRules.POLLUX,
            SiaRules.SIA,
            GroupRules.EXACT,
            600 * SimTime.NANOS_PER_SECOND);

    public PolicyOptions {
        Objects.requireNonNull(backfill, "backfill");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(fair, "fair");
        Objects.requireNonNull(pods, "pods");
        Objects.requireNonNull(quotas, "quotas");
        Objects.requireNonNull(offers, "offers");
        Objects.requireNonNull(shares, "shares");
        Objects.requireNonNull(goodput, "goodput");
        Objects.requireNonNull(sia, "sia");
        Objects.requireNonNull(groups, "groups");
        if (depth < 1 || restNanos < 0) {
            throw new IllegalArgumentException(
                    "a depth is at least 1 and a rest at least 0, got " + depth + " and " + restNanos + " ns");
        }
    }

    public PolicyOptions with(BackfillBounds other) {
        return new PolicyOptions(
                other, depth, service, fair, pods, quotas, offers, shares, goodput, sia, groups, restNanos);
    }

    public PolicyOptions withDepth(int other) {
        return new PolicyOptions(
                backfill, other, service, fair, pods, quotas, offers, shares, goodput, sia, groups, restNanos);
    }

    public PolicyOptions with(ServiceRules other) {
        return new PolicyOptions(
                backfill, depth, other, fair, pods, quotas, offers, shares, goodput, sia, groups, restNanos);
    }

    public PolicyOptions with(FairRules other) {
        return new PolicyOptions(
                backfill, depth, service, other, pods, quotas, offers, shares, goodput, sia, groups, restNanos);
    }

    public PolicyOptions with(PodRules other) {
        return new PolicyOptions(
                backfill, depth, service, fair, other, quotas, offers, shares, goodput, sia, groups, restNanos);
    }

    public PolicyOptions with(QuotaRules other) {
        return new PolicyOptions(
                backfill, depth, service, fair, pods, other, offers, shares, goodput, sia, groups, restNanos);
    }

    public PolicyOptions withRestNanos(long other) {
        return new PolicyOptions(
                backfill, depth, service, fair, pods, quotas, offers, shares, goodput, sia, groups, other);
    }

    public PolicyOptions with(ShareRules other) {
        return new PolicyOptions(
                backfill, depth, service, fair, pods, quotas, offers, other, goodput, sia, groups, restNanos);
    }

    public PolicyOptions with(OfferRules other) {
        return new PolicyOptions(
                backfill, depth, service, fair, pods, quotas, other, shares, goodput, sia, groups, restNanos);
    }

    public PolicyOptions with(GoodputRules other) {
        return new PolicyOptions(
                backfill, depth, service, fair, pods, quotas, offers, shares, other, sia, groups, restNanos);
    }

    public PolicyOptions with(GroupRules other) {
        return new PolicyOptions(
                backfill, depth, service, fair, pods, quotas, offers, shares, goodput, sia, other, restNanos);
    }

    public PolicyOptions with(SiaRules other) {
        return new PolicyOptions(
                backfill, depth, service, fair, pods, quotas, offers, shares, goodput, other, groups, restNanos);
    }
}
