package trainyard.training.optimizer;

import java.util.List;

/** What becomes of a learning rate behind its warm-up, as a factor by examples. */
public sealed interface RateSchedule {

    /** The rate stays. */
    RateSchedule CONSTANT = new Constant();

    /**
     * By what the base rate is multiplied.
     *
     * @param examples trained with so far, no fewer than those of the warm-up
     * @param warmUpExamples those of the warm-up, 0 or more
     */
    double factor(double examples, double warmUpExamples);

    /** One rate. */
    record Constant() implements RateSchedule {
        @Override
        public double factor(double examples, double warmUpExamples) {
            return 1;
        }
    }

    /**
     * Half a cosine from 1 down to a floor (Loshchilov and Hutter 2017, arXiv 1608.03983, without restarts): {@code f + (1 - f) (1 +
     * cos(pi u)) / 2}, where u grows from 0 behind the warm-up to 1 at the end, and the floor from there on.
     *
     * @param endExamples where it ends, with those of the warm-up, positive
     * @param floor f, in [0, 1]
     */
    record Cosine(double endExamples, double floor) implements RateSchedule {
        public Cosine {
            if (!(endExamples > 0) || !(floor >= 0 && floor <= 1)) {
                throw new IllegalArgumentException("a cosine needs examples to its end (" + endExamples
                        + "), and a floor (" + floor + ") in [0, 1]");
            }
        }

        @Override
        public double factor(double examples, double warmUpExamples) {
            if (examples >= endExamples) {
                return floor;
            }
            double share = (examples - warmUpExamples) / (endExamples - warmUpExamples);
            return floor + (1 - floor) * (1 + Math.cos(Math.PI * share)) / 2;
        }
    }

    /**
     * Falls at once at each of some numbers of examples.
     *
     * @param atExamples where it falls
     * @param dropFactor by which it is multiplied there, in (0, 1]
     */
    record Step(List<Double> atExamples, double dropFactor) implements RateSchedule {
        public Step {
            atExamples = List.copyOf(atExamples);
            if (!(dropFactor > 0 && dropFactor <= 1)) {
                throw new IllegalArgumentException("a rate that falls by " + dropFactor + ", which must be in (0, 1]");
            }
        }

        @Override
        public double factor(double examples, double warmUpExamples) {
            long drops = atExamples.stream().filter(at -> examples >= at).count();
            return Math.pow(dropFactor, drops);
        }
    }

    /**
     * One over the root of the examples (Vaswani et al. 2017, arXiv 1706.03762, section 5.3), scaled to 1 at the end of the warm-up:
     * {@code sqrt(W / n)}.
     */
    record InverseSquareRoot() implements RateSchedule {
        @Override
        public double factor(double examples, double warmUpExamples) {
            return Math.sqrt(warmUpExamples / examples);
        }
    }
}
