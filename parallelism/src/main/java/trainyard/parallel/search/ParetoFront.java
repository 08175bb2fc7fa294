package trainyard.parallel.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The plans that no other beats in step time, memory per GPU and GPU-seconds at once. Of equal plans the first stays. */
final class ParetoFront {

    private final List<PricedPlan> plans = new ArrayList<>();

    /** Takes a plan up unless one in the front dominates or equals it; drops those that it dominates. */
    void offer(PricedPlan plan) {
        for (PricedPlan held : plans) {
            if (held.dominates(plan) || held.samePoint(plan)) {
                return;
            }
        }
        plans.removeIf(plan::dominates);
        plans.add(plan);
    }

    boolean dominates(PricedPlan plan) {
        for (PricedPlan held : plans) {
            if (held.dominates(plan)) {
                return true;
            }
        }
        return false;
    }

    /** Fastest first. */
    List<PricedPlan> plans() {
        return plans.stream()
                .sorted(Comparator.comparingDouble(PricedPlan::seconds)
                        .thenComparingDouble(PricedPlan::memoryBytes)
                        .thenComparingInt(plan -> plan.candidate().index()))
                .toList();
    }
}
