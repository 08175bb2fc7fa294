package trainyard.scenario.chart;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.section.report.ChartSection.Kind;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.Study;
import trainyard.scenario.workload.WorkloadKind;

/** Refuses, before anything is run, kinds of chart that a study can have nothing to show in. */
final class KindFit {

    private static final String TRAFFIC = "traffic";
    private static final String COLLECTIVE = "collective";
    private static final String OF_STEP = "the time and the memory of one training step";

    /**
     * Why a kind does not fit, and what to use in its place.
     *
     * @param shows what the kind shows
     * @param instead the nearest kinds that fit
     */
    private record Misfit(String shows, String instead) {}

    private KindFit() {}

    /**
     * @throws ScenarioException if the kind shows what no scenario of this workload has, or an axis that it needs is not named
     */
    static void check(ChartRequest request) {
        Kind kind = request.values().get(ChartSection.KIND);
        misfit(kind, request).ifPresent(misfit -> {
            throw new ScenarioException(Problem.at(
                    request.values().position(ChartSection.KIND),
                    Problem.Kind.VALUE,
                    "a chart of kind " + ChoiceType.word(kind) + " shows " + misfit.shows()
                            + ", and this scenario has nothing of it",
                    misfit.instead()));
        });
        needed(kind, request).forEach(request::needed);
        if (kind == Kind.HEATMAP || kind == Kind.WINNER) {
            checkAxesDiffer(request.values());
        }
        if (kind == Kind.WINNER) {
            checkCandidates(request);
        }
        checkLines(kind, request);
        if (kind == Kind.PARETO) {
            ParetoChart.check(request);
        } else if (kind == Kind.RADAR) {
            RadarChart.check(request);
        }
    }

    private static void checkAxesDiffer(Values chart) {
        String x = chart.find(ChartSection.X).orElse("");
        if (chart.find(ChartSection.Z).filter(x::equals).isPresent()) {
            throw new ScenarioException(Problem.at(
                    chart.position(ChartSection.Z),
                    Problem.Kind.VALUE,
                    "both axes of the map are " + x,
                    "name another swept path or variant, or use kind: line"));
        }
    }

    /** Where the two axes take all that is varied, each place has one design, which wins against none. */
    private static void checkCandidates(ChartRequest request) {
        Values chart = request.values();
        Study study = request.result().study();
        Set<String> left = new LinkedHashSet<>(study.axes().keySet());
        if (!study.variants().isEmpty()) {
            left.add(Cell.VARIANT);
        }
        chart.find(ChartSection.X).ifPresent(left::remove);
        chart.find(ChartSection.Z).ifPresent(left::remove);
        boolean chooses = study.kind().section().key().equals(COLLECTIVE);
        if (left.isEmpty() && chart.find(ChartSection.BY).isEmpty() && !chooses) {
            throw new ScenarioException(Problem.at(
                    chart.position(ChartSection.KIND),
                    Problem.Kind.VALUE,
                    "a chart of kind winner compares designs at each place of its map, and x and z leave only one there",
                    "use kind: heatmap, or sweep two numbers and name the designs with by: variant"));
        }
    }

    /** What is drawn into a chart beside its values has to be of a kind that its axes measure. */
    private static void checkLines(Kind kind, ChartRequest request) {
        request.target();
        if (kind == Kind.LINE || kind == Kind.HEATMAP || kind == Kind.WINNER) {
            ChartAxis x = request.needed(ChartSection.X);
            PublishedPoints.of(request, x);
            request.values()
                    .find(ChartSection.MARKS)
                    .ifPresent(marks -> marks.forEach(mark -> x.metricOn(mark, request, ChartSection.MARKS)));
            request.values()
                    .find(ChartSection.TRACK)
                    .ifPresent(track -> x.metricOn(track, request, ChartSection.TRACK));
        }
    }

    private static Optional<Misfit> misfit(Kind kind, ChartRequest request) {
        Study study = request.result().study();
        WorkloadKind workload = study.kind();
        boolean states = !workload.states().isEmpty();
        String section = workload.section().key();
        return switch (kind) {
            case TORNADO ->
                unless(
                        study.scenario().values().find(ScenarioSection.VARY).isPresent(),
                        "which of the ranges under vary matters most",
                        "write ranges under vary, or use kind: bar or table");
            case UTILIZATION ->
                unless(
                        workload.showsStep(),
                        "how a step uses its GPUs",
                        states ? "use kind: states or over-time" : "use kind: bar or over-time");
            case MEMORY -> unless(workload.showsStep(), OF_STEP, "use kind: bar, table or over-time");
            case BREAKDOWN ->
                unless(
                        workload.showsStep() || states,
                        "what a step or a job loses",
                        "use kind: bar with columns and stacked: true, or table");
            case STATES -> unless(states, "what the GPUs do all the time", "use kind: bar or over-time");
            case WATERFALL ->
                unless(
                        SumChart.isMeant(request) || workload.showsStep() || states,
                        "where the time goes",
                        "name columns or x, or use kind: bar or table");
            case TOPOLOGY ->
                unless(
                        section.equals(TRAFFIC),
                        "the load of the links of a fabric, which traffic has",
                        "use kind: bar or table");
            case CAUSES ->
                unless(
                        section.equals(ScenarioSection.LIFE.key()),
                        "what incidents cost, which life has",
                        states ? "use kind: breakdown or gantt" : "use kind: bar or table");
            case HISTOGRAM ->
                unless(
                        study.samples().contains(request.metric()),
                        "how often a quantity has each whole value within one run",
                        "use kind: cdf or box"
                                + study.samples().stream()
                                        .findFirst()
                                        .map(sample -> ", or y: " + sample.name())
                                        .orElse(""));
            default -> Optional.empty();
        };
    }

    private static Optional<Misfit> unless(boolean fits, String shows, String instead) {
        return fits ? Optional.empty() : Optional.of(new Misfit(shows, instead));
    }

    /** Axes that a kind cannot do without. */
    private static List<Field<String>> needed(Kind kind, ChartRequest request) {
        return switch (kind) {
            case LINE, STATES -> List.of(ChartSection.X);
            case HEATMAP, WINNER -> List.of(ChartSection.X, ChartSection.Z);
            case BAR -> GroupBarChart.isMeant(request) ? List.of() : List.of(ChartSection.X);
            default -> List.of();
        };
    }
}
