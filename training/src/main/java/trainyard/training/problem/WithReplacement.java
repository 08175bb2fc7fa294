package trainyard.training.problem;

import org.apache.commons.rng.UniformRandomProvider;
import trainyard.sim.random.RandomStreams;

/** Every example of every batch is any row with the same chance, as most proofs of convergence assume. */
public final class WithReplacement implements DataOrder {

    private final int rowCount;
    private final BatchDraws draws;

    /**
     * @param rowCount rows of the training data, 1 or more
     * @param streams of the run
     */
    public WithReplacement(int rowCount, RandomStreams streams) {
        if (rowCount < 1) {
            throw new IllegalArgumentException("no row to draw from");
        }
        this.rowCount = rowCount;
        draws = new BatchDraws(streams, "rows with replacement");
    }

    @Override
    public void rows(Batch batch, int[] rows) {
        UniformRandomProvider random = draws.of(batch);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.nextInt(rowCount);
        }
    }
}
