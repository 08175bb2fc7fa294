package trainyard.training.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Looks for the best learning rate of a rule: a grid by factors of 2, which grows until its best rate is not at an end, then
 * rates by a factor of the root of 2 beside that. A rule whose best rate stays at an end is not to be ranked: the sign of a comparison has been
 * seen to change when the grid grew.
 *
 * @param best what was found
 * @param isInside whether rates on both sides of it were tried and are worse
 * @param trials all that were tried, by rate
 */
public record RateSearch(Trial best, boolean isInside, List<Trial> trials) {

    private static final double COARSE = 2;
    private static final double FINE = Math.sqrt(2);

    /** By how many factors of 2 the grid grows at each end. */
    private static final int MOST_STEPS = 16;

    public RateSearch {
        trials = List.copyOf(trials);
    }

    /** Plays the trial runs of a rate. */
    @FunctionalInterface
    public interface Runs {

        /**
         * @param rate learning rate
         * @param bestSeconds what the best rate so far takes in the mean, so that one behind it need not be played to the end;
         *     infinite at first
         */
        Trial at(double rate, double bestSeconds);
    }

    /**
     * Searches.
     *
     * @param from least rate of the first grid, positive
     * @param to its greatest, at least {@code from}
     * @param runs called from several threads
     */
    public static RateSearch of(double from, double to, Runs runs) {
        if (!(from > 0 && to >= from)) {
            throw new IllegalArgumentException("no rates from " + from + " to " + to);
        }
        List<Double> grid = new ArrayList<>();
        for (double rate = from; rate <= to * (1 + 1e-9); rate *= COARSE) {
            grid.add(rate);
        }
        Search search = new Search(runs);
        // Outwards, two at a time: rates at the ends are slow, and given up the sooner the better the best is known.
        for (int right = grid.size() / 2, left = right - 1; right < grid.size() || left >= 0; right++, left--) {
            search.tryAll(grid.subList(Math.max(0, left), Math.min(grid.size(), right + 1)));
        }
        boolean isInside = search.grow();
        if (isInside) {
            double middle = search.best().rate();
            search.tryAll(List.of(middle / FINE, middle * FINE));
        }
        return new RateSearch(search.best(), isInside, List.copyOf(search.tried.values()));
    }

    /** A search under way. */
    private static final class Search {
        private final Runs runs;
        private final NavigableMap<Double, Trial> tried = new TreeMap<>();

        Search(Runs runs) {
            this.runs = runs;
        }

        void tryAll(List<Double> rates) {
            double best = tried.isEmpty() ? Double.POSITIVE_INFINITY : best().seconds();
            rates.parallelStream()
                    .filter(rate -> !tried.containsKey(rate))
                    .map(rate -> runs.at(rate, best))
                    .toList()
                    .forEach(trial -> tried.put(trial.rate(), trial));
        }

        boolean grow() {
            int below = 0;
            int above = 0;
            while (true) {
                double best = best().rate();
                if (best == tried.firstKey() && below < MOST_STEPS) {
                    below++;
                    tryAll(List.of(best / COARSE));
                } else if (best == tried.lastKey() && above < MOST_STEPS) {
                    above++;
                    tryAll(List.of(best * COARSE));
                } else {
                    return best != tried.firstKey() && best != tried.lastKey();
                }
            }
        }

        /** Of equal trials the one with the lowest rate. */
        Trial best() {
            return tried.values().stream().min(Trial.BEST_FIRST).orElseThrow();
        }
    }
}
