package trainyard.parallel.model.transformer;

/** Which products of a block add a bias. */
public enum Biases {
    NONE,
    /** Queries, keys and values only (Qwen 1 to 2.5). */
    QKV,
    ALL;

    boolean onQkv() {
        return this != NONE;
    }

    boolean onAll() {
        return this == ALL;
    }
}
