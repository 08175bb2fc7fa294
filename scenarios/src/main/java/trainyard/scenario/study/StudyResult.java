package trainyard.scenario.study;

import java.util.List;
import java.util.Optional;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.metric.Metric;

/**
 * All cells of a study with their outcomes, in the order of the cells.
 *
 * @param study the study
 * @param cells one per cell of the study
 */
public record StudyResult(Study study, List<CellResult> cells) {

    public StudyResult {
        cells = List.copyOf(cells);
    }

    /** Replications that were to run. */
    public int planned() {
        return cells.size() * study.replications();
    }

    /** Replications that finished. */
    public int finished() {
        return cells.stream().mapToInt(cell -> cell.outcomes().size()).sum();
    }

    /** Whether the run was interrupted. */
    public boolean isPartial() {
        return finished() < planned();
    }

    /** The finished cells of variants and sweeps. */
    public List<CellResult> grid() {
        return cells.stream()
                .filter(result -> result.cell().role() == Cell.Role.GRID && result.isFinished())
                .toList();
    }

    /** The finished cells of the grid that can run. */
    public List<CellResult> feasible() {
        return grid().stream().filter(CellResult::isFeasible).toList();
    }

    /** The scenario as written, which ranges are laid around; empty where it has no ranges or was not finished. */
    public Optional<CellResult> base() {
        return cells.stream()
                .filter(result -> result.isFinished())
                .filter(result -> result.cell().role() == Cell.Role.BASE
                        || result.cell().role() == Cell.Role.GRID
                                && result.cell().assignments().isEmpty())
                .findFirst();
    }

    /** The ends of ranges that were finished, the low one of each followed by its high one. */
    public List<CellResult> ranges() {
        return cells.stream()
                .filter(result ->
                        result.cell().role() == Cell.Role.LOW || result.cell().role() == Cell.Role.HIGH)
                .filter(CellResult::isFinished)
                .toList();
    }

    /** A metric in the unit in which a table or a chart of these cells shows it. */
    public Metric shown(Metric metric) {
        return ShownUnits.of(metric, cells);
    }

    /** Metrics that share an axis, at least one: all in the unit that suits the largest value of all. */
    public List<Metric> shownTogether(List<Metric> metrics) {
        return ShownUnits.together(metrics, cells);
    }

    /** The finished cell of another variant at the same place of the sweep. */
    Optional<CellResult> counterpart(CellResult cell, String variant) {
        return counterpart(grid(), cell, variant);
    }

    static Optional<CellResult> counterpart(List<CellResult> cells, CellResult cell, String variant) {
        return cells.stream()
                .filter(other -> other.cell().variant().equals(variant)
                        && other.cell().coordinates().equals(cell.cell().coordinates()))
                .findFirst();
    }

    /**
     * Ends the run when nothing of what was finished can run.
     *
     * @throws ScenarioException with the reasons, if there is no feasible cell
     */
    public void requireFeasible() {
        List<Problem> reasons = grid().stream()
                .flatMap(result -> result.first().flatMap(Outcome::infeasible).stream())
                .distinct()
                .toList();
        if (feasible().isEmpty() && !reasons.isEmpty()) {
            throw new ScenarioException(reasons);
        }
    }

    /** The cell that the headline is about: the best feasible one by a metric, the first where none is better. */
    public Optional<CellResult> best(Metric metric) {
        CellResult best = null;
        for (CellResult result : feasible()) {
            if (result.mean(metric).isPresent() && (best == null || isBetter(metric, result, best))) {
                best = result;
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean isBetter(Metric metric, CellResult challenger, CellResult holder) {
        double a = challenger.mean(metric).orElseThrow();
        double b = holder.mean(metric).orElseThrow();
        return switch (metric.better()) {
            case LOWER -> a < b;
            case HIGHER -> a > b;
            case NEITHER -> false;
        };
    }
}
