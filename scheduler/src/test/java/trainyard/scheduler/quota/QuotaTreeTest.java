package trainyard.scheduler.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuotaTreeTest {

    /** The queue has 4 GPUs and 8 processors of its own, and uses 2 GPUs and 12 processors. */
    @Test
    void whoWantsNoneOfWhatIsBorrowedDoesNotBorrow() {
        QuotaTree tree = new QuotaTree(List.of(
                QuotaSpec.inCohort("a", "all", Amounts.of(4, 8_000, 0), PreemptionRules.NEVER),
                QuotaSpec.inCohort("b", "all", Amounts.of(4, 8_000, 0), PreemptionRules.NEVER)));
        int queue = tree.queue("a");
        tree.use(queue, Amounts.of(2, 12_000, 0).toArray());

        assertThat(tree.borrowsWith(queue, Amounts.of(2, 0, 0).toArray())).isFalse();
        assertThat(tree.borrowsWith(queue, Amounts.of(3, 0, 0).toArray())).isTrue();
        assertThat(tree.borrowsWith(queue, Amounts.of(0, 1, 0).toArray())).isTrue();
    }
}
