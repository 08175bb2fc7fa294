package trainyard.parallel.model.transformer;

import trainyard.sim.checks.Checks;

/**
 * The table of token embeddings.
 *
 * @param rows tokens, padding included
 * @param tied whether input and output share one table
 */
public record Vocabulary(int rows, boolean tied) {

    public Vocabulary {
        Checks.atLeast("vocabulary", rows, 1);
    }
}
