package trainyard.faults.checkpoint;

/**
 * A time limit of the job, at which it ends and is queued again, and a snapshot on the signal that comes before it (Slurm
 * {@code --time}, {@code --signal}, {@code --requeue}).
 *
 * @param limitNanos time from the grant of the nodes until they are taken away, above 0
 * @param noticeNanos how long before the limit the signal comes, 0 or more
 * @param saves whether the job saves on the signal
 */
public record OnSignal(long limitNanos, long noticeNanos, boolean saves) {

    public OnSignal {
        if (limitNanos < 1 || noticeNanos < 0 || noticeNanos > limitNanos) {
            throw new IllegalArgumentException("a limit above 0 and a notice within it are needed, got " + limitNanos
                    + " and " + noticeNanos + " ns");
        }
    }
}
