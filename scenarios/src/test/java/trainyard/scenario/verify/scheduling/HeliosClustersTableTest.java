package trainyard.scenario.verify.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.scenario.verify.RowScore;

class HeliosClustersTableTest {

    private static RowScore mean(String id, double predicted, double published) {
        return RowScore.scored(id, "mean job completion time", predicted, published, "s", "no");
    }

    private static List<RowScore> pairs(RowScore... scores) {
        return new HeliosClustersTable().overall(List.of(scores));
    }

    @Test
    void twoPoliciesOnOneClusterAreJudgedByTheirOrderAndTheirRatioIsShown() {
        List<RowScore> pairs = pairs(mean("a fifo", 300, 200), mean("a srtf", 100, 100), mean("b srtf", 1, 900));

        assertThat(pairs).extracting(RowScore::id).containsExactly("a fifo / srtf", "a fifo / srtf");
        assertThat(pairs.get(0).predicted().getAsDouble()).isCloseTo(3, within(1e-12));
        assertThat(pairs.get(0).published().getAsDouble()).isCloseTo(2, within(1e-12));
        assertThat(pairs.get(0).gated()).isFalse();
        assertThat(pairs.get(1).gated()).isTrue();
        assertThat(pairs.get(1).status()).isEqualTo(RowScore.Status.PASS);
    }

    @Test
    void theOtherOrderFailsAndMeansCloseTogetherHaveNone() {
        assertThat(pairs(mean("a fifo", 90, 200), mean("a srtf", 100, 100))
                        .get(1)
                        .status())
                .isEqualTo(RowScore.Status.FAIL);
        assertThat(pairs(mean("a fifo", 90, 104), mean("a srtf", 100, 100))).hasSize(1);
    }
}
