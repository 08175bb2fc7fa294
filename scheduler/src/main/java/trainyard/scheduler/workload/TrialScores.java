package trainyard.scheduler.workload;

/** How good trials turn out; the higher, the better. The same question always has the same answer. */
@FunctionalInterface
public interface TrialScores {

    /** The score of a trial after a rung. */
    double score(int trial, int rung);
}
