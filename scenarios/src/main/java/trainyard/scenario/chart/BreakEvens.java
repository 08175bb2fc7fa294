package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.section.report.ReportSection;
import trainyard.scenario.study.BreakEven;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.Ties;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;

/** Where pairs of variants break even along the one number that is swept, in words. */
public final class BreakEvens {

    private static final int MOST_PAIRS_OF_ALL = 3;

    /** Pairs that are told one by one where there are more: a page of pairs of which none breaks even is not read. */
    private static final int MOST_TOLD = 5;

    /** What may come of a pair, the most telling first. */
    private enum Kind {
        PLACE("break even"),
        OPEN("may break even beyond the sweep"),
        THROUGHOUT("have no break-even"),
        ALIKE("are not told apart by the replications");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        static Kind of(BreakEven found) {
            if (!found.differs()) {
                return ALIKE;
            }
            return found.throughout().isPresent() ? THROUGHOUT : found.place().isPresent() ? PLACE : OPEN;
        }
    }

    private BreakEvens() {}

    /** One sentence per pair: every pair of three variants or fewer, else each with the first; none without such a sweep. */
    public static List<String> sentences(StudyResult result, Metric metric) {
        return found(result, metric).stream()
                .map(found -> sentence(found, x(result)))
                .toList();
    }

    /** Those of them that tell most: where pairs break even before where they do not; five at most. */
    public static List<String> told(StudyResult result, Metric metric) {
        List<BreakEven> found = found(result, metric);
        return found.stream()
                .sorted(Comparator.comparing(pair -> found.size() > MOST_TOLD ? Kind.of(pair) : Kind.PLACE))
                .limit(MOST_TOLD)
                .map(pair -> sentence(pair, x(result)))
                .toList();
    }

    /** How many pairs are not told and what becomes of them, without a final stop; empty where all are told. */
    public static Optional<String> rest(StudyResult result, Metric metric) {
        List<BreakEven> found = found(result, metric);
        if (found.size() <= MOST_TOLD) {
            return Optional.empty();
        }
        Map<Kind, Long> rest = found.stream()
                .map(Kind::of)
                .sorted()
                .skip(MOST_TOLD)
                .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()));
        String kinds = rest.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().words)
                .collect(Collectors.joining(", "));
        return Optional.of(found.size() - MOST_TOLD + " more pairs: " + kinds + "; run --json lists each");
    }

    private static ChartAxis x(StudyResult result) {
        return new ChartAxis(result.study().axes().keySet().iterator().next(), result.study());
    }

    private static List<BreakEven> found(StudyResult result, Metric metric) {
        List<String> variants = result.study().variants();
        List<String> axes = List.copyOf(result.study().axes().keySet());
        if (variants.size() < 2 || axes.size() != 1 || metric.better() == Metric.Better.NEITHER) {
            return List.of();
        }
        ChartAxis x = x(result);
        if (!x.isNumeric()) {
            return List.of();
        }
        boolean logarithmic = !isMarkedOnALinearAxis(result, x.path());
        List<BreakEven> all = new ArrayList<>();
        for (int i = 0; i < variants.size(); i++) {
            for (int j = i + 1; j < variants.size(); j++) {
                if (i == 0 || variants.size() <= MOST_PAIRS_OF_ALL) {
                    BreakEven.of(
                                    result.feasible(),
                                    metric,
                                    variants.get(i),
                                    variants.get(j),
                                    cell -> x.place(cell.coordinate(x.path())).orElse(Double.NaN),
                                    logarithmic)
                            .ifPresent(all::add);
                }
            }
        }
        return all;
    }

    /** Whether the report marks the same crossing in a line chart whose axis is linear: both then say the same place. */
    private static boolean isMarkedOnALinearAxis(StudyResult result, String path) {
        Values report = result.study().scenario().values().get(ScenarioSection.REPORT);
        return report.find(ReportSection.CHARTS).orElse(List.of()).stream()
                .filter(chart ->
                        chart.get(ChartSection.KIND) == ChartSection.Kind.LINE && chart.get(ChartSection.CROSSINGS))
                .filter(chart -> chart.find(ChartSection.X).filter(path::equals).isPresent())
                .anyMatch(chart -> chart.get(ChartSection.X_SCALE) == ChartSection.Scale.LINEAR);
    }

    private static String sentence(BreakEven found, ChartAxis x) {
        String pair = found.first() + " and " + found.second() + ": ";
        String name = Wording.lower(x.label());
        if (!found.differs()) {
            return pair + Ties.NO_DIFFERENCE + range(found, x);
        }
        if (found.throughout().isPresent()) {
            return pair + "none, " + found.throughout().get() + " is better" + (isWhole(found, x) ? " throughout" : "")
                    + range(found, x);
        }
        if (found.place().isEmpty()) {
            return pair + "UNKNOWN, the values of " + name + " do not bracket a break-even"
                    + found.atLow()
                            .map(better -> "; " + better + " is better at " + first(x))
                            .orElse("")
                    + (isWhole(found, x) ? "" : range(found, x));
        }
        String interval = found.low().isEmpty() && found.high().isEmpty()
                ? ""
                : " (95 % confidence " + end(found.low(), x, "below " + first(x)) + " to "
                        + end(found.high(), x, "above " + last(x)) + ")";
        return pair + "break-even at " + name + " " + x.format(found.place().getAsDouble())
                + (isExact(found) ? "" : interval)
                + found.atLow().map(better -> ", below it " + better).orElse("")
                + (isWhole(found, x) ? "" : range(found, x));
    }

    /** What the sentence is about: the sweep, or those of its values at which both have one, as a run may diverge or be too long. */
    private static String range(BreakEven found, ChartAxis x) {
        String name = Wording.lower(x.label());
        return isWhole(found, x)
                ? ", from " + name + " " + first(x) + " to " + last(x)
                : ", at the " + found.points() + " of " + x.values().size() + " values of " + name
                        + " where both are known";
    }

    private static boolean isWhole(BreakEven found, ChartAxis x) {
        return found.points() == x.values().size();
    }

    private static boolean isExact(BreakEven found) {
        return found.low().equals(found.place()) && found.high().equals(found.place());
    }

    private static String end(OptionalDouble end, ChartAxis x, String beyond) {
        return end.isPresent() ? x.format(end.getAsDouble()) : beyond;
    }

    private static String first(ChartAxis x) {
        return x.values().get(0);
    }

    private static String last(ChartAxis x) {
        return x.values().get(x.values().size() - 1);
    }
}
