package trainyard.faults.recovery;

/**
 * Forecasts of faults that take a node.
 *
 * @param recall share of such faults that are foretold, in [0, 1]
 * @param precision share of warnings that come true, in (0, 1]
 * @param leadNanos time from the warning to the fault, above 0
 */
public record Warnings(double recall, double precision, long leadNanos) {

    public Warnings {
        if (!(recall >= 0 && recall <= 1 && precision > 0 && precision <= 1) || leadNanos < 1) {
            throw new IllegalArgumentException("warnings need recall and precision up to 1 and a lead, got " + recall
                    + ", " + precision + " and " + leadNanos + " ns");
        }
    }

    /** False warnings per node that a fault takes, {@code recall (1 - precision) / precision}. */
    public double falsePerNode() {
        return recall * (1 - precision) / precision;
    }
}
