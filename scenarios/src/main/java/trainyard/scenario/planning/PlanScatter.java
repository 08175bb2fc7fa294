package trainyard.scenario.planning;

import java.util.ArrayList;
import java.util.List;
import trainyard.parallel.search.PricedPlan;
import trainyard.parallel.search.SearchResult;
import trainyard.report.figure.Axis;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.ScatterFigure;
import trainyard.report.figure.ScatterFigure.Goal;
import trainyard.report.figure.ScatterFigure.Group;
import trainyard.report.figure.ScatterFigure.Mark;
import trainyard.scenario.workload.metric.DurationUnit;

/** Step time against memory of the priced plans, those in the front with their degrees. */
final class PlanScatter {

    private static final double GIBIBYTE = 1L << 30;

    /** More points than this hide each other and make the page heavy. */
    private static final int MAX_POINTS = 1500;

    /** More labels than this run into each other. */
    private static final int MAX_LABELS = 8;

    private PlanScatter() {}

    static ScatterFigure of(SearchResult result) {
        FigureText text = new FigureText(
                "Step time against memory",
                "No plan is faster than one on the line without needing more memory."
                        + thinned(result.priced().size()),
                "Scatter of plans by memory per GPU and step time with the front of the best.",
                "simulated");
        DurationUnit unit = DurationUnit.upTo(
                result.priced().stream().mapToDouble(PricedPlan::seconds).max().orElse(0));
        Group others = new Group("priced plans", others(result, unit));
        Group front = new Group("front of time, memory and cost", front(result.front(), unit));
        return new ScatterFigure(
                text,
                Axis.linear("Memory per GPU", "GiB"),
                Axis.log10("Step time", unit.symbol()),
                List.of(others, front),
                new ScatterFigure.ParetoFront(Goal.MINIMISE, Goal.MINIMISE));
    }

    private static String thinned(int plans) {
        return plans > MAX_POINTS
                ? " Of " + plans + " plans every " + every(plans) + "th is drawn, the front whole."
                : "";
    }

    private static int every(int plans) {
        return (plans + MAX_POINTS - 1) / MAX_POINTS;
    }

    private static List<Mark> others(SearchResult result, DurationUnit unit) {
        List<PricedPlan> plans = result.priced();
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < plans.size(); i += every(plans.size())) {
            marks.add(mark(plans.get(i), "", unit));
        }
        return marks;
    }

    private static List<Mark> front(List<PricedPlan> plans, DurationUnit unit) {
        List<Mark> marks = new ArrayList<>();
        int every = Math.max(1, (plans.size() + MAX_LABELS - 1) / MAX_LABELS);
        for (int i = 0; i < plans.size(); i++) {
            marks.add(mark(plans.get(i), i % every == 0 ? PlanTable.label(plans.get(i)) : "", unit));
        }
        return marks;
    }

    private static Mark mark(PricedPlan plan, String label, DurationUnit unit) {
        return new Mark(plan.memoryBytes() / GIBIBYTE, unit.of(plan.seconds()), label);
    }
}
