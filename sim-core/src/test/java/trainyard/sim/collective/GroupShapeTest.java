package trainyard.sim.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupShapeTest {

    @Test
    void ranksLieOnNodesAsTheShapeSays() {
        Random random = new Random(20261130);
        for (int i = 0; i < 2000; i++) {
            int most = 1 + random.nextInt(8);
            int fewest = 1 + random.nextInt(most);
            int nodes = 2 + random.nextInt(6);
            int ranks = most + (nodes - 1) * fewest + random.nextInt(1 + (nodes - 2) * (most - fewest));
            GroupShape shape = new GroupShape(ranks, nodes, most, fewest, 1);
            int sum = 0;
            for (int node = 0; node < nodes; node++) {
                assertThat(shape.ranksOn(node)).isBetween(fewest, most);
                sum += shape.ranksOn(node);
            }
            assertThat(sum).isEqualTo(ranks);
        }
        assertThatThrownBy(() -> new GroupShape(10, 2, 8, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("10 ranks do not lie on 2 nodes with at most 8 and at least 1 on each");
    }
}
