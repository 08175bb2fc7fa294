package trainyard.scenario.answer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.Ties;
import trainyard.scenario.workload.metric.Metric;

/**
 * Whether measures of one thing, such as seconds, passes over the data and dollars to a loss, name one design as the best. Where
 * they do not, a reader who sees one of them alone is misled.
 */
final class Views {

    private Views() {}

    /**
     * Says which designs the measures name, without a final stop; empty where a design is the best by all of them, or a tie with the
     * best.
     */
    static Optional<String> disagreement(StudyResult result) {
        Map<Metric, CellResult> best = new LinkedHashMap<>();
        for (Metric view : result.study().kind().views()) {
            result.best(view).ifPresent(cell -> best.put(view, cell));
        }
        boolean agree = result.feasible().stream()
                .anyMatch(cell -> best.entrySet().stream()
                        .allMatch(entry ->
                                cell == entry.getValue() || ties(entry, result).contains(cell)));
        if (agree) {
            return Optional.empty();
        }
        Map<CellResult, List<Metric>> named = best.entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue,
                        LinkedHashMap::new,
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        return Optional.of(named.entrySet().stream()
                .map(entry -> entry.getKey().cell().label() + " is best by " + values(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("; ")));
    }

    private static List<CellResult> ties(Map.Entry<Metric, CellResult> entry, StudyResult result) {
        return Ties.with(entry.getValue(), result.feasible(), entry.getKey());
    }

    private static String values(CellResult cell, List<Metric> views) {
        return views.stream()
                .map(view -> view.words() + " (" + view.format(cell.mean(view).orElseThrow()) + ")")
                .collect(Collectors.joining(" and "));
    }
}
