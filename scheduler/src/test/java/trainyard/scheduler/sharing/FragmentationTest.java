package trainyard.scheduler.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FragmentationTest {

    private static final PodDemand HALF = new PodDemand(1000, 0, 1, 500, Set.of());
    private static final PodDemand WITHOUT = new PodDemand(1000, 0, 0, 0, Set.of());

    private static GpuNode node() {
        GpuNode node = new GpuNode("T4", 64_000, 256_000, 2);
        node.put(new PodDemand(1000, 0, 1, 700, Set.of()), 1);
        return node;
    }

    @Test
    void whatIsLeftOnAGpuIsLostToAPodThatWantsMore() {
        assertThat(Fragmentation.of(List.of(HALF), 1).of(node())).isCloseTo(300, within(1e-9));
    }

    @Test
    void podsWithoutGpusLoseAllAndCountByTheirPopularity() {
        Fragmentation mixed = Fragmentation.of(List.of(HALF, HALF, HALF, WITHOUT), 1);

        assertThat(mixed.of(node())).isCloseTo(0.75 * 300 + 0.25 * 1300, within(1e-9));
    }

    @Test
    void aPodThatFillsAGapLeavesLess() {
        Fragmentation halves = Fragmentation.of(List.of(HALF), 1);
        PodDemand filler = new PodDemand(1000, 0, 1, 300, Set.of());

        assertThat(halves.with(node(), filler, 1)).isZero();
        assertThat(halves.with(node(), filler, 0)).isCloseTo(300, within(1e-9));
    }
}
