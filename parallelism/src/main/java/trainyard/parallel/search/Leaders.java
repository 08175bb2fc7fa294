package trainyard.parallel.search;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The best plans by one objective, and the front of all. */
final class Leaders {

    private final Objective objective;
    private final int top;
    private final TreeSet<PricedPlan> best;
    private final ParetoFront front = new ParetoFront();

    Leaders(Objective objective, int top) {
        this.objective = objective;
        this.top = top;
        this.best = new TreeSet<>(order(objective));
    }

    /** Best first: by the objective, then time, memory, GPUs and place in the space. */
    static Comparator<PricedPlan> order(Objective objective) {
        return Comparator.comparingDouble((PricedPlan plan) -> value(objective, plan))
                .thenComparingDouble(PricedPlan::seconds)
                .thenComparingDouble(PricedPlan::memoryBytes)
                .thenComparingInt(PricedPlan::gpus)
                .thenComparingInt(plan -> plan.candidate().index());
    }

    private static double value(Objective objective, PricedPlan plan) {
        return objective.of(plan.seconds(), plan.memoryBytes(), plan.gpus());
    }

    void offer(PricedPlan plan) {
        front.offer(plan);
        best.add(plan);
        if (best.size() > top) {
            best.pollLast();
        }
    }

    /** Whether a plan that is at best this can neither come among the best nor into the front. */
    boolean beat(PricedPlan atBest) {
        boolean beaten = best.size() == top && order(objective).compare(best.last(), atBest) < 0;
        return beaten && front.dominates(atBest);
    }

    List<PricedPlan> best() {
        return List.copyOf(best);
    }

    List<PricedPlan> front() {
        return front.plans();
    }
}
