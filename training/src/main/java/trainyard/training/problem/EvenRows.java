package trainyard.training.problem;

import java.util.Arrays;

/** Some rows that stand for all. */
public final class EvenRows {

    private EvenRows() {}

    /**
     * Rows at even distances, from the first on.
     *
     * @param count how many there are
     * @param most how many of them are taken, 1 or more; all where there are fewer
     */
    public static int[] of(int count, int most) {
        int[] rows = new int[Math.min(count, most)];
        Arrays.setAll(rows, i -> (int) ((long) i * count / rows.length));
        return rows;
    }
}
