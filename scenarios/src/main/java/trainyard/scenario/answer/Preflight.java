package trainyard.scenario.answer;

import java.util.List;
import trainyard.scenario.chart.Charts;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.Expectation;
import trainyard.scenario.study.Published;
import trainyard.scenario.study.Study;
import trainyard.scenario.study.StudyResult;

/** Checks everything that can be checked before a study is run, so that mistakes do not cost a run. */
public final class Preflight {

    private static final int MAX_CELLS = 2000;

    private Preflight() {}

    /**
     * Checks headline, charts, expectations, published figures and every cell.
     *
     * @throws ScenarioException with every problem found
     */
    public static void check(Study study) {
        Problems problems = new Problems();
        collect(problems, () -> Charts.check(new StudyResult(study, List.of()), Answer.headline(study)));
        collect(problems, () -> HeadlineCell.check(study));
        collect(problems, () -> Expectation.all(study));
        for (Cell cell :
                study.cells().subList(0, Math.min(MAX_CELLS, study.cells().size()))) {
            collect(problems, () -> Published.all(study, cell));
            collect(problems, () -> bind(study, cell));
        }
        problems.throwIfAny();
    }

    /** A point of a sweep that contradicts itself is a finding; the scenario's only point is a mistake. */
    private static void bind(Study study, Cell cell) {
        try {
            study.workload(cell);
        } catch (ScenarioException wrong) {
            if (study.cells().size() == 1 || wrong.problems().get(0).kind() != Problem.Kind.PLAN) {
                throw wrong;
            }
        }
    }

    private static void collect(Problems problems, Runnable check) {
        try {
            check.run();
        } catch (ScenarioException wrong) {
            wrong.problems().forEach(problems::add);
        }
    }
}
