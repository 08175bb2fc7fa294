package trainyard.scenario.planning;

import java.util.List;
import java.util.function.BiConsumer;
import trainyard.scenario.study.Study;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.StudyRunner;

/** Runs studies one after the other and tells how many of the replications of all are done. */
final class ComparedStudies {

    private final int threads;
    private final BiConsumer<Integer, Integer> progress;
    private final int all;
    private int before;

    /**
     * @param threads threads that simulate; no result depends on it
     * @param progress is told how many replications are done, and how many there are
     */
    ComparedStudies(List<Study> studies, int threads, BiConsumer<Integer, Integer> progress) {
        this.threads = threads;
        this.progress = progress;
        this.all = studies.stream().mapToInt(ComparedStudies::runs).sum();
    }

    StudyResult run(Study study) {
        int soFar = before;
        before += runs(study);
        return new StudyRunner(threads, done -> progress.accept(soFar + done, all)).run(study);
    }

    private static int runs(Study study) {
        return study.cells().size() * study.replications();
    }
}
