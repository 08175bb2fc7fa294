package trainyard.scheduler.policy.sia;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.policy.sia.ConfigurationProgram.Option;
import trainyard.scheduler.policy.sia.ConfigurationProgram.Solution;

class ConfigurationProgramTest {

    /** Options as jobs have them: powers of two on up to three pools, with less and less gain. */
    private static List<List<Option>> random(Random random, int jobs, int pools, int most) {
        List<List<Option>> all = new ArrayList<>();
        for (int job = 0; job < jobs; job++) {
            List<Option> options = new ArrayList<>();
            double exchange = 0.3 * random.nextDouble();
            double factor = 0.8 + 0.2 * random.nextDouble();
            int now = random.nextInt(12);
            int widest = 1 + random.nextInt(most);
            for (int pool = 0; pool < pools; pool++) {
                double speed = 1 + 2 * random.nextDouble();
                for (int gpus = 1; gpus <= widest; gpus = gpus < 8 ? 2 * gpus : gpus + 8) {
                    double goodput = speed * gpus / (1 + exchange * Math.log(gpus) + 0.01 * gpus);
                    double kept = options.size() == now ? goodput : factor * goodput;
                    options.add(new Option(pool, gpus, 1.1 - Math.pow(kept, -0.5)));
                }
            }
            all.add(options);
        }
        return all;
    }

    /** The best choice of all of them, job by job. */
    private static double best(List<List<Option>> jobs, int job, int[] free) {
        if (job == jobs.size()) {
            return 0;
        }
        double best = best(jobs, job + 1, free);
        for (Option option : jobs.get(job)) {
            if (option.gpus() <= free[option.pool()]) {
                free[option.pool()] -= option.gpus();
                best = Math.max(best, option.worth() + best(jobs, job + 1, free));
                free[option.pool()] += option.gpus();
            }
        }
        return best;
    }

    private static void assertPossible(List<List<Option>> jobs, int[] capacity, Solution solution) {
        int[] free = capacity.clone();
        double worth = 0;
        for (int job = 0; job < jobs.size(); job++) {
            if (solution.chosen()[job] != ConfigurationProgram.NONE) {
                Option option = jobs.get(job).get(solution.chosen()[job]);
                free[option.pool()] -= option.gpus();
                worth += option.worth();
            }
        }
        for (int gpus : free) {
            assertTrue(gpus >= 0, "a pool gives more than it has");
        }
        assertEquals(worth, solution.worth(), 1e-9);
    }

    /**
     * Two jobs on a pool of 4 GPUs and one of 2. The first is worth 3 on four of the first and 2 on two of it, the second 2 on four of the first and 1.5 on two of the other:
     * together 3 + 1.5 is best; on the first pool alone 3, and 2 + nothing.
     */
    @Test
    void eachJobHasWhatIsBestForBoth() {
        List<List<Option>> jobs = List.of(
                List.of(new Option(0, 4, 3), new Option(0, 2, 2)), List.of(new Option(0, 4, 2), new Option(1, 2, 1.5)));

        Solution both = ConfigurationProgram.solve(jobs, new int[] {4, 2});
        Solution one = ConfigurationProgram.solve(jobs, new int[] {4, 1});

        assertArrayEquals(new int[] {0, 1}, both.chosen());
        assertEquals(4.5, both.worth());
        assertArrayEquals(new int[] {0, ConfigurationProgram.NONE}, one.chosen());
    }

    @Test
    void itIsTheBestOfAllChoices() {
        Random random = new Random(11);
        int beyondGreedy = 0;
        for (int i = 0; i < 300; i++) {
            int pools = 1 + random.nextInt(3);
            List<List<Option>> jobs = random(random, 1 + random.nextInt(5), pools, 8);
            int[] capacity = random.ints(pools, 0, 9).toArray();

            Solution found = ConfigurationProgram.solve(jobs, capacity);

            assertPossible(jobs, capacity, found);
            double best = best(jobs, 0, capacity.clone());
            assertTrue(found.bound() >= best - 1e-9, "the bound " + found.bound() + " is below " + best);
            assertEquals(best, found.worth(), ConfigurationProgram.TOLERANCE * found.bound() + 1e-9);
            int[] greedy = new GreedyChoice(
                            jobs, capacity, PoolPrices.of(jobs, capacity).prices())
                    .choose();
            double worth = 0;
            for (int job = 0; job < greedy.length; job++) {
                worth += greedy[job] < 0 ? 0 : jobs.get(job).get(greedy[job]).worth();
            }
            beyondGreedy += worth < best - ConfigurationProgram.TOLERANCE * found.bound() ? 1 : 0;
        }
        assertTrue(beyondGreedy > 10, "the search was needed " + beyondGreedy + " times");
    }

    @Test
    void manyJobsAreCloseToTheBound() {
        for (int seed = 0; seed < 9; seed++) {
            int jobs = seed < 3 ? 40 : seed < 6 ? 160 : 500;
            List<List<Option>> options = random(new Random(seed), jobs, 3, 64);
            int[] capacity = {jobs * 3 / 4, jobs * 3 / 4, jobs / 2};

            Solution found = ConfigurationProgram.solve(options, capacity);
            assertPossible(options, capacity, found);
            assertTrue(found.worth() >= (1 - 2e-3) * found.bound(), "worth " + found.worth() + " of " + found.bound());
        }
    }
}
