package trainyard.scenario.workload.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import trainyard.faults.life.account.GpuState;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.step.StepMetrics;

/** What the numbers of lives leave easily unseen, in sentences without a final stop: jobs that hang or were given up. */
public final class LifeRemarks {

    private LifeRemarks() {}

    /** Share of all GPU time from which on waiting for nodes says that there are too few of them. */
    private static final double LONG_WAITS = 0.2;

    /** Lives whose job mostly waits for nodes, which says more of the spares than of faults and snapshots. */
    private static Optional<String> waiting(List<Outcome> lives) {
        OptionalDouble waits = lives.stream()
                .flatMap(life -> life.value(LifeMetrics.share(GpuState.WAIT_FOR_NODES)).stream())
                .mapToDouble(Double::doubleValue)
                .average();
        return waits.isPresent() && waits.getAsDouble() > LONG_WAITS
                ? Optional.of("more than a fifth of the GPU time goes into waiting for nodes; more life.spares, shorter"
                        + " repairs or a recovery that goes on with fewer nodes, such as elastic, leave more of it")
                : Optional.empty();
    }

    /** Lives that have nothing to show: what counts as useful work is a step that was under way. */
    private static Optional<String> barren(List<Outcome> lives) {
        List<Outcome> none = lives.stream()
                .filter(life -> life.value(LifeMetrics.STEPS)
                        .filter(steps -> steps == 0)
                        .isPresent())
                .toList();
        return none.stream()
                .findFirst()
                .flatMap(life -> life.value(StepMetrics.STEP_TIME))
                .map(step -> String.format(
                        Locale.ROOT,
                        "%d of %d lives keep no step, which takes %s; what counts as useful in them is a part of a step or"
                                + " work after the last snapshot",
                        none.size(),
                        lives.size(),
                        StepMetrics.STEP_TIME.format(step)));
    }

    /** Lives that a horizon or a rule of restart ends before their steps are done. */
    private static Optional<String> unfinished(List<Outcome> lives) {
        long open = lives.stream()
                .filter(life -> life.value(LifeMetrics.TIME_TO_TRAIN)
                        .filter(time -> time.isInfinite())
                        .isPresent())
                .count();
        if (open == 0) {
            return Optional.empty();
        }
        OptionalDouble spent = lives.stream()
                .flatMap(life -> life.value(LifeMetrics.COST_RESTRICTED).stream())
                .mapToDouble(Double::doubleValue)
                .average();
        String totals = spent.isPresent()
                ? "neither the mean time to train nor the mean cost is known, and the cost is at least "
                        + LifeMetrics.COST.format(spent.getAsDouble())
                : "the mean time to train is unknown";
        return Optional.of(open + " of " + lives.size() + " lives do not finish their steps: " + totals);
    }

    /**
     * The remarks on one cell.
     *
     * @param lives its outcomes; none of them needs to be a life
     */
    public static List<String> of(List<Outcome> lives) {
        List<String> remarks = new ArrayList<>();
        long hanging = lives.stream()
                .filter(life -> life.value(LifeMetrics.HANGS_AT_END).orElse(0.0) > 0)
                .count();
        if (hanging > 0) {
            double unnoticed = lives.stream()
                    .mapToDouble(life -> life.value(LifeMetrics.UNNOTICED).orElse(0.0))
                    .average()
                    .orElse(0);
            remarks.add(String.format(
                    Locale.ROOT,
                    "%d of %d lives hang at the end: nothing notices the fault, so the job stands still; %s a life are lost so",
                    hanging,
                    lives.size(),
                    LifeMetrics.UNNOTICED.format(unnoticed)));
        }
        unfinished(lives).ifPresent(remarks::add);
        barren(lives).ifPresent(remarks::add);
        waiting(lives).ifPresent(remarks::add);
        for (String label : List.of(
                LifeWorkload.UNSAVED,
                LifeWorkload.OUTLASTED,
                LifeWorkload.UNCOPIED,
                LifeWorkload.GIVEN_BACK,
                LifeWorkload.LEFT_OUT)) {
            lives.stream()
                    .findFirst()
                    .flatMap(life -> Optional.ofNullable(life.labels().get(label)))
                    .ifPresent(remarks::add);
        }
        Map<String, Long> stops = lives.stream()
                .flatMap(life -> life.labels().entrySet().stream())
                .filter(label -> label.getKey().equals(LifeWorkload.STOP))
                .collect(Collectors.groupingBy(Map.Entry::getValue, TreeMap::new, Collectors.counting()));
        stops.forEach((why, count) -> remarks.add(count + " of " + lives.size() + " lives end early: the job " + why));
        return remarks;
    }
}
