package trainyard.scenario.workload.sites;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.parallel.step.cost.Span;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.sites.SiteOutagesSection;
import trainyard.scenario.section.sites.SiteOutagesSection.Reaction;
import trainyard.scenario.section.sites.SitesSection;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.Workload;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.step.StepMetrics;
import trainyard.training.lowcomm.ExchangePlan;
import trainyard.training.lowcomm.ExchangeSchedule;
import trainyard.training.lowcomm.LayeredModel;
import trainyard.training.lowcomm.ScheduleOutcome;
import trainyard.training.lowcomm.SiteLink;
import trainyard.training.lowcomm.SiteOutages;

/**
 * Replicas of a model on sites.
 *
 * @param section {@code sites}
 * @param model what is trained
 * @param plan what is exchanged where all sites are there
 * @param link of each site
 */
record SitesWorkload(Values section, LayeredModel model, ExchangePlan plan, SiteLink link) implements Workload {

    private static final int BITS_PER_BYTE = 8;

    static SitesWorkload bind(Values section) {
        return new SitesWorkload(
                section,
                SitesSection.model(section),
                SitesSection.plan(section, Math.toIntExact(section.get(SitesSection.SITES))),
                SitesSection.link(section));
    }

    @Override
    public Outcome run() {
        ScheduleOutcome seen = ExchangeSchedule.of(model, plan, link);
        int sites = plan.replicas();
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        metrics.put(StepMetrics.STEP_TIME, seen.stepSeconds());
        metrics.put(SitesMetrics.UTILIZATION, Math.min(1, seen.utilization()));
        metrics.put(SitesMetrics.WAITING, seen.waitingSeconds());
        metrics.put(SitesMetrics.LINK, seen.linkUtilization());
        metrics.put(SitesMetrics.TRAFFIC, plan.bits(model.parameters()) / BITS_PER_BYTE / plan.period());
        metrics.put(SitesMetrics.SPEED_UP, sites * seen.utilization());
        SitesSection.outages(section).ifPresent(outages -> add(metrics, outages));
        return new Outcome(metrics, Map.of(), Optional.empty(), Optional.empty());
    }

    private void add(Map<Metric, Double> metrics, Values section) {
        SiteOutages outages = SiteOutagesSection.bind(section, model.parameters(), link.bitsPerSecond());
        int sites = plan.replicas();
        metrics.put(SitesMetrics.AVAILABILITY, outages.availability());
        metrics.put(
                SitesMetrics.GOODPUT,
                SiteOutagesSection.others(section) == Reaction.GO_ON
                        ? outages.goodputOfOthersGoingOn(sites, plan.period(), this::stepSeconds)
                        : outages.goodputOfAllWaiting(sites, plan.period(), this::stepSeconds));
    }

    private double stepSeconds(int sites) {
        return ExchangeSchedule.of(model, SitesSection.plan(section, sites), link)
                .stepSeconds();
    }

    @Override
    public List<Span> timeline() {
        return List.of();
    }
}
