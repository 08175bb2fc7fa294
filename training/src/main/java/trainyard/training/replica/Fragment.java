package trainyard.training.replica;

import java.util.List;
import java.util.stream.IntStream;
import trainyard.training.problem.ParameterBlock;

/** A part of the parameters that is averaged by itself, with its outer optimizer and its exchange that is under way. */
final class Fragment {
    private final int[] indices;
    private final DiLoCo outer;
    private final OuterBits bits;
    private final double[] velocity;
    /** What each worker has sent. */
    private final double[][] ways;

    private final int offset;
    private int sent;
    private long exchanges;

    Fragment(int[] indices, int offset, StreamingDiLoCo rule, int workers) {
        this.indices = indices;
        this.offset = offset;
        outer = rule.outer();
        bits = rule.bits();
        velocity = new double[indices.length];
        ways = new double[workers][indices.length];
    }

    /**
     * Deals layers to fragments in turn.
     *
     * @throws IllegalArgumentException if there are fewer layers than fragments
     */
    static List<Fragment> of(List<ParameterBlock> blocks, StreamingDiLoCo rule, int workers) {
        int fragments = rule.fragments();
        List<Integer> layers =
                blocks.stream().map(ParameterBlock::layer).distinct().sorted().toList();
        if (layers.size() < fragments) {
            throw new IllegalArgumentException(
                    "a problem of " + layers.size() + " layers has no " + fragments + " fragments");
        }
        return IntStream.range(0, fragments)
                .mapToObj(fragment -> new Fragment(
                        blocks.stream()
                                .filter(block -> layers.indexOf(block.layer()) % fragments == fragment)
                                .flatMapToInt(block -> IntStream.range(block.offset(), block.end()))
                                .toArray(),
                        fragment * rule.outer().steps() / fragments,
                        rule,
                        workers))
                .toList();
    }

    int size() {
        return indices.length;
    }

    /** Local step of each round at which it is sent. */
    int offset() {
        return offset;
    }

    /** Exchanges that are over. */
    long exchanges() {
        return exchanges;
    }

    /** Adds what a worker sends, rounded to the format of the wire; true when all have sent. */
    boolean add(int worker, double[] shared, double[] own) {
        for (int k = 0; k < indices.length; k++) {
            ways[worker][k] = shared[indices[k]] - own[indices[k]];
        }
        bits.round(ways[worker]);
        sent++;
        return sent == ways.length;
    }

    /** Changes the shared parameters by the mean of what was sent, summed in the order of workers, with Nesterov momentum. */
    void update(double[] shared) {
        double momentum = outer.outerMomentum();
        for (int k = 0; k < indices.length; k++) {
            double sum = 0;
            for (double[] sentBy : ways) {
                sum += sentBy[k];
            }
            double mean = sum / ways.length;
            velocity[k] = momentum * velocity[k] + mean;
            shared[indices[k]] -= outer.outerRate() * (mean + momentum * velocity[k]);
        }
        sent = 0;
        exchanges++;
    }

    /** Lets a worker take the shared parameters over: {@code own = alpha own + (1 - alpha) shared}. */
    void take(double[] shared, double[] own, double mixing) {
        for (int index : indices) {
            own[index] = mixing * own[index] + (1 - mixing) * shared[index];
        }
    }
}
