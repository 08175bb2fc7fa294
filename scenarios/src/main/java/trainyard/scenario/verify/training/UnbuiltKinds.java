package trainyard.scenario.verify.training;

import trainyard.scenario.verify.RowSkipped;

/** Tells rows that describe a kind of parallelism, model, precision or training that the simulator does not have. */
final class UnbuiltKinds {

    private UnbuiltKinds() {}

    /**
     * @throws RowSkipped naming the kind
     */
    static void check(RowCells cells) {
        precision(cells);
        if (cells.text("notes").contains("FINE-TUNING")) {
            throw RowSkipped.notBuilt("fine-tuning");
        }
    }

    private static void precision(RowCells cells) {
        String precision = cells.words("precision");
        if (precision.contains("fp8")) {
            throw RowSkipped.notBuilt("FP8 precision");
        }
        if (precision.contains("fp4")) {
            throw RowSkipped.notBuilt("FP4 precision");
        }
        if (precision.contains("int8")) {
            throw RowSkipped.notBuilt("INT8 precision");
        }
    }
}
