package trainyard.scenario.verify.training;

import trainyard.parallel.model.transformer.Style;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.scenario.verify.RowSkipped;

/** The network of a row. */
final class RowModel {

    /** GPT-2's 50,257 tokens padded for eight tensor ranks; assumed where a GPT row does not state its vocabulary. */
    private static final int ASSUMED_GPT_VOCABULARY = 51_200;

    /**
     * The models of Qi et al. 2024 have 1.5, 6.2, 14.6 and 28.3 billion parameters, which all four shapes make only with
     * 26,900 to 35,000 tokens; their scripts use a SentencePiece model (sail-sg/zero-bubble-pipeline-parallelism,
     * examples/pretrain_zero_bubble.sh), whose usual size in that range is 32,000.
     */
    private static final int ZERO_BUBBLE_VOCABULARY = 32_000;

    /** Megatron-LM pads the vocabulary so that every tensor rank holds a multiple of this (make-vocab-size-divisible-by). */
    private static final int VOCABULARY_MULTIPLE = 128;

    private RowModel() {}

    /**
     * @throws RowSkipped if a dimension is not stated or the family is not a dense decoder
     */
    static TransformerModel of(RowCells cells, int tensor) {
        String family = cells.words("family");
        String name = cells.text("model");
        int layers = cells.count("layers");
        int hidden = cells.count("hidden");
        int heads = cells.count("heads");
        int sequence = cells.count("seq");
        if (isLlamaLike(family)) {
            return TransformerModel.llama(
                    name,
                    layers,
                    hidden,
                    cells.count("ffn"),
                    heads,
                    cells.optionalCount("kv_heads").orElse(heads),
                    padded(cells, cells.count("vocab"), tensor));
        }
        if (!family.contains("gpt") && !family.contains("bloom") && !family.contains("opt")) {
            throw family.isEmpty() ? RowSkipped.missing("family") : RowSkipped.notBuilt("model family " + family);
        }
        // Every GPT of Megatron-LM and GPT-3 has an MLP four times as wide as the residual stream.
        int ffn = cells.optionalCount("ffn").orElse(4 * hidden);
        int vocabulary = padded(cells, cells.optionalCount("vocab").orElse(assumedVocabulary(cells)), tensor);
        if (family.contains("mpt")) {
            // llm-foundry, configuration_mpt.py: learned positions unless ALiBi is asked for, no dropout, biases, tied.
            return TransformerModel.gpt(name, layers, hidden, ffn, heads, vocabulary, sequence)
                    .with(Style.GPT.withDropout(false));
        }
        boolean bloom = family.contains("bloom") || family.contains("250k") || family.contains("alibi");
        return bloom
                ? TransformerModel.bloom(name, layers, hidden, ffn, heads, vocabulary)
                : TransformerModel.gpt(name, layers, hidden, ffn, heads, vocabulary, sequence);
    }

    private static boolean isLlamaLike(String family) {
        return family.contains("llama") || family.contains("mistral") || family.contains("qwen");
    }

    private static int assumedVocabulary(RowCells cells) {
        return cells.words("framework").contains("sail-sg") ? ZERO_BUBBLE_VOCABULARY : ASSUMED_GPT_VOCABULARY;
    }

    private static int padded(RowCells cells, int vocabulary, int tensor) {
        String framework = cells.words("framework");
        if (!framework.contains("megatron") && !framework.contains("nemo")) {
            return vocabulary;
        }
        int multiple = VOCABULARY_MULTIPLE * tensor;
        return (vocabulary + multiple - 1) / multiple * multiple;
    }
}
