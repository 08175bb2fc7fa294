package trainyard.scheduler.run;

/**
 * Moving jobs together so that one fits which finds no place although enough GPUs are free. Each move costs the job a save, a
 * start and a load.
 *
 * @param mostMoves for one job that is to fit, at least 1
 * @param restNanos from one time at which jobs were moved to the next, 0 or more
 */
public record Defragmentation(int mostMoves, long restNanos) {

    public Defragmentation {
        if (mostMoves < 1 || restNanos < 0) {
            throw new IllegalArgumentException("no moves of " + mostMoves + " jobs every " + restNanos + " ns");
        }
    }
}
