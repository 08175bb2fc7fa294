package trainyard.scenario.verify.bubbles;

import java.util.List;
import trainyard.scenario.verify.RowSkipped;

/**
 * The shapes of Qi et al. 2024, table 3, which its bubble rates depend on by the memory that automatic schedules may use
 * and by the number of chunks.
 *
 * @param name size as the table prints it
 * @param hidden h
 * @param heads a
 * @param layers repeated layers with embedding and head counted as one each
 */
record BubbleModel(String name, int hidden, int heads, int layers) {

    private static final double SEQUENCE = 1024;

    private static final List<BubbleModel> ALL = List.of(
            new BubbleModel("1.5b", 2304, 24, 24),
            new BubbleModel("6.2b", 4096, 32, 32),
            new BubbleModel("14.6b", 5120, 40, 48),
            new BubbleModel("28.3b", 6144, 48, 64));

    /**
     * @throws RowSkipped if the shape of the model is not known
     */
    static BubbleModel named(String name) {
        return ALL.stream()
                .filter(model -> model.name.equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> RowSkipped.missing("the shape of model " + name));
    }

    /** Chunks per stage of one layer each. */
    int mostChunks(int stages) {
        return Math.max(1, layers / stages);
    }

    /** M_W / M_B = 32 h / (34 h + 5 a s), the activations that a weight gradient needs (their table 1). */
    double keptForWeight() {
        return 32.0 * hidden / (34.0 * hidden + 5 * heads * SEQUENCE);
    }
}
