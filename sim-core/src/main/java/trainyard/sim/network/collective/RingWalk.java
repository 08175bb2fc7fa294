package trainyard.sim.network.collective;

/**
 * The end of a ring whose hops take constant times: hop {@code i}, from rank {@code i} to its successor, transfers for
 * {@code d(i)} and delivers {@code a(i)} later.
 *
 * <p>With {@code x(i, k)} the time at which rank {@code i} has transferred its message of step {@code k},
 *
 * <pre>  x(i, k) = d(i) + max( x(i, k-1), x(i-1, k-1) + a(i-1) ),   x(i, 0) = d(i).</pre>
 *
 * This max-plus recursion (F. Baccelli et al., Synchronization and Linearity, 1992, chapter 2) unrolls to a longest walk:
 * in each of {@code K} steps the walk stays at its rank for {@code d(i)}, or moves on for {@code d(i) + a(i)}; the last
 * step moves. Stays are best spent at the slowest hop that the walk passes, so over all arcs {@code A} of {@code 1..K}
 * hops the end is
 *
 * <pre>  max over A of  sum over A of (d + a)  +  (K - |A|) max over A of d.</pre>
 *
 * For each value {@code D} of {@code d} this is {@code K D} plus the largest sum of {@code d + a - D} over an arc of at
 * most {@code K} hops that holds a hop of at least {@code D}, found in {@code O(n)}. Values
 * that cannot win are skipped by a bound. Where no {@code d + a} is below any {@code d}, moving is never worse than
 * staying, and the end is the largest sum of {@code d + a} over {@code K} hops in a row. Equal hops give
 * {@code K (d + a)}.
 */
final class RingWalk {

    private static final long NO_ARC = Long.MIN_VALUE / 2;

    private final long[] transfer;
    private final long[] latency;
    private final int steps;
    private final int ranks;

    private RingWalk(long[] transfer, long[] latency, int steps) {
        this.transfer = transfer;
        this.latency = latency;
        this.steps = steps;
        ranks = transfer.length;
    }

    /**
     * The time at which the last message arrives.
     *
     * @param transferNanos {@code d(i)}
     * @param latencyNanos {@code a(i)}
     * @param steps messages that each rank sends, from 1 to twice the number of ranks
     */
    static long nanos(long[] transferNanos, long[] latencyNanos, int steps) {
        var walk = new RingWalk(transferNanos, latencyNanos, steps);
        long slowest = walk.nextLevel(Long.MAX_VALUE);
        if (steps >= transferNanos.length && walk.leastHop() >= slowest) {
            return walk.longestArc();
        }
        long best = 0;
        for (long level = slowest; level >= 0; level = walk.nextLevel(level)) {
            if (walk.bound(level) > best) {
                best = Math.max(best, steps * level + walk.bestArc(level));
            }
        }
        return best;
    }

    /** Largest transfer time below a level; -1 if there is none. */
    private long nextLevel(long level) {
        long next = -1;
        for (long nanos : transfer) {
            if (nanos < level && nanos > next) {
                next = nanos;
            }
        }
        return next;
    }

    private long leastHop() {
        long least = Long.MAX_VALUE;
        for (int hop = 0; hop < ranks; hop++) {
            least = Math.min(least, transfer[hop] + latency[hop]);
        }
        return least;
    }

    /** Largest sum of transfer and latency over {@code steps} hops in a row, whole turns included. */
    private long longestArc() {
        long turn = 0;
        long arc = 0;
        int behind = steps % ranks;
        for (int hop = 0; hop < ranks; hop++) {
            arc += hop < behind ? transfer[hop] + latency[hop] : 0;
            turn += transfer[hop] + latency[hop];
        }
        arc += steps / ranks * turn;
        long best = arc;
        for (int first = 0; first < ranks; first++) {
            arc += transfer[behind] + latency[behind] - transfer[first] - latency[first];
            best = Math.max(best, arc);
            behind = behind + 1 == ranks ? 0 : behind + 1;
        }
        return best;
    }

    /** No walk whose stays take {@code level} ends later: it gains at every hop that gains, twice around. */
    private long bound(long level) {
        long gains = 0;
        for (int hop = 0; hop < ranks; hop++) {
            gains += Math.max(0, transfer[hop] + latency[hop] - level);
        }
        return steps * level + 2 * gains;
    }

    /** Largest sum of gains over an arc of 1 to {@code steps} hops with a hop of at least {@code level} in it. */
    private long bestArc(long level) {
        long ring = 0;
        long leastGain = Long.MAX_VALUE;
        for (int hop = 0; hop < ranks; hop++) {
            long gain = transfer[hop] + latency[hop] - level;
            ring += gain;
            leastGain = Math.min(leastGain, gain);
        }
        if (leastGain >= 0 && steps >= ranks) {
            return longestArc() - steps * level;
        }
        // Where a whole turn gains nothing, the best arc is short, and a scan without regard to its length finds it.
        long free = ring <= 0 ? bestFreeArc(level) : NO_ARC;
        return free == NO_ARC ? bestBoundedArc(level) : free;
    }

    /**
     * Largest sum over an arc of any length, in one scan over three turns (J. Bentley, Programming Pearls, CACM 27(9),
     * 1984); {@link #NO_ARC} if that arc is longer than the number of steps.
     */
    private long bestFreeArc(long level) {
        long best = NO_ARC;
        int bestLength = 0;
        long plain = 0;
        int plainLength = 0;
        long marked = NO_ARC;
        int markedLength = 0;
        for (int turn = 0; turn < 3; turn++) {
            for (int hop = 0; hop < ranks; hop++) {
                long gain = transfer[hop] + latency[hop] - level;
                if (transfer[hop] >= level && plain > marked) {
                    marked = plain;
                    markedLength = plainLength;
                }
                if (marked != NO_ARC) {
                    marked += gain;
                    markedLength++;
                }
                if (marked > best) {
                    best = marked;
                    bestLength = markedLength;
                }
                plain += gain;
                plainLength++;
                if (plain < 0) {
                    plain = 0;
                    plainLength = 0;
                }
            }
        }
        return bestLength <= steps ? best : NO_ARC;
    }

    /** The same for arcs of at most {@code steps} hops, from prefix sums and their sliding minimum. */
    private long bestBoundedArc(long level) {
        int end = ranks + steps;
        long[] prefix = new long[end + 1];
        int[] minima = new int[end + 1];
        int first = 0;
        int last = 0;
        int nextStart = 0;
        long best = Long.MIN_VALUE;
        for (int at = 1; at <= end; at++) {
            int hop = at - 1 < ranks ? at - 1 : (at - 1) % ranks;
            prefix[at] = prefix[at - 1] + transfer[hop] + latency[hop] - level;
            if (transfer[hop] >= level) {
                for (; nextStart < at; nextStart++) {
                    while (last > first && prefix[minima[last - 1]] >= prefix[nextStart]) {
                        last--;
                    }
                    minima[last++] = nextStart;
                }
            }
            while (first < last && minima[first] < at - steps) {
                first++;
            }
            if (first < last) {
                best = Math.max(best, prefix[at] - prefix[minima[first]]);
            }
        }
        return best;
    }
}
