package trainyard.scenario.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.report.ChartSection;

/**
 * Which cells a chart compares that shows one for each value of an axis. What is recorded while a study runs and what is drawn
 * afterwards are chosen here, so that they are the same cells.
 */
public final class ComparedCells {

    private ComparedCells() {}

    /** The axis: {@code by}, or the variants where there are some; empty where the chart shows one cell. */
    public static Optional<String> axis(Values chart, Study study) {
        return chart.find(ChartSection.BY)
                .or(() -> study.variants().isEmpty() ? Optional.empty() : Optional.of(Cell.VARIANT));
    }

    /**
     * The first of some cells at each value of an axis, under the value, in their order.
     *
     * @param cells in the order of the study
     * @param value where a cell is on the axis
     */
    public static <T> Map<String, T> firsts(List<T> cells, Function<T, String> value) {
        Map<String, T> firsts = new LinkedHashMap<>();
        cells.forEach(cell -> firsts.putIfAbsent(value.apply(cell), cell));
        return firsts;
    }
}
