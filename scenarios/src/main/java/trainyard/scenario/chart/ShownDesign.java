package trainyard.scenario.chart;

import java.util.List;
import java.util.Optional;
import trainyard.parallel.step.cost.Span;
import trainyard.parallel.step.cost.StepCost;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.metric.Metric;

/**
 * The design that a chart of one of them is of: the best, or the first where none is better.
 *
 * @param all the whole result
 * @param asked the part of it that the chart is of
 * @param headline by which one is best
 */
record ShownDesign(StudyResult all, StudyResult asked, Metric headline) {

    /** Empty where nothing is asked for. */
    Optional<CellResult> cell() {
        return asked.best(headline).or(() -> asked.grid().stream().findFirst());
    }

    /** Its step; empty where its workload has none. */
    Optional<StepCost> step() {
        return cell().flatMap(CellResult::first).flatMap(Outcome::step);
    }

    /** Who does what when in its step. */
    List<Span> timeline() {
        return cell().map(cell -> all.study().workload(cell.cell()).timeline()).orElse(List.of());
    }

    /** Which it is, for a title that ends with what it has, such as {@code One step}; empty where there are no others. */
    String where() {
        return label().map(label -> " of " + label).orElse("");
    }

    /** The same for a title that is a sentence, such as {@code Where the time of a step goes}. */
    String behindTitle() {
        return label().map(label -> ", " + label).orElse("");
    }

    private Optional<String> label() {
        return all.grid().size() == 1
                ? Optional.empty()
                : asked.best(headline).map(best -> best.cell().label());
    }
}
