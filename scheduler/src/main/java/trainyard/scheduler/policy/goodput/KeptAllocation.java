package trainyard.scheduler.policy.goodput;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a search was asked that found nothing better than to keep everything, so that none is needed while the question stays the same.
 *
 * <p>Of such a question only the restart factors of jobs change, which grow with their age. Where none has grown by more than a factor of {@link #GROWTH}, every matrix
 * is worth at most so many times as much as it was then, as what a matrix is worth grows at most in proportion to the speed-ups of its jobs. What is kept is worth the same, so
 * nothing beats it by more than that which did not beat it then.
 */
final class KeptAllocation {

    /** By how much more a matrix may have become worth before it is searched again. */
    private static final double GROWTH = 1.01;

    /**
     * A job as far as it matters to a search.
     *
     * @param part in which its work is; 0 where nothing is known of it
     */
    record Member(int job, int part, Contender contender) {

        private boolean asksTheSameAs(Member before) {
            return job == before.job
                    && part == before.part
                    && contender.least() == before.contender.least()
                    && contender.most() == before.contender.most()
                    && contender.now().isSame(before.contender.now())
                    && (contender.now().total() == 0
                            || contender.restartFactor() <= GROWTH * before.contender.restartFactor());
        }
    }

    /**
     * The jobs among which GPUs are handed out, and the rest of what decides how.
     *
     * @param fair GPUs of an equal share of the cluster
     */
    record Question(List<Member> members, int[] capacity, boolean[] closed, int fair) {

        private boolean isSameAs(Question before) {
            return fair == before.fair
                    && Arrays.equals(capacity, before.capacity)
                    && Arrays.equals(closed, before.closed)
                    && members.size() == before.members.size()
                    && sameMembers(before);
        }

        private boolean sameMembers(Question before) {
            for (int i = 0; i < members.size(); i++) {
                if (!members.get(i).asksTheSameAs(before.members.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    private Optional<Question> kept = Optional.empty();

    /** Whether a question was answered by keeping everything, and still is. */
    boolean answers(Question question) {
        return kept.isPresent() && question.isSameAs(kept.get());
    }

    /** A question was answered. */
    void answered(Question question, AllocationRow[] rows) {
        boolean keeps = true;
        for (int i = 0; i < rows.length; i++) {
            keeps &= rows[i].isSame(question.members().get(i).contender().now());
        }
        kept = keeps ? Optional.of(question) : Optional.empty();
    }
}
