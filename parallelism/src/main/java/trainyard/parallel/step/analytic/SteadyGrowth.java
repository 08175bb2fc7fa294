package trainyard.parallel.step.analytic;

/**
 * Leaves out copies of a loop. Say each pass of the last c copies ended later than the same pass c copies before by a time
 * of its own, and by the same time as the one of its two predecessors that it had to wait for. Then all go on so, until
 * some pass has to wait for its other predecessor:
 *
 * <pre>  copies = c min over passes (lead of the one / (growth of the other - growth of the one)) </pre>
 *
 * Stages may each grow at their own rate, as in GPipe, and one that is hardly slower than the others may show only later.
 * That a loop comes to this is the theorem that max-plus recurrences become periodic (Baccelli et al. 1992, theorem 3.112).
 */
final class SteadyGrowth {

    /** Of the time so far: far above the rounding of sums, far below what matters. */
    private static final double TOLERANCE = 1e-9;

    private final PassSequence sequence;
    private final PassLoop loop;
    private final double[] waits;
    private final PassEnds ends;
    private int since;

    /**
     * @param waits how long a message of each slot's input travels
     * @param ends passes before the loop
     */
    SteadyGrowth(PassSequence sequence, PassLoop loop, double[] waits, PassEnds ends) {
        this.sequence = sequence;
        this.loop = loop;
        this.waits = waits;
        this.ends = ends;
        this.since = ends.written();
    }

    /**
     * Puts the last copies later by what others before them would take. A period of more copies than there are stages is not
     * sought: a path from a stage over those up to n further on and back takes n + 1 micro-batches.
     *
     * @param most how many may be left out
     * @return how many are
     */
    int leaveOut(int most) {
        int known = (ends.written() - since) / loop.length();
        int longest =
                Math.min(Math.min(most, known / 2), sequence.numbers().shape().stages());
        for (int copies = 1; copies <= longest; copies++) {
            int period = copies * loop.length();
            if (period >= loop.reach()) {
                int times = (int) Math.min(most / copies, periodsToGo(period));
                if (times > 0) {
                    postpone(period, times);
                    return times * copies;
                }
            }
        }
        return 0;
    }

    /** How many more periods of so many passes go on like the last; 0 if it was not like the one before. */
    private double periodsToGo(int period) {
        double[] seconds = ends.seconds();
        int end = ends.written();
        double tolerance = TOLERANCE * seconds[end - 1];
        double least = Double.POSITIVE_INFINITY;
        for (int i = end - period; i < end; i++) {
            int place = loop.from() + (i - (end - period)) % loop.length();
            int before = i - sequence.before()[place];
            int feeder = i - sequence.feeders()[place];
            double lead = seconds[before] - (seconds[feeder] + waits[sequence.slots()[place]]);
            double growthOfBefore = growth(before, period);
            double growthOfFeeder = growth(feeder, period);
            double gain = lead < 0 ? growthOfBefore - growthOfFeeder : growthOfFeeder - growthOfBefore;
            double decisive = lead < 0 ? growthOfFeeder : growthOfBefore;
            if (Math.abs(decisive - growth(i, period)) > tolerance) {
                return 0;
            }
            if (gain > 0) {
                least = Math.min(least, Math.floor((Math.abs(lead) + tolerance) / gain));
            }
        }
        return least;
    }

    private double growth(int place, int period) {
        int last = place < ends.written() - period ? place + period : place;
        return ends.seconds()[last] - ends.seconds()[last - period];
    }

    private void postpone(int period, int times) {
        double[] seconds = ends.seconds();
        int end = ends.written();
        for (int i = end - period; i < end; i++) {
            seconds[i] += times * (seconds[i] - seconds[i - period]);
        }
        since = end - period;
    }
}
