package trainyard.scenario.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.Derivation;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.metric.Metric;

/**
 * Evaluates the cells of a study on several threads. Each (cell, replication) has a place of its own, and places are
 * read in their order, so that the result does not depend on how many threads there are.
 */
public final class StudyRunner {

    private final int threads;
    private final IntConsumer progress;
    private final AtomicBoolean stopped = new AtomicBoolean();

    /**
     * @param threads how many cells at the same time, at least 1
     * @param progress told the number of finished replications, from any thread
     */
    public StudyRunner(int threads, IntConsumer progress) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
        this.threads = threads;
        this.progress = progress;
    }

    /** Lets running cells finish and starts no more; {@link #run} then returns what there is. */
    public void stop() {
        stopped.set(true);
    }

    /**
     * Runs the study. Cells whose plan contradicts itself or does not fit come back infeasible.
     *
     * @throws ScenarioException if a cell cannot be read, with the problems of all such cells
     */
    public StudyResult run(Study study) {
        return run(study, Map.of());
    }

    /**
     * The same for a study whose charts are drawn: what they show from within is recorded on the way, as far as it is known
     * before.
     *
     * @throws ScenarioException as above
     */
    public StudyResult runForCharts(Study study) {
        return run(study, AskedDetails.of(study));
    }

    private StudyResult run(Study study, Map<Cell, Integer> watched) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, StudyRunner::daemon);
        try {
            List<List<Future<Optional<Outcome>>>> places = new ArrayList<>();
            AtomicInteger done = new AtomicInteger();
            Set<Metric> samples = AskedSamples.of(study);
            for (Cell cell : study.cells()) {
                List<Future<Optional<Outcome>>> replications = new ArrayList<>();
                int recorded = watched.getOrDefault(cell, 0);
                for (int i = 0; i < study.replications(); i++) {
                    int replication = i;
                    Callable<Outcome> play = i < recorded
                            ? () -> study.watch(cell, replication, samples)
                            : () -> study.workload(cell, replication).run(samples);
                    Optional<Future<Optional<Outcome>>> first =
                            replications.stream().findFirst();
                    replications.add(pool.submit(task(study, cell, play, first, done)));
                }
                places.add(replications);
            }
            return collect(study, places);
        } finally {
            pool.shutdownNow();
        }
    }

    private Callable<Optional<Outcome>> task(
            Study study,
            Cell cell,
            Callable<Outcome> play,
            Optional<Future<Optional<Outcome>>> first,
            AtomicInteger done) {
        return () -> {
            if (stopped.get()) {
                return Optional.empty();
            }
            if (first.isPresent() && isFixed(study, cell)) {
                progress.accept(done.incrementAndGet());
                return same(first.get());
            }
            Outcome outcome = evaluate(play);
            progress.accept(done.incrementAndGet());
            return Optional.of(outcome);
        };
    }

    /** The outcome of a replication that was handed out before, so that some thread is at it or has done it. */
    private static Optional<Outcome> same(Future<Optional<Outcome>> first) throws Exception {
        try {
            return first.get();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof ScenarioException wrong ? wrong : failure;
        }
    }

    private static boolean isFixed(Study study, Cell cell) {
        try {
            return study.isFixed(cell);
        } catch (ScenarioException wrong) {
            return false;
        }
    }

    /** A point of a sweep that contradicts itself is a finding, not a mistake; it becomes an infeasible cell. */
    private static Outcome evaluate(Callable<Outcome> play) throws Exception {
        try {
            return play.call();
        } catch (ScenarioException wrong) {
            Problem first = wrong.problems().get(0);
            if (first.kind() == Problem.Kind.PLAN) {
                return new Outcome(Map.of(), Map.of(), Optional.empty(), Optional.of(first));
            }
            throw wrong;
        }
    }

    private static StudyResult collect(Study study, List<List<Future<Optional<Outcome>>>> places) {
        List<CellResult> results = new ArrayList<>();
        Problems problems = new Problems();
        for (int i = 0; i < places.size(); i++) {
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Optional<Outcome>> place : places.get(i)) {
                outcome(place, problems).ifPresent(outcomes::add);
            }
            Cell cell = study.cells().get(i);
            results.add(new CellResult(cell, outcomes, metric -> lacks(study, cell, metric)));
        }
        problems.throwIfAny();
        return new StudyResult(study, results);
    }

    private static Optional<String> lacks(Study study, Cell cell, Metric metric) {
        return study.workload(cell)
                .derivation(metric)
                .filter(Derivation.Missing.class::isInstance)
                .map(missing -> ((Derivation.Missing) missing).why());
    }

    private static Optional<Outcome> outcome(Future<Optional<Outcome>> place, Problems problems) {
        try {
            return place.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof ScenarioException wrong) {
                wrong.problems().forEach(problems::add);
                return Optional.empty();
            }
            throw new IllegalStateException(failure.getCause().getMessage(), failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "study");
        thread.setDaemon(true);
        return thread;
    }
}
