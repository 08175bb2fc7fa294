package trainyard.scenario.verify.training;

import trainyard.parallel.plan.Batch;
import trainyard.scenario.verify.RowSkipped;

/** The batch of a row. */
final class RowBatch {

    private RowBatch() {}

    /**
     * The stated global and micro-batch; one that is missing follows from the number of micro-batches where that is
     * stated. A global batch that the replicas do not divide evenly is taken as the nearest one that they do.
     *
     * @throws RowSkipped if one is neither stated nor implied
     * @throws IllegalArgumentException if the batch is too large to count
     */
    static Batch of(RowCells cells, int data) {
        int micro = cells.optionalCount("mbs").orElseGet(() -> implied(cells, data));
        int perStep = RowCells.product("mbs x dp", micro, data);
        int global = cells.optionalCount("gbs")
                .orElseGet(() -> RowCells.product("mbs x dp by grad_accum", perStep, accumulation(cells, "gbs")));
        int microBatches = (int) Math.max(1, Math.round((double) global / perStep));
        return new Batch(
                RowCells.product("micro-batches by mbs x dp", microBatches, perStep), micro, cells.count("seq"));
    }

    private static int implied(RowCells cells, int data) {
        int all = RowCells.product("dp x grad_accum", data, accumulation(cells, "mbs"));
        int global = cells.optionalCount("gbs").orElseThrow(() -> RowSkipped.missing("mbs"));
        if (global % all != 0) {
            throw RowSkipped.missing("mbs");
        }
        return global / all;
    }

    private static int accumulation(RowCells cells, String missing) {
        return cells.optionalCount("grad_accum").orElseThrow(() -> RowSkipped.missing(missing));
    }
}
