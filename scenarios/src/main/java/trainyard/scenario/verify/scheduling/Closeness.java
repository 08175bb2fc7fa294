package trainyard.scenario.verify.scheduling;

import trainyard.scenario.verify.RowScore;
import trainyard.sim.csv.CsvRow;

/**
 * How near a figure has to come to that of a peer.
 *
 * @param share of the figure
 * @param words what the share follows from
 */
record Closeness(double share, String words) {

    /** Equal in every digit that the table gives. */
    static final Closeness LAST_DIGIT = new Closeness(0, "equal to the last digit");

    /**
     * Clocks in whole nanoseconds against clocks in doubles, on which a long run adds up rounding errors: figures printed
     * with more digits than that are equal within this share.
     */
    private static final double ROUNDING_SHARE = 2e-12;

    boolean exact() {
        return share == 0;
    }

    /** Scores a figure against a cell of a row. */
    RowScore score(CsvRow row, String column, String id, String quantity, double predicted, String unit) {
        double published = row.notNegative(column);
        double allowed = exact()
                ? Math.max(halfLastDigit(row.text(column)), ROUNDING_SHARE * Math.abs(published))
                : share * Math.abs(published);
        return RowScore.scored(id + " " + column, quantity, predicted, published, unit, "yes")
                .judged(Math.abs(predicted - published) <= allowed, words);
    }

    /** Half of the last digit of a number, and a little for the halves that were rounded the other way. */
    private static double halfLastDigit(String number) {
        int point = number.indexOf('.');
        int decimals = point < 0 ? 0 : number.length() - point - 1;
        return 0.51 * Math.pow(10, -Math.min(decimals, 12));
    }
}
