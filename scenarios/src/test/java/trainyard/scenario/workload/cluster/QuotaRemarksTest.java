package trainyard.scenario.workload.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.quota.Amounts;
import trainyard.scheduler.quota.QuotaSpec;

class QuotaRemarksTest {

    private static final ClusterJob OF_A = new ClusterJob("1", "a", 0, 1, 1, 1);
    private static final ClusterJob OF_NOBODY = new ClusterJob("2", "", 0, 1, 1, 1);

    private static QuotaSpec quota(String team, long gpus) {
        return QuotaSpec.hard(team, Amounts.ofGpus(gpus));
    }

    @Test
    void quotasThatFitAndNameEveryTeamAreNotOdd() {
        assertThat(QuotaRemarks.of(List.of(quota("a", 5), quota("b", 3)), List.of(OF_A), 8))
                .isEmpty();
        assertThat(QuotaRemarks.of(List.of(), List.of(OF_A), 8)).isEmpty();
    }

    @Test
    void moreThanTheClusterHasIsSaid() {
        assertThat(QuotaRemarks.of(List.of(quota("a", 5), quota("b", 4)), List.of(OF_A), 8))
                .contains("Quotas: 9 GPUs in all, and the cluster has 8: not every team can have its own at once");
    }

    @Test
    void teamsThatNoQuotaBindsAreNamed() {
        assertThat(QuotaRemarks.of(List.of(quota("b", 4)), List.of(OF_A, OF_NOBODY), 8))
                .contains("Quotas: none for jobs of no team, team a, whose jobs may use whatever is free");
    }

    @Test
    void aQuotaWithoutALimitIsNotAddedUp() {
        QuotaSpec unlimited = QuotaSpec.hard("a", Amounts.ALL);
        assertThat(QuotaRemarks.of(List.of(unlimited, quota("b", 4)), List.of(OF_A), 8))
                .isEmpty();
    }
}
