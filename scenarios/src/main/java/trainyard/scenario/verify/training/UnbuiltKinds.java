package trainyard.scenario.verify.training;

import trainyard.scenario.verify.RowSkipped;

/** Tells rows that describe a kind of parallelism, model or training that the simulator does not have. */
final class UnbuiltKinds {

    private UnbuiltKinds() {}

    /**
     * @throws RowSkipped naming the kind
     */
    static void check(RowCells cells) {
        String notes = cells.text("notes");
        if (notes.contains("FINE-TUNING") && !notes.contains("LoRA")) {
            throw RowSkipped.notBuilt("supervised fine-tuning on packed sequences");
        }
    }
}
