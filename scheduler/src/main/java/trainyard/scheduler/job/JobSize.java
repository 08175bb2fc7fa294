package trainyard.scheduler.job;

import java.util.Objects;

/**
 * How many GPUs a job can use.
 *
 * @param kind when its size is chosen
 * @param leastGpus fewest GPUs with which it runs; 0 for a rigid job
 * @param mostGpus most GPUs that it can use; 0 for a rigid job
 */
public record JobSize(Kind kind, int leastGpus, int mostGpus) {

    /** When a job's number of GPUs is chosen (Feitelson and Rudolph, JSSPP 1996). */
    public enum Kind {
        /** By its owner: it runs on the GPUs that it wants. */
        RIGID,
        /** By the scheduler when it starts; the same until it stops. */
        MOLDABLE,
        /** By the scheduler, also while it runs (malleable). */
        ELASTIC
    }

    /** Just the GPUs that the job wants. */
    public static final JobSize RIGID = new JobSize(Kind.RIGID, 0, 0);

    public JobSize {
        Objects.requireNonNull(kind, "kind");
        boolean range = leastGpus >= 1 && mostGpus >= leastGpus;
        if (kind == Kind.RIGID ? leastGpus != 0 || mostGpus != 0 : !range) {
            throw new IllegalArgumentException(
                    "a " + kind + " job cannot use from " + leastGpus + " to " + mostGpus + " GPUs");
        }
    }

    public static JobSize moldable(int leastGpus, int mostGpus) {
        return new JobSize(Kind.MOLDABLE, leastGpus, mostGpus);
    }

    public static JobSize elastic(int leastGpus, int mostGpus) {
        return new JobSize(Kind.ELASTIC, leastGpus, mostGpus);
    }

    /** Fewest GPUs of a job that wants some. */
    public int least(int wanted) {
        return kind == Kind.RIGID ? wanted : leastGpus;
    }

    /** Most GPUs of a job that wants some. */
    public int most(int wanted) {
        return kind == Kind.RIGID ? wanted : mostGpus;
    }
}
