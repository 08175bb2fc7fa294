package trainyard.scheduler.peer.gavel;

import java.util.Arrays;

/**
 * Gives each row a column of its own such that the sum of costs is least, by shortest augmenting paths (D. F. Crouse, On
 * implementing 2D rectangular assignment algorithms, IEEE TAES 52(4), 2016). Of equal paths the one to a free column is taken,
 * as in the implementation that Gavel calls.
 */
final class LinearAssignment {

    private static final int NONE = -1;

    private final double[][] cost;
    private final int columns;
    private final double[] rowPrice;
    private final double[] columnPrice;
    private final int[] columnOfRow;
    private final int[] rowOfColumn;
    private final double[] shortest;
    private final int[] cameFrom;
    private final boolean[] rowSeen;
    private final boolean[] columnSeen;
    private double least;

    private LinearAssignment(double[][] cost) {
        this.cost = cost;
        this.columns = cost[0].length;
        this.rowPrice = new double[cost.length];
        this.columnPrice = new double[columns];
        this.columnOfRow = filled(cost.length);
        this.rowOfColumn = filled(columns);
        this.shortest = new double[columns];
        this.cameFrom = filled(columns);
        this.rowSeen = new boolean[cost.length];
        this.columnSeen = new boolean[columns];
    }

    private static int[] filled(int length) {
        int[] none = new int[length];
        Arrays.fill(none, NONE);
        return none;
    }

    /**
     * The column of each row.
     *
     * @param cost of each row, of at least as many columns as rows
     */
    static int[] of(double[][] cost) {
        if (cost.length == 0) {
            return new int[0];
        }
        LinearAssignment assignment = new LinearAssignment(cost);
        for (int row = 0; row < cost.length; row++) {
            int end = assignment.search(row);
            assignment.reprice(row);
            assignment.augment(row, end);
        }
        return assignment.columnOfRow;
    }

    /** The free column at the end of the shortest path from a row. */
    private int search(int start) {
        Arrays.fill(rowSeen, false);
        Arrays.fill(columnSeen, false);
        Arrays.fill(shortest, Double.POSITIVE_INFINITY);
        int[] left = new int[columns];
        Arrays.setAll(left, k -> columns - 1 - k);
        int count = columns;
        least = 0;
        int row = start;
        while (true) {
            rowSeen[row] = true;
            int best = relax(row, left, count);
            least = shortest[left[best]];
            int column = left[best];
            columnSeen[column] = true;
            left[best] = left[--count];
            if (rowOfColumn[column] == NONE) {
                return column;
            }
            row = rowOfColumn[column];
        }
    }

    private int relax(int row, int[] left, int count) {
        double lowest = Double.POSITIVE_INFINITY;
        int best = NONE;
        for (int k = 0; k < count; k++) {
            int column = left[k];
            double reach = least + cost[row][column] - rowPrice[row] - columnPrice[column];
            if (reach < shortest[column]) {
                cameFrom[column] = row;
                shortest[column] = reach;
            }
            boolean free = rowOfColumn[column] == NONE;
            if (best == NONE || shortest[column] < lowest || shortest[column] == lowest && free) {
                lowest = shortest[column];
                best = k;
            }
        }
        return best;
    }

    private void reprice(int start) {
        rowPrice[start] += least;
        for (int row = 0; row < cost.length; row++) {
            if (rowSeen[row] && row != start) {
                rowPrice[row] += least - shortest[columnOfRow[row]];
            }
        }
        for (int column = 0; column < columns; column++) {
            if (columnSeen[column]) {
                columnPrice[column] -= least - shortest[column];
            }
        }
    }

    private void augment(int start, int end) {
        int column = end;
        int row = NONE;
        while (row != start) {
            row = cameFrom[column];
            rowOfColumn[column] = row;
            int next = columnOfRow[row];
            columnOfRow[row] = column;
            column = next;
        }
    }
}
