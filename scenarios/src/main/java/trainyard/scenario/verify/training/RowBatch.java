package trainyard.scenario.verify.training;

import trainyard.parallel.plan.Batch;
import trainyard.scenario.verify.RowSkipped;

/** The batch of a row. */
final class RowBatch {

    private RowBatch() {}

    /**
     * The stated global and micro-batch, the latter in torchtitan the sequences of a rank in a step: its pipelines cut them into
     * as many micro-batches as there are pieces of the model, unless the row says how many (parallelisms/pipeline.py,
     * pipeline_parallel_microbatches). One that is missing follows from the number of micro-batches where that is
     * stated. A global batch that the replicas do not divide evenly is taken as the nearest one that they do.
     *
     * @param data replicas
     * @param pieces chunks of the model over all stages
     * @throws RowSkipped if one is neither stated nor implied
     * @throws IllegalArgumentException if the batch is too large to count
     */
    static Batch of(RowCells cells, int data, int pieces) {
        Batch stated = stated(cells, data);
        boolean whole = stated.global() == (long) stated.micro() * data;
        return RowSoftware.isTorchtitan(cells) && whole && stated.micro() % pieces == 0
                ? new Batch(stated.global(), stated.micro() / pieces, stated.sequence())
                : stated;
    }

    private static Batch stated(RowCells cells, int data) {
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
