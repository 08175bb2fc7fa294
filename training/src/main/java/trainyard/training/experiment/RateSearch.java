package trainyard.training.experiment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.DoubleFunction;

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

    /**
     * Searches.
     *
     * @param from least rate of the first grid, positive
     * @param to its greatest, at least {@code from}
     * @param runs plays the trial runs of a rate; called from several threads
     */
    public static RateSearch of(double from, double to, DoubleFunction<Trial> runs) {
        if (!(from > 0 && to >= from)) {
            throw new IllegalArgumentException("no rates from " + from + " to " + to);
        }
        NavigableMap<Double, Trial> tried = new TreeMap<>();
        List<Double> grid = new ArrayList<>();
        for (double rate = from; rate <= to * (1 + 1e-9); rate *= COARSE) {
            grid.add(rate);
        }
        tryAll(grid, runs, tried);
        boolean isInside = grow(runs, tried);
        if (isInside) {
            double middle = best(tried.values()).rate();
            tryAll(List.of(middle / FINE, middle * FINE), runs, tried);
        }
        return new RateSearch(best(tried.values()), isInside, List.copyOf(tried.values()));
    }

    private static boolean grow(DoubleFunction<Trial> runs, NavigableMap<Double, Trial> tried) {
        for (int step = 0; step < 2 * MOST_STEPS; step++) {
            double best = best(tried.values()).rate();
            if (best == tried.firstKey()) {
                tryAll(List.of(best / COARSE), runs, tried);
            } else if (best == tried.lastKey()) {
                tryAll(List.of(best * COARSE), runs, tried);
            } else {
                return true;
            }
        }
        return false;
    }

    private static void tryAll(List<Double> rates, DoubleFunction<Trial> runs, NavigableMap<Double, Trial> tried) {
        rates.parallelStream()
                .map(runs::apply)
                .toList()
                .forEach(trial -> tried.put(trial.rate(), trial));
    }

    /** Of equal trials the one with the lowest rate. */
    private static Trial best(Collection<Trial> trials) {
        return trials.stream()
                .min(Trial.BEST_FIRST.thenComparing(Comparator.comparingDouble(Trial::rate)))
                .orElseThrow();
    }
}
