package trainyard.training.problem;

import java.util.OptionalLong;

/** A problem whose examples are rows of data, each equally dear. */
public interface RowProblem extends Problem {

    /** Rows of the training data. */
    int rows();

    /** Which rows a batch holds. */
    DataOrder order();

    /**
     * The gradient of the mean loss of rows.
     *
     * @param parameters where; not changed
     * @param rows at least one
     * @param gradient is overwritten, as long as the parameters
     */
    void gradient(double[] parameters, int[] rows, double[] gradient);

    @Override
    default void gradient(double[] parameters, Batch batch, double[] gradient) {
        int[] rows = new int[batch.examples()];
        order().rows(batch, rows);
        gradient(parameters, rows, gradient);
    }

    @Override
    default void lossGradient(double[] parameters, int mostExamples, double[] gradient) {
        gradient(parameters, EvenRows.of(rows(), mostExamples), gradient);
    }

    @Override
    default OptionalLong epoch() {
        return OptionalLong.of(rows());
    }
}
