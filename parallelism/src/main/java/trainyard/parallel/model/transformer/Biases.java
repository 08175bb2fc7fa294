package trainyard.parallel.model.transformer;

/** Which products of a block add a bias. */
public enum Biases {
    NONE,
    /** Queries, keys and values only (Qwen 1 to 2.5). */
    QKV,
    /** Those and the projection of attention (Llama with attention_bias). */
    ATTENTION,
    /** Products of the MLP only (GPT-J). */
    MLP,
    ALL;

    /** Those of a model that says of attention and MLP apart whether they have any. */
    public static Biases of(boolean attention, boolean mlp) {
        return mlp ? attention ? ALL : MLP : attention ? ATTENTION : NONE;
    }

    boolean onQkv() {
        return this == QKV || onProjection();
    }

    boolean onProjection() {
        return this == ATTENTION || this == ALL;
    }

    boolean onMlp() {
        return this == MLP || this == ALL;
    }
}
