package trainyard.training.problem;

/**
 * The examples of one gradient, by name. Whatever is drawn for it follows from the name and the seed alone, so a worker's
 * j-th batch is the same under every update rule and at every time.
 *
 * @param worker who draws it, from 0
 * @param index how many batches the worker drew before
 * @param examples its size, 1 or more
 */
public record Batch(int worker, long index, int examples) {

    public Batch {
        if (worker < 0 || index < 0 || examples < 1) {
            throw new IllegalArgumentException(
                    "no batch of " + examples + " examples with index " + index + " of worker " + worker);
        }
    }
}
