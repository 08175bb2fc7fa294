package trainyard.scheduler.peer.muri;

import java.util.Comparator;
import java.util.List;

/**
 * Its {@code antman}: jobs with guaranteed resources in the order of submission, never preempted, and behind them opportunistic ones
 * that share GPUs with those and are slowed down by them. A guaranteed job that finds too few GPUs keeps those that it found.
 */
final class AntManOrder implements MuriOrder {

    private final AntManGpus gpus;

    AntManOrder(int nodes, int gpusPerNode) {
        this.gpus = new AntManGpus(nodes, gpusPerNode);
    }

    @Override
    public void arrived(MuriState job) {
        job.job.requireShares();
    }

    @Override
    public double together() {
        return CLOSE;
    }

    @Override
    public void ended(MuriState job) {
        gpus.release(job);
    }

    @Override
    public void schedule(List<MuriState> runnable) {
        runnable.sort(Comparator.comparingInt(job -> job.job.priority()));
        for (MuriState job : runnable) {
            if (!job.running) {
                job.running = job.job.isGuaranteed() ? gpus.guarantee(job) : gpus.share(job);
            }
        }
        for (MuriState job : runnable) {
            if (job.running && !job.job.isGuaranteed()) {
                job.iterationSeconds = slowed(job);
            }
        }
    }

    /** One iteration beside the guaranteed jobs on the same GPUs, as long as beside the worst of them. */
    private double slowed(MuriState job) {
        double longest = job.job.iterationSeconds();
        for (MuriState other : gpus.guaranteedBeside(job)) {
            if (other.running) {
                longest = Math.max(longest, iterationsBeside(job.job, other.job) * other.job.iterationSeconds());
            }
        }
        return longest;
    }

    /**
     * How many iterations a guaranteed job does meanwhile: each of the three resources, in turn, is had while that job uses the other
     * two, and what of the next one fits into the rest of such a gap is done there.
     */
    private static double iterationsBeside(MuriJob job, MuriJob other) {
        List<Double> theirs = other.resourceSeconds();
        double first = job.resourceSeconds().get(0);
        double second = job.resourceSeconds().get(1);
        double third = job.resourceSeconds().get(2);
        double gap = theirs.get(1) + theirs.get(2);
        double iterations = Math.floor(first / gap);
        double rest = first % gap;
        if (rest > 0) {
            iterations++;
            second -= Math.min(second, Math.min(theirs.get(2), gap - rest));
        }
        gap = theirs.get(0) + theirs.get(2);
        iterations += Math.floor(second / gap);
        rest = second % gap;
        if (rest > 0) {
            iterations++;
            third -= rest < theirs.get(0) ? Math.min(third, theirs.get(0) + theirs.get(1) - rest) : 0;
        }
        gap = theirs.get(0) + theirs.get(1);
        iterations += Math.floor(third / gap);
        return iterations + (third % gap > theirs.get(0) ? 1 : 0);
    }
}
