package trainyard.scheduler.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NodeTreeTest {

    @Test
    void itFindsWhatALookAtAllNodesFinds() {
        Random random = new Random(7);
        for (int nodes = 1; nodes < 40; nodes++) {
            int[] numbers = new int[nodes];
            Arrays.fill(numbers, NodeTree.UNFIT);
            NodeTree tree = new NodeTree(nodes);
            for (int change = 0; change < 100; change++) {
                int node = random.nextInt(nodes);
                numbers[node] = random.nextInt(5) - 1;
                tree.set(node, numbers[node]);
                assertFinds(tree, numbers);
            }
        }
    }

    private static void assertFinds(NodeTree tree, int[] numbers) {
        int best = NodeTree.UNFIT;
        for (int node = 0; node < numbers.length; node++) {
            best = numbers[node] > (best < 0 ? NodeTree.UNFIT : numbers[best]) ? node : best;
        }
        int[] fitting = IntStream.range(0, numbers.length)
                .filter(node -> numbers[node] != NodeTree.UNFIT)
                .toArray();

        assertThat(tree.best()).isEqualTo(best);
        assertThat(IntStream.range(0, tree.fitting()).map(tree::fitting))
                .containsExactly(IntStream.of(fitting).boxed().toArray(Integer[]::new));
    }

    @Test
    void numbersThatArePutCountOnceItIsBuilt() {
        NodeTree tree = new NodeTree(3);
        tree.put(2, 4);
        tree.put(1, 4);
        tree.build();

        assertThat(tree.best()).isEqualTo(1);
        assertThat(tree.fitting()).isEqualTo(2);
    }
}
