package trainyard.scheduler.policy.goodput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.sim.random.RandomStreams;

class AllocationSearchTest {

    private static AllocationRow row(int... gpus) {
        return new AllocationRow(gpus);
    }

    private static Contender job(int least, int most, Contender.SpeedUp speedUp, int nodes) {
        return new Contender(least, most, AllocationRow.none(nodes), 1, speedUp);
    }

    private static AllocationProblem problem(List<Contender> jobs, double power, boolean avoids, int... capacity) {
        return new AllocationProblem(jobs, capacity, new boolean[capacity.length], power, avoids);
    }

    private static AllocationMatrix found(AllocationProblem problem, int seed) {
        AllocationRow[] now = problem.jobs().stream().map(Contender::now).toArray(AllocationRow[]::new);
        return new AllocationSearch(problem, new RandomStreams(seed, 0).stream("search"))
                .run(List.<AllocationRow[]>of(now), 100, 100, 25)
                .get(0);
    }

    private static AllocationRow rowOf(AllocationMatrix allocation, int job) {
        return allocation.row(job, row(0));
    }

    /**
     * Four GPUs of one node. The first job is as fast as its GPUs, the second never faster than on one; with p = -1 three and one are best:
     * 2 / (1/3 + 1/1) = 1.5 against 2 / (1/2 + 1/1) for two and two.
     */
    @Test
    void gpusGoToWhoUsesThem() {
        AllocationProblem problem =
                problem(List.of(job(1, 4, (gpus, nodes) -> gpus, 1), job(1, 4, (gpus, nodes) -> 1, 1)), -1, true, 4);

        AllocationMatrix best = found(problem, 1);

        assertEquals(3, rowOf(best, 0).total());
        assertEquals(1, rowOf(best, 1).total());
        assertEquals(2 / (1 / 3.001 + 1 / 1.001), best.fitness(), 1e-12);
    }

    /** Two GPUs of two nodes each. On two nodes a job is half as fast for each GPU, so each stays on one of them. */
    @Test
    void jobsStayTogetherWhereNodesAreFarApart() {
        Contender.SpeedUp slowAcross = (gpus, nodes) -> nodes == 1 ? gpus : 0.5 * gpus;

        AllocationMatrix best =
                found(problem(List.of(job(1, 4, slowAcross, 2), job(1, 4, slowAcross, 2)), -1, true, 2, 2), 2);

        assertEquals(1, rowOf(best, 0).nodes());
        assertEquals(1, rowOf(best, 1).nodes());
        assertEquals(2.001, best.fitness(), 1e-12);
    }

    /** To move, the first job would lose a quarter of its speed for 100 s, so it keeps its GPU and the second one gets the rest. */
    @Test
    void aJobThatMovedOftenStays() {
        Contender moves = new Contender(1, 4, row(1), 0.4, (gpus, nodes) -> gpus);
        Contender stays = new Contender(1, 4, row(1), 0.9, (gpus, nodes) -> gpus);

        assertEquals(
                1,
                rowOf(found(problem(List.of(moves, stays), -1, true, 4), 3), 0).total());
        assertEquals(
                3,
                rowOf(found(problem(List.of(moves, stays), -1, true, 4), 3), 1).total());
    }

    @Test
    void aJobOfFixedSizeHasAllOrNothing() {
        AllocationProblem problem = problem(
                List.of(job(6, 6, (gpus, nodes) -> gpus, 2), job(1, 8, (gpus, nodes) -> gpus, 2)), 1, true, 4, 4);

        AllocationMatrix best = found(problem, 4);

        assertTrue(rowOf(best, 0).total() == 6 || rowOf(best, 0).total() == 0);
        assertEquals(4.001, best.fitness(), 1e-12);
    }

    /** Of a hundred jobs that wait for two GPUs, two have one each, whichever: 100 / (2 / 1.001 + 98 / 0.001) is the best mean. */
    @Test
    void rowsOfALongQueueWithoutGpusAreNotKept() {
        List<Contender> many = new ArrayList<>();
        for (int job = 0; job < 100; job++) {
            many.add(job(1, 2, (gpus, nodes) -> gpus, 1));
        }

        AllocationMatrix best = found(problem(many, -1, true, 2), 5);

        assertEquals(2, best.jobs().length);
        assertEquals(100 / (2 / 1.001 + 98 / 0.001), best.fitness(), 1e-12);
        assertEquals(
                2,
                List.of(best.all(100, row(0))).stream()
                        .mapToInt(AllocationRow::total)
                        .sum());
    }

    /** The optimum of two and three jobs, by looking at every matrix, for random speed-ups, means and restart factors. */
    @Test
    void findsTheOptimumOfSmallClusters() {
        Random random = new Random(11);
        for (int i = 0; i < 60; i++) {
            int nodes = 1 + random.nextInt(2);
            int jobs = nodes == 1 ? 3 : 2;
            List<Contender> contenders = new ArrayList<>();
            int[] free = new int[nodes];
            java.util.Arrays.fill(free, 4);
            for (int job = 0; job < jobs; job++) {
                contenders.add(random(random, free));
            }
            double power = List.of(-1.0, -1.0, 0.0, 1.0, -4.0).get(random.nextInt(5));
            int[] capacity = new int[nodes];
            java.util.Arrays.fill(capacity, 4);
            AllocationProblem problem = problem(contenders, power, random.nextBoolean(), capacity);

            assertEquals(best(problem), found(problem, i).fitness(), 1e-12, "case " + i + ": " + problem);
        }
    }

    private static Contender random(Random random, int[] free) {
        double across = 0.3 + 0.8 * random.nextDouble();
        double serial = random.nextDouble();
        int most = 1 + random.nextInt(8);
        int[] now = new int[free.length];
        int node = random.nextInt(free.length);
        now[node] = Math.min(most, random.nextInt(Math.min(2, free[node]) + 1));
        free[node] -= now[node];
        return new Contender(
                1,
                most,
                new AllocationRow(now),
                random.nextDouble(),
                (gpus, nodes) -> (nodes > 1 ? across : 1) / (serial + (1 - serial) / gpus));
    }

    private static double best(AllocationProblem problem) {
        AllocationRow[] rows = new AllocationRow[problem.jobs().size()];
        return best(problem, rows, 0, problem.capacity().clone());
    }

    private static double best(AllocationProblem problem, AllocationRow[] rows, int job, int[] left) {
        if (job == rows.length) {
            return isAllowed(problem, rows) ? problem.fitness(rows) : 0;
        }
        double best = 0;
        int second = left.length > 1 ? left[1] : 0;
        for (int one = 0; one <= left[0]; one++) {
            for (int other = 0; other <= second; other++) {
                if (one + other <= problem.jobs().get(job).most()) {
                    rows[job] = left.length > 1 ? row(one, other) : row(one);
                    int[] rest = left.clone();
                    rest[0] -= one;
                    rest[rest.length - 1] -= other;
                    best = Math.max(best, best(problem, rows, job + 1, rest));
                }
            }
        }
        return best;
    }

    private static boolean isAllowed(AllocationProblem problem, AllocationRow[] rows) {
        int spread = 0;
        for (AllocationRow row : rows) {
            spread += row.nodes() > 1 ? 1 : 0;
        }
        return !problem.avoidsInterference() || spread < 2;
    }
}
