package trainyard.scheduler.policy.goodput;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The genetic search of Pollux (Qiao et al., OSDI 2021, section 4.2): allocations are matrices of GPUs by job and node. Each generation has as many
 * children as the population. Both parents of one are the better of two drawn at random; each of its rows is that of one of them, is
 * mutated, and the matrix is repaired. The best of parents and children are the next population; of equal ones the older.
 *
 * <p>Mutations are those of its simulator (petuum/adaptdl, branch osdi21-artifact), each with a probability of 0.1: a row falls back to what the job has now;
 * a row loses each of its elements with a probability of 0.1. Then each job grows, in the mean on one of the nodes with free GPUs and on one of those of them on
 * which it is already, there by a number drawn between none and all that are free. A job of fixed size that has nothing is put on free GPUs from a
 * random node on, if it fits.
 */
public final class AllocationSearch {

    private static final double FALLS_BACK = 0.1;
    private static final double LOSES = 0.1;

    private final AllocationProblem problem;
    private final UniformRandomProvider random;
    private final MatrixRepair repair;
    /** The matrix that is being made. */
    private final int[][] gpus;

    /**
     * @param random its draws
     */
    public AllocationSearch(AllocationProblem problem, UniformRandomProvider random) {
        this.problem = problem;
        this.random = random;
        repair = new MatrixRepair(problem, random);
        gpus = new int[problem.jobs().size()][problem.nodes()];
    }

    /**
     * The last population, the best one first.
     *
     * @param seeds matrices to begin with, which may be impossible; at least one
     * @param patience after so many generations in a row that found no better matrix than the best one there are no more
     */
    public List<Allocation> run(List<AllocationRow[]> seeds, int size, int generations, int patience) {
        List<Allocation> population = new ArrayList<>();
        seeds.forEach(seed -> population.add(repaired(seed)));
        List<Allocation> best = best(population, size);
        int better = 0;
        for (int generation = 0; generation < generations && generation - better < patience; generation++) {
            double before = best.get(0).fitness();
            List<Allocation> all = new ArrayList<>(best);
            for (int child = 0; child < size; child++) {
                all.add(child(parent(best), parent(best)));
            }
            best = best(all, size);
            better = best.get(0).fitness() > before ? generation + 1 : better;
        }
        return best;
    }

    private static List<Allocation> best(List<Allocation> all, int size) {
        all.sort(Comparator.comparingDouble(Allocation::fitness).reversed());
        List<Allocation> best = new ArrayList<>(size);
        for (Allocation next : all) {
            if (best.size() < size && isNew(best, next)) {
                best.add(next);
            }
        }
        return best;
    }

    /** Equal ones have one fitness, and so stand together. */
    private static boolean isNew(List<Allocation> best, Allocation next) {
        for (int i = best.size() - 1; i >= 0 && best.get(i).fitness() == next.fitness(); i--) {
            if (best.get(i).isSame(next)) {
                return false;
            }
        }
        return true;
    }

    private Allocation parent(List<Allocation> population) {
        int one = random.nextInt(population.size());
        int other = random.nextInt(population.size());
        // The best stand first.
        return population.get(Math.min(one, other));
    }

    private Allocation child(Allocation one, Allocation other) {
        AllocationRow[] rows = new AllocationRow[problem.jobs().size()];
        for (int job = 0; job < rows.length; job++) {
            rows[job] = (random.nextBoolean() ? one : other).rows()[job];
            if (random.nextDouble() < FALLS_BACK) {
                rows[job] = problem.jobs().get(job).now();
            }
            rows[job].copyTo(gpus[job]);
        }
        mutate();
        return repairedFrom(rows);
    }

    private void mutate() {
        for (int[] row : gpus) {
            if (random.nextDouble() < LOSES) {
                for (int node = 0; node < row.length; node++) {
                    row[node] = random.nextDouble() < LOSES ? 0 : row[node];
                }
            }
        }
        int[] free = free();
        int first = random.nextInt(gpus.length);
        for (int i = 0; i < gpus.length; i++) {
            int job = (first + i) % gpus.length;
            if (problem.jobs().get(job).isRigid()) {
                place(gpus[job], problem.jobs().get(job).least(), free);
            } else {
                grow(gpus[job], free);
            }
        }
    }

    private int[] free() {
        int[] free = problem.capacity().clone();
        for (int[] row : gpus) {
            for (int node = 0; node < free.length; node++) {
                free[node] -= row[node];
            }
        }
        return free;
    }

    /** In the mean one of the nodes with free GPUs, and one of those of them on which it is already. */
    private void grow(int[] row, int[] free) {
        int open = 0;
        int own = 0;
        for (int node = 0; node < free.length; node++) {
            open += free[node] > 0 ? 1 : 0;
            own += free[node] > 0 && row[node] > 0 ? 1 : 0;
        }
        for (int node = 0; node < free.length && open > 0; node++) {
            if (free[node] > 0) {
                double any = 1.0 / open;
                double chance = row[node] > 0 ? any + 1.0 / own - any / own : any;
                int more = random.nextDouble() < chance ? random.nextInt(free[node] + 1) : 0;
                row[node] += more;
                free[node] -= more;
            }
        }
    }

    /** Puts a job of fixed size that has nothing on free GPUs from a node on, if it fits. */
    private void place(int[] row, int wanted, int[] free) {
        for (int count : row) {
            if (count > 0) {
                return;
            }
        }
        int first = random.nextInt(free.length);
        int left = wanted;
        for (int i = 0; i < free.length && left > 0; i++) {
            int node = (first + i) % free.length;
            row[node] = Math.max(0, Math.min(left, free[node]));
            left -= row[node];
            free[node] -= row[node];
        }
    }

    private Allocation repaired(AllocationRow[] rows) {
        for (int job = 0; job < rows.length; job++) {
            rows[job].copyTo(gpus[job]);
        }
        return repairedFrom(rows);
    }

    /** The matrix that was made of others, which keeps the rows that are as they were. */
    private Allocation repairedFrom(AllocationRow[] from) {
        repair.repair(gpus);
        AllocationRow[] rows = new AllocationRow[from.length];
        for (int job = 0; job < from.length; job++) {
            rows[job] = from[job].isSame(gpus[job]) ? from[job] : new AllocationRow(gpus[job].clone());
        }
        return new Allocation(rows, problem.fitness(rows));
    }
}
