package trainyard.scenario.verify.training;

import trainyard.scenario.verify.RowSkipped;

/** Tells rows that describe a kind of parallelism, model or training that the simulator does not have. */
final class UnbuiltKinds {

    private UnbuiltKinds() {}

    /**
     * @throws RowSkipped naming the kind
     */
    static void check(RowCells cells) {
        if (cells.text("notes").contains("FINE-TUNING")) {
            throw RowSkipped.notBuilt("fine-tuning");
        }
    }
}
