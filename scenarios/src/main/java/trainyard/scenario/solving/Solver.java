package trainyard.scenario.solving;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.Study;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.StudyRunner;

/**
 * Searches by halves between two values of which one meets the target and one does not. The grid that is simulated first
 * shows whether the target changes sides only once; all values meet the same luck. Values that cannot run are passed over; if
 * they leave nothing to search between, powers of two are looked at besides, since few other degrees divide a model. Where
 * none meets the target and the nearest lies between two that are farther from it, as at the best interval between
 * checkpoints, the halves of both gaps beside it are looked at until it has no gaps or one meets the target.
 */
public final class Solver {

    private final SolveQuestion question;
    private final int threads;
    private final IntConsumer progress;
    private final NavigableMap<Integer, Trial> trials = new TreeMap<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile Optional<StudyRunner> running = Optional.empty();
    private int done;

    /**
     * @param threads threads that simulate; no result depends on it
     * @param progress told the number of finished replications
     */
    public Solver(SolveQuestion question, int threads, IntConsumer progress) {
        this.question = question;
        this.threads = threads;
        this.progress = progress;
    }

    /** Simulates no further value. */
    public void stop() {
        stopped.set(true);
        running.ifPresent(StudyRunner::stop);
    }

    public boolean isStopped() {
        return stopped.get();
    }

    /** Replications that the search takes at most, if few values cannot run. */
    public static int mostReplications(SolveQuestion question) {
        int halvings = 32 - Integer.numberOfLeadingZeros(question.domain().size());
        int ofBothGaps = 2 * halvings;
        return (question.grid().size() + ofBothGaps + halvings)
                * question.study().replications();
    }

    /**
     * Searches.
     *
     * @throws trainyard.scenario.source.ScenarioException if a value cannot be read, or none of the range can run
     */
    public Solution solve() {
        simulate(question.grid());
        if (bracket().isEmpty() && trials.values().stream().anyMatch(trial -> !trial.isFeasible())) {
            simulate(question.domain().powersOfTwo().stream()
                    .filter(index -> !trials.containsKey(index))
                    .toList());
        }
        new StudyResult(question.study(), results()).requireFeasible();
        List<Integer> beside = besideNearest();
        while (!beside.isEmpty() && !isStopped()) {
            simulate(beside);
            beside = besideNearest();
        }
        Optional<int[]> bracket = bracket();
        while (bracket.isPresent() && !isStopped() && !between(bracket.get()).isEmpty()) {
            simulate(List.of(between(bracket.get()).get(0)));
            bracket = bracket();
        }
        return solution(bracket);
    }

    private List<CellResult> results() {
        return trials.values().stream().map(Trial::result).toList();
    }

    /** Simulates values, each once. */
    private void simulate(List<Integer> indices) {
        List<Cell> cells = indices.stream().map(question::cell).toList();
        Study study = new Study(
                question.study().scenario(),
                cells,
                question.study().replications(),
                question.study().bindings());
        StudyRunner runner = new StudyRunner(threads, finished -> progress.accept(done + finished));
        running = Optional.of(runner);
        if (isStopped()) {
            return;
        }
        StudyResult result = runner.run(study);
        done += cells.size() * study.replications();
        for (CellResult cell : result.cells()) {
            if (cell.outcomes().size() == study.replications()) {
                StudyResult alone = new StudyResult(study, List.of(cell));
                boolean meets = question.target().check(alone).holds();
                int index = cell.cell().index();
                trials.put(
                        index,
                        new Trial(
                                index,
                                question.domain().value(index),
                                question.domain().format(index),
                                cell,
                                meets,
                                cell.isFeasible() ? question.target().missedBy(alone) : Optional.empty(),
                                question.target().bound()));
            }
        }
    }

    /**
     * Neighbours among the feasible values tried of which one meets the target: the first such pair where the last value meets
     * it or none of the ends does, else the last.
     */
    private Optional<int[]> bracket() {
        List<Trial> feasible =
                trials.values().stream().filter(Trial::isFeasible).toList();
        List<int[]> pairs = new ArrayList<>();
        for (int i = 1; i < feasible.size(); i++) {
            if (feasible.get(i - 1).meets() != feasible.get(i).meets()) {
                pairs.add(
                        new int[] {feasible.get(i - 1).index(), feasible.get(i).index()});
            }
        }
        if (pairs.isEmpty()) {
            return Optional.empty();
        }
        boolean largest = feasible.get(0).meets();
        return Optional.of(pairs.get(largest ? pairs.size() - 1 : 0));
    }

    /** Where no value meets the target: what was not tried in the gaps on both sides of the nearest; none beside an end. */
    private List<Integer> besideNearest() {
        List<Trial> feasible =
                trials.values().stream().filter(Trial::isFeasible).toList();
        Optional<Trial> nearest = Solution.nearest(feasible);
        if (nearest.isEmpty() || nearest.get().meets()) {
            return List.of();
        }
        int at = feasible.indexOf(nearest.get());
        if (at == 0 || at == feasible.size() - 1) {
            return List.of();
        }
        List<Integer> beside = new ArrayList<>();
        for (int i = at; i <= at + 1; i++) {
            beside.addAll(between(
                    new int[] {feasible.get(i - 1).index(), feasible.get(i).index()}));
        }
        return beside;
    }

    /** Values inside a bracket that were not tried, the one nearest to its middle first. */
    private List<Integer> between(int[] bracket) {
        int middle = (bracket[0] + bracket[1]) >>> 1;
        for (int away = 0; away <= bracket[1] - bracket[0]; away++) {
            for (int index : new int[] {middle + away, middle - away}) {
                if (index > bracket[0] && index < bracket[1] && !trials.containsKey(index)) {
                    return List.of(index);
                }
            }
        }
        return List.of();
    }

    private Solution solution(Optional<int[]> bracket) {
        List<Trial> tried = List.copyOf(trials.values());
        if (bracket.isEmpty()) {
            Optional<Trial> first = tried.stream()
                    .filter(trial -> trial.isFeasible() && trial.meets())
                    .findFirst();
            return new Solution(question, tried, first, Optional.empty());
        }
        Trial low = trials.get(bracket.get()[0]);
        Trial high = trials.get(bracket.get()[1]);
        return new Solution(
                question, tried, Optional.of(low.meets() ? low : high), Optional.of(low.meets() ? high : low));
    }
}
