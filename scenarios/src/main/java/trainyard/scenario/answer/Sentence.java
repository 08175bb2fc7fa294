package trainyard.scenario.answer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.Ties;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;
import trainyard.scenario.workload.step.StepMetrics;

/** Words the headline. */
final class Sentence {

    private Sentence() {}

    static String start(Answer answer) {
        StudyResult result = answer.result();
        Optional<String> undone = result.study()
                .kind()
                .undone(
                        answer.headline(),
                        result.feasible().stream()
                                .flatMap(cell -> cell.outcomes().stream())
                                .toList());
        if (undone.isPresent()) {
            int designs = result.feasible().size();
            return "No run" + (designs == 1 ? "" : " of any of the " + designs + " designs") + " " + undone.get();
        }
        String known = known(answer);
        return answer.replaced()
                .map(asked -> withoutValue(asked, result) + "; " + Wording.lower(known))
                .orElse(known);
    }

    private static String withoutValue(Metric asked, StudyResult result) {
        return Wording.capital(asked.words()) + " is unknown"
                + (result.feasible().size() == 1 ? "" : " of all designs") + ", since runs ended before it";
    }

    private static String known(Answer answer) {
        StudyResult result = answer.result();
        Metric metric = answer.headline();
        String value = metric.words() + " " + metric.format(answer.value()) + interval(answer);
        if (result.study().cells().stream()
                        .filter(cell -> cell.role() == Cell.Role.GRID)
                        .count()
                == 1) {
            return Wording.capital(value) + beside(answer);
        }
        if (answer.named()) {
            String against =
                    answer.difference().map(difference -> ", " + difference).orElse("");
            return Wording.capital(value) + " at " + answer.shown().cell().label() + beside(answer) + against;
        }
        if (isSameEverywhere(result, metric)) {
            return Wording.capital(value) + ", the same at " + designs(result, metric) + beside(answer);
        }
        boolean ordered = metric.better() != Metric.Better.NEITHER;
        String label = answer.shown().cell().label();
        List<String> ties = Ties.with(answer.shown(), result.feasible(), metric).stream()
                .map(tie -> tie.cell().label())
                .toList();
        if (ordered && !ties.isEmpty()) {
            return Wording.capital(value) + " at " + label + ", and " + Ties.NO_DIFFERENCE + " to " + Ties.names(ties)
                    + ", among " + designs(result, metric) + beside(answer);
        }
        return (ordered ? "Best " + value + " at " + label + equals(answer) : Wording.capital(value) + " at " + label)
                + ", among " + designs(result, metric) + beside(answer);
    }

    /** Other designs that come to the very same; empty where there are none. */
    private static String equals(Answer answer) {
        Metric metric = answer.headline();
        List<String> equals = answer.result().feasible().stream()
                .filter(cell -> cell != answer.shown()
                        && cell.estimate(metric).equals(answer.shown().estimate(metric)))
                .map(cell -> cell.cell().label())
                .toList();
        return equals.isEmpty() ? "" : ", the same at " + Ties.names(equals);
    }

    /** Whether all designs that can run come to one value, so that none is the best. */
    private static boolean isSameEverywhere(StudyResult result, Metric metric) {
        return result.feasible().size() > 1
                && result.feasible().stream()
                                .map(cell -> cell.estimate(metric))
                                .distinct()
                                .count()
                        == 1;
    }

    private static String designs(StudyResult result, Metric metric) {
        int all = result.grid().size();
        int run = result.feasible().size();
        long without = result.feasible().stream()
                .filter(cell -> cell.mean(metric).isEmpty())
                .count();
        long planned = result.study().cells().stream()
                .filter(cell -> cell.role() == Cell.Role.GRID)
                .count();
        String which = all < planned
                ? "the " + run + " of " + planned + " designs that were finished" + (run == all ? "" : " and can run")
                : run == all ? "all " + all + " designs" : "the " + run + " of " + all + " designs that can run";
        return which
                + (without == 0 ? "" : ", " + without + " of which " + (without == 1 ? "has" : "have") + " no value");
    }

    /** What the replications leave open of it; empty where they all agree. */
    private static String interval(Answer answer) {
        Metric metric = answer.headline();
        String value = metric.format(answer.value());
        return answer.shown()
                .estimate(metric)
                .filter(estimate -> !estimate.isExact())
                .map(estimate -> String.format(
                        Locale.ROOT,
                        " (95 %% confidence %s to %s, %d replications)",
                        metric.formatBeside(estimate.low() * metric.unitSize(), value),
                        metric.formatBeside(estimate.high() * metric.unitSize(), value),
                        answer.shown().outcomes().size()))
                .orElseGet(() -> withoutInterval(answer));
    }

    /**
     * A quantile of few replications has no interval, and the least, the greatest and a part of an interval never have one; that it
     * is no exact value is said, and so is that there was one run.
     */
    private static String withoutInterval(Answer answer) {
        if (answer.result().study().remarkOnOneRun().isPresent()) {
            return " (one replay, no interval)";
        }
        int replications = answer.shown().outcomes().size();
        if (answer.headline().statistic().isEmpty() || replications == 1) {
            return "";
        }
        boolean tooFew = answer.headline().statistic().get().canHaveInterval();
        return " (" + replications + " replications" + (tooFew ? ", too few for an interval)" : ")");
    }

    /** The figures that a reader asks for next. */
    private static String beside(Answer answer) {
        if (answer.headline().equals(StepMetrics.MFU)) {
            return also(answer, StepMetrics.STEP_TIME);
        }
        return answer.headline().equals(StepMetrics.STEP_TIME) ? also(answer, StepMetrics.MFU) : "";
    }

    private static String also(Answer answer, Metric metric) {
        return answer.shown()
                .mean(metric)
                .map(value -> " (" + metric.words() + " " + metric.format(value) + ")")
                .orElse("");
    }
}
