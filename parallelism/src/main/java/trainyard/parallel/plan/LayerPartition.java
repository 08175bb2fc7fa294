package trainyard.parallel.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How many consecutive layers each piece of a model gets. */
public final class LayerPartition {

    /** Sums of the same times in another order differ by less. */
    private static final double ROUNDING = 1e-12;

    private LayerPartition() {}

    /** As many layers each, one more on the first pieces where they do not divide. */
    public static List<Integer> equal(int layers, int pieces) {
        List<Integer> counts = new ArrayList<>(pieces);
        for (int i = 0; i < pieces; i++) {
            counts.add(layers / pieces + (i < layers % pieces ? 1 : 0));
        }
        return counts;
    }

    /**
     * As many layers each where what comes before the first and after the last layer takes the place of one.
     *
     * @throws PlanException if a piece between the first and the last has no layer
     */
    public static List<Integer> besideEnds(int layers, int pieces) {
        if (layers + 2 < pieces) {
            throw new PlanException(
                    "layer-split",
                    pieces + " chunks are more than the " + layers
                            + " layers of the model, its embedding and its head");
        }
        List<Integer> counts = equal(layers + 2, pieces);
        counts.set(0, counts.get(0) - 1);
        counts.set(pieces - 1, counts.get(pieces - 1) - 1);
        return counts;
    }

    /**
     * The partition whose slowest piece is fastest, and of those the one whose pieces differ least (least sum of squares),
     * by dynamic programming over the number of pieces and layers in {@code O(pieces x layers^2)}.
     *
     * @param seconds time of each layer
     * @param before time of what comes before the first layer and stays with it, such as the embedding
     * @param after time of what comes after the last layer and stays with it, such as the head
     * @param pieces pieces; every one but the first and the last gets at least one layer
     * @throws IllegalArgumentException if there are too few layers
     */
    public static List<Integer> balanced(double[] seconds, double before, double after, int pieces) {
        if (pieces < 1 || seconds.length < pieces - 2) {
            throw new IllegalArgumentException(pieces + " pieces of " + seconds.length + " layers");
        }
        Cuts cuts = new Cuts(seconds, before, after, pieces);
        double slowest = cuts.solve(Double.POSITIVE_INFINITY);
        cuts.solve(slowest * (1 + ROUNDING));
        return cuts.counts();
    }

    /** Tables of the dynamic programme: best value of the first k pieces over the first n layers, and the last cut. */
    private static final class Cuts {

        private final double[] start;
        private final double before;
        private final double after;
        private final int pieces;
        private final int[][] cut;

        Cuts(double[] seconds, double before, double after, int pieces) {
            this.start = new double[seconds.length + 1];
            for (int i = 0; i < seconds.length; i++) {
                start[i + 1] = start[i] + seconds[i];
            }
            this.before = before;
            this.after = after;
            this.pieces = pieces;
            this.cut = new int[pieces + 1][seconds.length + 1];
        }

        /**
         * Without a limit, the least maximum of a piece; with one, the least sum of squares of pieces within it.
         *
         * @param limit largest time of a piece
         */
        double solve(double limit) {
            int layers = start.length - 1;
            double[] best = new double[layers + 1];
            Arrays.fill(best, Double.POSITIVE_INFINITY);
            best[0] = 0;
            for (int piece = 1; piece <= pieces; piece++) {
                double[] longer = new double[layers + 1];
                Arrays.fill(longer, Double.POSITIVE_INFINITY);
                for (int to = 0; to <= layers; to++) {
                    for (int from = 0; from <= to - fewest(piece); from++) {
                        double value = value(best[from], time(piece, from, to), limit);
                        if (value < longer[to]) {
                            longer[to] = value;
                            cut[piece][to] = from;
                        }
                    }
                }
                best = longer;
            }
            return best[layers];
        }

        private static double value(double soFar, double time, double limit) {
            if (limit == Double.POSITIVE_INFINITY) {
                return Math.max(soFar, time);
            }
            return time <= limit ? soFar + time * time : Double.POSITIVE_INFINITY;
        }

        private int fewest(int piece) {
            return piece == 1 || piece == pieces ? 0 : 1;
        }

        private double time(int piece, int from, int to) {
            return start[to] - start[from] + (piece == 1 ? before : 0) + (piece == pieces ? after : 0);
        }

        List<Integer> counts() {
            Integer[] counts = new Integer[pieces];
            int to = start.length - 1;
            for (int piece = pieces; piece >= 1; piece--) {
                counts[piece - 1] = to - cut[piece][to];
                to = cut[piece][to];
            }
            return List.of(counts);
        }
    }
}
