package trainyard.training.problem;

/** Which rows of the training data a batch holds. */
@FunctionalInterface
public interface DataOrder {

    /**
     * The rows of a batch, a pure function of it.
     *
     * @param batch whose
     * @param rows is overwritten, as long as the batch has examples; each row from 0
     */
    void rows(Batch batch, int[] rows);
}
