package trainyard.parallel.model.adapter;

import java.util.List;
import java.util.Optional;
import trainyard.parallel.model.Split;

/** Products of a transformer layer that may carry an adapter, grouped as Megatron-Bridge names them (peft/lora.py). */
public enum AdapterModule {
    /** Projections to queries, keys and values ({@code linear_qkv}); all of them where latent attention has several. */
    QKV(false, "qkv", "query", "query down", "query up", "kv down", "kv up", "cross query", "cross key-value"),
    /** The projection of attention's result ({@code linear_proj}). */
    PROJECTION(true, "projection", "cross projection"),
    /** The first product of the MLP with its gate ({@code linear_fc1}), of every expert too. */
    MLP_UP(false, "mlp up", "experts up", "shared expert up"),
    /** The last product of the MLP ({@code linear_fc2}), of every expert too. */
    MLP_DOWN(true, "mlp down", "experts down", "shared expert down");

    /** Products down to the latents of keys and queries, which every tensor rank holds whole (LatentAttention). */
    private static final List<String> NOT_SPLIT = List.of("query down", "kv down");

    /** How the names of the products of routed experts begin. */
    private static final String ROUTED = "experts";

    private final boolean splitByRows;
    private final List<String> products;

    AdapterModule(boolean splitByRows, String... products) {
        this.splitByRows = splitByRows;
        this.products = List.of(products);
    }

    /** The module that a product belongs to, if any: routers, embeddings and logits carry no adapter. */
    static Optional<AdapterModule> of(String product) {
        for (AdapterModule module : values()) {
            if (module.products.contains(product)) {
                return Optional.of(module);
            }
        }
        return Optional.empty();
    }

    /** Whether tensor ranks split the depth of its products, whose results they sum; else the width. */
    boolean splitByRows() {
        return splitByRows;
    }

    /** Ranks that split a product. */
    static int ranks(String product, Split split) {
        if (NOT_SPLIT.contains(product)) {
            return 1;
        }
        return isRouted(product) ? split.expertTensor() : split.tensor();
    }

    /** Whether a product is one of routed experts. */
    static boolean isRouted(String product) {
        return product.startsWith(ROUTED);
    }
}
