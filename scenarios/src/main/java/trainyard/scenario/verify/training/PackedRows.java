package trainyard.scenario.verify.training;

import trainyard.scenario.verify.RowSkipped;

/** Tells rows of supervised fine-tuning on packed samples, whose attention depends on lengths that no row states. */
final class PackedRows {

    private PackedRows() {}

    /**
     * @throws RowSkipped if the row is one
     */
    static void refuse(RowCells cells) {
        String notes = cells.text("notes");
        if (notes.contains("FINE-TUNING") && !notes.contains("LoRA")) {
            throw RowSkipped.missing("lengths of the samples that are packed into a sequence");
        }
    }
}
