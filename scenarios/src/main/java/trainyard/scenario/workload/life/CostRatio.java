package trainyard.scenario.workload.life;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.faults.life.LifeOutcome;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.CostSection;
import trainyard.scenario.workload.metric.Bounds;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.scenario.workload.step.StepMetrics;
import trainyard.sim.units.Dimension;

/**
 * What a life costs over what its kept work would have cost on GPUs that nobody takes away: {@code price / on-demand price /
 * (1 - lost share)}.
 *
 * @param usdPerGpuSecond what the life pays
 * @param onDemandUsdPerGpuSecond what the other GPUs cost
 */
record CostRatio(double usdPerGpuSecond, double onDemandUsdPerGpuSecond) {

    static final Metric RATIO = share(
            "cost-ratio",
            "Cost of the life over that of the steps it keeps on GPUs at `cost.on-demand` that never fail and need no checkpoint:"
                    + " price ratio / (1 - share of the paid time that is lost). It is per step kept, so a life that does not finish"
                    + " has one, too, unless it keeps none.",
            "cost.on-demand");
    static final Metric CLOSED_FORM = share(
            "cost-ratio.closed-form",
            "The same by `ettr.closed-form`: price ratio / effective training time ratio.",
            "cost.on-demand and a value of ettr.closed-form");

    /** The prices of a scenario; empty where it does not state both. */
    static Optional<CostRatio> bind(Values cost) {
        return cost.find(CostSection.ON_DEMAND).map(onDemand -> new CostRatio(cost.get(CostSection.PRICE), onDemand));
    }

    static List<Metric> all() {
        return List.of(RATIO, CLOSED_FORM);
    }

    /**
     * The ratios of a life.
     *
     * @param design what is known without it
     */
    Map<Metric, Double> of(LifeOutcome life, Map<Metric, Double> design) {
        Map<Metric, Double> numbers = new LinkedHashMap<>();
        double prices = usdPerGpuSecond / onDemandUsdPerGpuSecond;
        double kept = life.steps() * design.get(StepMetrics.STEP_TIME) * life.jobGpus();
        double paid = prices * life.seconds() * life.gpus();
        numbers.put(RATIO, kept > 0 ? paid / kept : Double.POSITIVE_INFINITY);
        Optional.ofNullable(design.get(LifeMetrics.ETTR_CLOSED_FORM))
                .filter(useful -> useful > 0)
                .ifPresent(useful -> numbers.put(CLOSED_FORM, prices / useful));
        return numbers;
    }

    private static Metric share(String name, String doc, String needs) {
        return new Metric(name, Dimension.FRACTION, "%", 0.01, Bounds.NOT_NEGATIVE, Better.LOWER, doc).needing(needs);
    }
}
