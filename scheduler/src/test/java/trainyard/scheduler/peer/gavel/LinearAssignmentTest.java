package trainyard.scheduler.peer.gavel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearAssignmentTest {

    @Test
    void theSumIsTheLeastOfAllAssignments() {
        Random random = new Random(20261128);
        for (int trial = 0; trial < 200; trial++) {
            double[][] cost = new double[1 + random.nextInt(4)][4 + random.nextInt(3)];
            Arrays.stream(cost).forEach(row -> Arrays.setAll(row, k -> random.nextInt(20)));
            int[] columns = LinearAssignment.of(cost);

            double sum = 0;
            for (int row = 0; row < cost.length; row++) {
                sum += cost[row][columns[row]];
            }
            assertThat(columns).doesNotHaveDuplicates();
            assertThat(sum).isCloseTo(least(cost, 0, 0), within(1e-9));
        }
    }

    private static double least(double[][] cost, int row, int taken) {
        if (row == cost.length) {
            return 0;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int column = 0; column < cost[row].length; column++) {
            if ((taken >> column & 1) == 0) {
                least = Math.min(least, cost[row][column] + least(cost, row + 1, taken | 1 << column));
            }
        }
        return least;
    }

    @Test
    void noRowsHaveNoColumns() {
        assertThat(LinearAssignment.of(new double[0][0])).isEmpty();
    }
}
