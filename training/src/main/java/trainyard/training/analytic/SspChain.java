package trainyard.training.analytic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.util.CombinatoricsUtils;

/**
 * The Markov chain of stale synchronous parallel with exponential times. A state is, for every class of workers of one rate, how many
 * of them are 0, 1, ..., s + 1 clocks ahead of the slowest; at s + 1 a worker is held up. Workers of one rate are alike, so
 * that the states of 64 equal workers are few.
 *
 * <p>The stationary law comes from Gauss-Seidel sweeps in the order of clocks ahead. Between two advances of the slowest the chain
 * only climbs in that order, so that one sweep follows it all the way up and few are needed.
 */
final class SspChain {

    static final int MOST_STATES = 300_000;

    private static final double CONVERGED = 1e-14;
    private static final int MOST_SWEEPS = 200_000;

    private final double[] rates;
    private final int[] sizes;
    private final int slack;

    /** States in the order of clocks ahead; each is counts by class and clocks ahead. */
    private final List<int[]> states = new ArrayList<>();

    private final Map<String, Integer> places = new HashMap<>();

    private SspChain(double[] rates, int[] sizes, int slack) {
        this.rates = rates;
        this.sizes = sizes;
        this.slack = slack;
    }

    static SspChain of(List<Double> rates, int slack) {
        Map<Double, Integer> classes = new LinkedHashMap<>();
        rates.forEach(rate -> classes.merge(rate, 1, Integer::sum));
        SspChain chain = new SspChain(
                classes.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
                classes.values().stream().mapToInt(Integer::intValue).toArray(),
                slack);
        // Also where the count is too large for a number.
        if (!(chain.stateCount() <= MOST_STATES)) {
            throw new IllegalArgumentException("more than " + MOST_STATES + " states of workers, rates and slack");
        }
        chain.addStates();
        return chain;
    }

    /** n workers spread over L levels in C(n + L - 1, n) ways; of those of all classes, the ones without anybody at level 0 are no states. */
    private double stateCount() {
        return waysOver(levels()) - waysOver(levels() - 1);
    }

    private double waysOver(int levels) {
        return Arrays.stream(sizes)
                .mapToDouble(size -> CombinatoricsUtils.binomialCoefficientDouble(size + levels - 1, size))
                .reduce(1, (one, other) -> one * other);
    }

    private int levels() {
        return slack + 2;
    }

    private void addStates() {
        fill(new int[sizes.length * levels()], 0, 0, sizes[0]);
        states.sort(Comparator.comparingInt(this::ahead));
        for (int i = 0; i < states.size(); i++) {
            places.put(Arrays.toString(states.get(i)), i);
        }
    }

    private void fill(int[] counts, int type, int level, int left) {
        int place = type * levels() + level;
        if (level == levels() - 1) {
            counts[place] = left;
            if (type + 1 < sizes.length) {
                fill(counts, type + 1, 0, sizes[type + 1]);
            } else {
                states.add(counts.clone());
            }
            return;
        }
        for (int n = least(counts, type, level); n <= left; n++) {
            counts[place] = n;
            fill(counts, type, level + 1, left - n);
        }
    }

    /** Somebody is the slowest: one of the last class where nobody of those before is. */
    private int least(int[] counts, int type, int level) {
        boolean isLast = level == 0 && type == sizes.length - 1;
        return isLast && IntStream.range(0, type).allMatch(other -> counts[other * levels()] == 0) ? 1 : 0;
    }

    private int slowest(int[] counts) {
        for (int level = 0; level < levels(); level++) {
            for (int type = 0; type < sizes.length; type++) {
                if (counts[type * levels() + level] > 0) {
                    return level;
                }
            }
        }
        throw new IllegalStateException("a state without workers");
    }

    private int ahead(int[] counts) {
        int sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i] * (i % levels());
        }
        return sum;
    }

    /** The state after a worker of a class and level has finished its clock. */
    private int after(int[] counts, int place) {
        int[] next = counts.clone();
        next[place]--;
        next[place + 1]++;
        int shift = slowest(next);
        if (shift > 0) {
            for (int i = 0; i < next.length; i++) {
                next[i] = i % levels() + shift < levels() ? next[i + shift] : 0;
            }
        }
        return places.get(Arrays.toString(next));
    }

    /** Clocks per second of all workers. */
    double throughput() {
        double[] leaving = new double[states.size()];
        Inflow inflow = inflow(leaving);
        double[] law = inflow.stationary(leaving);
        double sum = 0;
        for (int i = 0; i < law.length; i++) {
            sum += law[i] * leaving[i];
        }
        return sum;
    }

    private Inflow inflow(double[] leaving) {
        List<List<Flow>> into = new ArrayList<>();
        states.forEach(state -> into.add(new ArrayList<>()));
        for (int from = 0; from < states.size(); from++) {
            int[] counts = states.get(from);
            for (int place = 0; place < counts.length; place++) {
                if (counts[place] > 0 && place % levels() <= slack) {
                    double rate = counts[place] * rates[place / levels()];
                    leaving[from] += rate;
                    into.get(after(counts, place)).add(new Flow(from, rate));
                }
            }
        }
        return new Inflow(into);
    }

    /** A transition into a state. */
    private record Flow(int from, double rate) {}

    /** All transitions, by the state that they lead to. */
    private record Inflow(List<List<Flow>> into) {

        double[] stationary(double[] leaving) {
            double[] law = new double[leaving.length];
            Arrays.fill(law, 1.0 / law.length);
            for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
                if (sweep(law, leaving) <= CONVERGED) {
                    return law;
                }
            }
            throw new IllegalArgumentException("the stationary law is not found within " + MOST_SWEEPS + " sweeps");
        }

        /** One sweep; the greatest change of a probability. */
        private double sweep(double[] law, double[] leaving) {
            double[] before = law.clone();
            double sum = 0;
            for (int state = 0; state < law.length; state++) {
                double in = 0;
                for (Flow flow : into.get(state)) {
                    in += law[flow.from()] * flow.rate();
                }
                law[state] = in / leaving[state];
                sum += law[state];
            }
            double change = 0;
            for (int state = 0; state < law.length; state++) {
                law[state] /= sum;
                change = Math.max(change, Math.abs(law[state] - before[state]));
            }
            return change;
        }
    }
}
