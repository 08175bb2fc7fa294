package trainyard.scheduler.policy.sia;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import trainyard.scheduler.policy.sia.ConfigurationProgram.Option;

/**
 * Looks for the best choice of a {@link ConfigurationProgram} by dynamic programming over its core. The regret of an option is how much less it is worth, at the
 * prices, than the best one of its job. A choice is worth the bound less the regrets of all its options and less what GPUs are worth that nobody has, so one
 * that is better than a known choice has no option whose regret is above the distance of that one from the bound. Jobs with one such option have it.
 * The others come one after the other, the widest first; of partial choices that leave as many GPUs of each pool the one with the least regret counts.
 *
 * <p>The choice is the best one if no step has more partial choices than {@link #MOST_STEPS} allows over all of them; else those with the least regret go on.
 */
final class CoreSearch {

    /** Options of partial choices that are looked at. */
    private static final int MOST_STEPS = 200_000;

    private static final int LEAST_WIDTH = 50;
    private static final int NONE = ConfigurationProgram.NONE;

    private final List<List<Option>> jobs;
    private final int[] capacity;
    private final double[] prices;
    private final List<Core> cores = new ArrayList<>();
    /** GPUs of each pool that the jobs of the core from one on can use at most. */
    private int[][] usable;

    /** An option and its regret. */
    private record Candidate(int index, int pool, int gpus, double regret) {}

    /** A job and its options that may be in a better choice, the least regretted first. */
    private record Core(int job, List<Candidate> candidates) {

        int most() {
            return candidates.stream().mapToInt(Candidate::gpus).max().orElse(0);
        }

        int widest(int pool) {
            return candidates.stream()
                    .filter(one -> one.pool() == pool)
                    .mapToInt(Candidate::gpus)
                    .max()
                    .orElse(0);
        }
    }

    /**
     * A choice for the first jobs of the core.
     *
     * @param free GPUs of each pool that are left
     * @param regret of its options
     * @param lost the same, and what GPUs are worth that the other jobs cannot use
     * @param before the same without its last job; null for none
     * @param last option of that
     */
    private record Partial(int[] free, double regret, double lost, Partial before, int last) {}

    CoreSearch(List<List<Option>> jobs, int[] capacity, PoolPrices prices) {
        this.jobs = jobs;
        this.capacity = capacity;
        this.prices = prices.prices();
    }

    /**
     * A choice that is better than a known one, if there is any.
     *
     * @param gap how far the known one is from the bound
     */
    int[] better(int[] known, double gap) {
        int[] free = capacity.clone();
        int[] chosen = known.clone();
        double regret = 0;
        int options = 0;
        for (int job = 0; job < jobs.size(); job++) {
            List<Candidate> candidates = candidates(job, gap);
            if (candidates.size() > 1) {
                cores.add(new Core(job, candidates));
                options += candidates.size();
            } else {
                Candidate only = candidates.get(0);
                chosen[job] = only.index();
                regret += only.regret();
                if (only.index() != NONE) {
                    free[only.pool()] -= only.gpus();
                }
            }
        }
        cores.sort(Comparator.comparingInt(Core::most).reversed().thenComparingInt(Core::job));
        countUsable();
        Partial best = search(new Partial(free, regret, regret, null, NONE), gap, options);
        return best == null ? known : complete(chosen, best);
    }

    private List<Candidate> candidates(int job, double gap) {
        List<Option> options = jobs.get(job);
        double most = 0;
        for (Option option : options) {
            most = Math.max(most, reduced(option));
        }
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            Option option = options.get(i);
            candidates.add(new Candidate(i, option.pool(), option.gpus(), most - reduced(option)));
        }
        candidates.add(new Candidate(NONE, NONE, 0, most));
        candidates.sort(Comparator.comparingDouble(Candidate::regret));
        double limit = Math.max(gap, candidates.get(0).regret());
        candidates.removeIf(one -> one.regret() > limit);
        return candidates;
    }

    private double reduced(Option option) {
        return option.worth() - prices[option.pool()] * option.gpus();
    }

    private void countUsable() {
        usable = new int[cores.size() + 1][capacity.length];
        for (int core = cores.size() - 1; core >= 0; core--) {
            for (int pool = 0; pool < capacity.length; pool++) {
                usable[core][pool] = usable[core + 1][pool] + cores.get(core).widest(pool);
            }
        }
    }

    /** The complete choice that loses least, if it loses less than the gap; null if there is none. */
    private Partial search(Partial start, double gap, int options) {
        for (int gpus : start.free()) {
            if (gpus < 0) {
                return null;
            }
        }
        int width = Math.max(LEAST_WIDTH, MOST_STEPS / Math.max(1, options));
        List<Partial> layer = List.of(start);
        for (int core = 0; core < cores.size() && !layer.isEmpty(); core++) {
            layer = next(layer, core, gap);
            if (layer.size() > width) {
                layer.sort(Comparator.comparingDouble(Partial::lost));
                layer = layer.subList(0, width);
            }
        }
        Partial best = null;
        double least = gap;
        for (Partial complete : layer) {
            double lost = lost(complete.free(), complete.regret(), cores.size());
            if (lost < least) {
                least = lost;
                best = complete;
            }
        }
        return best;
    }

    private List<Partial> next(List<Partial> layer, int core, double gap) {
        Map<IntBuffer, Partial> byFree = new HashMap<>();
        for (Partial partial : layer) {
            for (Candidate candidate : cores.get(core).candidates()) {
                double regret = partial.regret() + candidate.regret();
                if (regret >= gap) {
                    break;
                }
                boolean fits = candidate.index() == NONE || candidate.gpus() <= partial.free()[candidate.pool()];
                int[] free = fits ? partial.free().clone() : partial.free();
                if (fits && candidate.index() != NONE) {
                    free[candidate.pool()] -= candidate.gpus();
                }
                double lost = lost(free, regret, core + 1);
                if (fits && lost < gap) {
                    byFree.merge(
                            IntBuffer.wrap(free),
                            new Partial(free, regret, lost, partial, candidate.index()),
                            (one, other) -> other.regret() < one.regret() ? other : one);
                }
            }
        }
        return new ArrayList<>(byFree.values());
    }

    /** The regret, and what GPUs are worth that the jobs of the core from one on cannot use. */
    private double lost(int[] free, double regret, int core) {
        double sum = regret;
        for (int pool = 0; pool < free.length; pool++) {
            sum += prices[pool] * Math.max(0, free[pool] - usable[core][pool]);
        }
        return sum;
    }

    private int[] complete(int[] chosen, Partial best) {
        Partial partial = best;
        for (int core = cores.size() - 1; core >= 0; core--) {
            chosen[cores.get(core).job()] = partial.last();
            partial = partial.before();
        }
        return chosen;
    }
}
