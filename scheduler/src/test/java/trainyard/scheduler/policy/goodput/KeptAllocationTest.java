package trainyard.scheduler.policy.goodput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When no search is needed because the last one kept everything. */
class KeptAllocationTest {

    private static final AllocationRow ONE = new AllocationRow(new int[] {1});
    private static final AllocationRow NONE = new AllocationRow(new int[] {0});

    private static KeptAllocation.Member member(int job, int part, AllocationRow now, double factor) {
        return new KeptAllocation.Member(job, part, new Contender(1, 4, now, factor, (gpus, nodes) -> gpus));
    }

    private static KeptAllocation.Question question(int capacity, KeptAllocation.Member... members) {
        return new KeptAllocation.Question(List.of(members), new int[] {capacity}, new boolean[1], 2);
    }

    private static KeptAllocation kept(KeptAllocation.Question question, AllocationRow... rows) {
        KeptAllocation kept = new KeptAllocation();
        kept.answered(question, rows);
        return kept;
    }

    @Test
    void theSameQuestionIsAnsweredIfEverythingWasKept() {
        KeptAllocation.Question question = question(1, member(1, 0, ONE, 0.9), member(2, 0, NONE, 0.5));

        assertFalse(new KeptAllocation().answers(question));
        assertTrue(kept(question, ONE, NONE).answers(question));
        assertFalse(kept(question, NONE, ONE).answers(question));
    }

    @Test
    void anotherJobPartNumberOfGpusOrAllocationIsAnotherQuestion() {
        KeptAllocation kept = kept(question(2, member(1, 0, ONE, 0.9), member(2, 0, ONE, 0.9)), ONE, ONE);

        assertTrue(kept.answers(question(2, member(1, 0, ONE, 0.9), member(2, 0, ONE, 0.9))));
        assertFalse(kept.answers(question(2, member(1, 0, ONE, 0.9), member(3, 0, ONE, 0.9))));
        assertFalse(kept.answers(question(2, member(1, 1, ONE, 0.9), member(2, 0, ONE, 0.9))));
        assertFalse(kept.answers(question(2, member(1, 0, ONE, 0.9), member(2, 0, NONE, 0.9))));
        assertFalse(kept.answers(question(1, member(1, 0, ONE, 0.9), member(2, 0, ONE, 0.9))));
        assertFalse(kept.answers(question(2, member(1, 0, ONE, 0.9))));
    }

    /** A job of 600 s without restarts and a delay of 30 s: 600 / 630 = 0.952; a hundredth more, 0.9619, is passed between 757 s and 758 s. */
    @Test
    void aMoveThatHasBecomeCheaperIsAnotherQuestion() {
        KeptAllocation kept = kept(question(1, member(1, 0, ONE, 600 / 630.0), member(2, 0, NONE, 0.5)), ONE, NONE);

        assertTrue(kept.answers(question(1, member(1, 0, ONE, 757 / 787.0), member(2, 0, NONE, 0.9))));
        assertFalse(kept.answers(question(1, member(1, 0, ONE, 758 / 788.0), member(2, 0, NONE, 0.9))));
    }

    /** Whatever the mean, a matrix is worth at most as much more as the largest growth of a factor. */
    @Test
    void noMatrixGainsMoreThanTheFactors() {
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            List<Contender> before = new ArrayList<>();
            List<Contender> after = new ArrayList<>();
            AllocationRow[] rows = new AllocationRow[3];
            for (int job = 0; job < rows.length; job++) {
                rows[job] = new AllocationRow(new int[] {random.nextInt(3)});
                AllocationRow now = new AllocationRow(new int[] {random.nextInt(3)});
                double factor = 0.99 * random.nextDouble();
                before.add(new Contender(1, 4, now, factor, (gpus, nodes) -> Math.sqrt(gpus)));
                double grown = factor * (1 + 0.01 * random.nextDouble());
                after.add(new Contender(1, 4, now, grown, (gpus, nodes) -> Math.sqrt(gpus)));
            }
            double power = List.of(-4.0, -1.0, 0.0, 1.0).get(random.nextInt(4));

            double was = fitness(before, power, rows);
            double is = fitness(after, power, rows);

            assertTrue(is >= was * (1 - 1e-12) && is <= was * 1.01 * (1 + 1e-12), was + " became " + is);
            assertEquals(fitness(before, power, now(before)), fitness(after, power, now(after)), 0);
        }
    }

    private static AllocationRow[] now(List<Contender> jobs) {
        return jobs.stream().map(Contender::now).toArray(AllocationRow[]::new);
    }

    private static double fitness(List<Contender> jobs, double power, AllocationRow[] rows) {
        return new AllocationProblem(jobs, new int[] {9}, new boolean[1], power, true).fitness(rows);
    }
}
