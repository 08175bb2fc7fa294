package trainyard.scheduler.policy.goodput;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
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
    private final MatrixDraft draft;
    private final AllocationRow none;
    /** Jobs that have GPUs now, ascending. */
    private final int[] running;

    /**
     * @param random its draws
     */
    public AllocationSearch(AllocationProblem problem, UniformRandomProvider random) {
        this.problem = problem;
        this.random = random;
        repair = new MatrixRepair(problem, random);
        draft = new MatrixDraft(problem.jobs().size(), problem.nodes());
        none = AllocationRow.none(problem.nodes());
        running = IntStream.range(0, problem.jobs().size())
                .filter(job -> problem.jobs().get(job).now().total() > 0)
                .toArray();
    }

    /**
     * The last population, the best one first.
     *
     * @param seeds matrices to begin with, which may be impossible; at least one
     * @param patience after so many generations in a row that found no better matrix than the best one there are no more
     */
    public List<AllocationMatrix> run(List<AllocationRow[]> seeds, int size, int generations, int patience) {
        List<AllocationMatrix> population = new ArrayList<>();
        seeds.forEach(seed -> population.add(repaired(seed)));
        List<AllocationMatrix> best = best(population, size);
        int better = 0;
        for (int generation = 0; generation < generations && generation - better < patience; generation++) {
            double before = best.get(0).fitness();
            List<AllocationMatrix> all = new ArrayList<>(best);
            for (int child = 0; child < size; child++) {
                all.add(child(parent(best), parent(best)));
            }
            best = best(all, size);
            better = best.get(0).fitness() > before ? generation + 1 : better;
        }
        return best;
    }

    private static List<AllocationMatrix> best(List<AllocationMatrix> all, int size) {
        all.sort(Comparator.comparingDouble(AllocationMatrix::fitness).reversed());
        List<AllocationMatrix> best = new ArrayList<>(size);
        for (AllocationMatrix next : all) {
            if (best.size() < size && isNew(best, next)) {
                best.add(next);
            }
        }
        return best;
    }

    /** Equal ones have one fitness, and so stand together. */
    private static boolean isNew(List<AllocationMatrix> best, AllocationMatrix next) {
        for (int i = best.size() - 1; i >= 0 && best.get(i).fitness() == next.fitness(); i--) {
            if (best.get(i).isSame(next)) {
                return false;
            }
        }
        return true;
    }

    private AllocationMatrix parent(List<AllocationMatrix> population) {
        int one = random.nextInt(population.size());
        int other = random.nextInt(population.size());
        // The best stand first.
        return population.get(Math.min(one, other));
    }

    private AllocationMatrix child(AllocationMatrix one, AllocationMatrix other) {
        draft.clear();
        JobUnion jobs = new JobUnion(one.jobs(), other.jobs(), running);
        for (int job = jobs.next(); job < JobUnion.END; job = jobs.next()) {
            AllocationRow row = (random.nextBoolean() ? one : other).row(job, none);
            if (random.nextDouble() < FALLS_BACK) {
                row = problem.jobs().get(job).now();
            }
            draft.put(job, row);
        }
        mutate();
        return repaired();
    }

    private void mutate() {
        for (int i = 0; i < draft.count(); i++) {
            int[] row = draft.row(draft.job(i));
            if (random.nextDouble() < LOSES) {
                for (int node = 0; node < row.length; node++) {
                    row[node] = random.nextDouble() < LOSES ? 0 : row[node];
                }
            }
        }
        int[] free = draft.left(problem.capacity());
        int first = random.nextInt(draft.allJobs());
        for (int i = 0; i < draft.allJobs() && hasAny(free); i++) {
            int job = (first + i) % draft.allJobs();
            if (problem.jobs().get(job).isRigid()) {
                place(job, free);
            } else {
                grow(job, free);
            }
        }
    }

    private static boolean hasAny(int[] free) {
        for (int gpus : free) {
            if (gpus > 0) {
                return true;
            }
        }
        return false;
    }

    /** In the mean one of the nodes with free GPUs, and one of those of them on which it is already. */
    private void grow(int job, int[] free) {
        int[] row = draft.row(job);
        int open = 0;
        int own = 0;
        for (int node = 0; node < free.length; node++) {
            open += free[node] > 0 ? 1 : 0;
            own += free[node] > 0 && row[node] > 0 ? 1 : 0;
        }
        for (int node = 0; node < free.length; node++) {
            if (free[node] > 0) {
                double any = 1.0 / open;
                double chance = row[node] > 0 ? any + 1.0 / own - any / own : any;
                int more = random.nextDouble() < chance ? random.nextInt(free[node] + 1) : 0;
                if (more > 0) {
                    draft.list(job);
                    row[node] += more;
                    free[node] -= more;
                }
            }
        }
    }

    /** Puts a job of fixed size that has nothing on free GPUs from a node on, if it fits. */
    private void place(int job, int[] free) {
        int[] row = draft.row(job);
        for (int count : row) {
            if (count > 0) {
                return;
            }
        }
        draft.list(job);
        int first = random.nextInt(free.length);
        int left = problem.jobs().get(job).least();
        for (int i = 0; i < free.length && left > 0; i++) {
            int node = (first + i) % free.length;
            row[node] = Math.max(0, Math.min(left, free[node]));
            left -= row[node];
            free[node] -= row[node];
        }
    }

    private AllocationMatrix repaired(AllocationRow[] rows) {
        draft.clear();
        for (int job = 0; job < rows.length; job++) {
            draft.put(job, rows[job]);
        }
        return repaired();
    }

    /** What the draft becomes, with the rows that are as they were put there. */
    private AllocationMatrix repaired() {
        repair.repair(draft);
        draft.sort();
        int[] jobs = new int[draft.count()];
        AllocationRow[] rows = new AllocationRow[jobs.length];
        int having = 0;
        for (int i = 0; i < draft.count(); i++) {
            int job = draft.job(i);
            AllocationRow row = draft.made(job);
            if (row.total() > 0) {
                jobs[having] = job;
                rows[having++] = row;
            }
        }
        jobs = Arrays.copyOf(jobs, having);
        rows = Arrays.copyOf(rows, having);
        return new AllocationMatrix(jobs, rows, problem.fitness(jobs, rows));
    }
}
