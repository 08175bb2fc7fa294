package trainyard.scheduler.goodput;

/**
 * Batches with which a model can be trained, in samples.
 *
 * @param initial smallest of all GPUs together, for which the model's learning rate was chosen; at least 1
 * @param owner the one that its owner chose, at least {@code initial}
 * @param most largest of all GPUs together, at least {@code owner}
 * @param leastPass fewest samples of a pass of one GPU, at least 1
 * @param mostPass most samples that a pass of one GPU has memory for, at least {@code leastPass}
 */
public record BatchRange(int initial, int owner, int most, int leastPass, int mostPass) {

    /** How many batches are tried between the smallest and the largest, as in the simulator of Pollux. */
    private static final int TRIED = 50;

    /** Of a quotient that is whole but for rounding. */
    private static final double ROUNDING = 1e-8;

    /** Tells whether a split is worth more than another one. */
    @FunctionalInterface
    interface Worth {
        double of(BatchSplit split);
    }

    public BatchRange {
        if (initial < 1 || owner < initial || most < owner || leastPass < 1 || mostPass < leastPass) {
            throw new IllegalArgumentException("batches ascend from " + initial + " by " + owner + " to " + most
                    + ", passes from " + leastPass + " to " + mostPass);
        }
    }

    /** Most GPUs that a batch can be split among. */
    public int mostGpus() {
        return Math.max(1, most / leastPass);
    }

    /** The owner's batch on some GPUs: in as few passes as memory allows; rounded up where it does not divide. */
    public BatchSplit ofOwner(int gpus) {
        int local = Math.max(leastPass, (owner + gpus - 1) / gpus);
        int passes = (local + mostPass - 1) / mostPass;
        return new BatchSplit(Math.max(leastPass, (local + passes - 1) / passes), passes);
    }

    /**
     * The best of fifty batches that lie at equal ratios from the smallest to the largest, each in as few passes as memory allows, and of
     * those that fill the memory in as many passes; of equal ones the one tried first. The owner's where none is possible.
     */
    BatchSplit best(int gpus, Worth worth) {
        double low = Math.max(initial, (double) leastPass * gpus);
        double ratio = Math.max(1, most / low);
        Best best = new Best(worth, ofOwner(gpus));
        for (int i = 0; i < TRIED; i++) {
            double local = low * Math.pow(ratio, i / (TRIED - 1.0)) / gpus;
            int passes = Math.max(1, (int) Math.ceil(local / mostPass - ROUNDING));
            int room = (int) Math.min(mostPass, most / ((long) gpus * passes));
            int samples = (int) Math.min(room, (long) Math.ceil(local / passes - ROUNDING));
            if (samples >= leastPass) {
                look(best, gpus, new BatchSplit(samples, passes));
                look(best, gpus, new BatchSplit(room, passes));
            }
        }
        return best.split;
    }

    /** A split that rounding brings below the smallest batch is none. */
    private void look(Best best, int gpus, BatchSplit split) {
        if ((long) gpus * split.samples() * split.passes() >= initial) {
            best.look(split);
        }
    }

    /** The split that is worth most of those looked at. */
    private static final class Best {
        private final Worth worth;
        private BatchSplit split;
        private double value;

        Best(Worth worth, BatchSplit otherwise) {
            this.worth = worth;
            split = otherwise;
        }

        void look(BatchSplit tried) {
            double now = worth.of(tried);
            if (now > value) {
                value = now;
                split = tried;
            }
        }
    }
}
