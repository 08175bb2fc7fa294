package trainyard.scenario.verify.training;

import java.util.Optional;
import java.util.regex.Pattern;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.model.transformer.BertModel;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.MixtureOfExperts;
import trainyard.parallel.model.transformer.T5Model;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.model.transformer.Vocabulary;
import trainyard.scenario.verify.RowSkipped;

/**
 * The network of a row: the preset of that name where its shape is the stated one, since it also knows what no column
 * tells; else the family's usual network of the stated shape.
 */
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

    /**
     * vTrain's models are not padded: each tensor rank holds {@code vocab_size // world_size} rows of 50,257 (VIA-Research/
     * vTrain, src/model/gpt_modeling.py and gpt_model.py at f8dda84), an odd number on one rank. Those are the models of its
     * node; what ran on several nodes is Megatron-DeepSpeed, which pads.
     */
    private static final String VTRAIN = "vtrain";

    /** NeMo-Framework-Launcher 23.03, launcher_scripts/conf/training/t5: seq_length_dec. */
    private static final int T5_TARGET_LENGTH = 128;

    /** Notes on attention and MLP beside each other behind one norm, such as those of MegaScale (section 3.1). */
    private static final Pattern PARALLEL_PARTS =
            Pattern.compile("parallel (transformer )?block|parallel (residual|attention)|\\bptb\\b");

    private final RowCells cells;
    private final int tensor;
    private final String family;
    private final String name;

    private RowModel(RowCells cells, int tensor) {
        this.cells = cells;
        this.tensor = tensor;
        this.family = cells.words("family");
        this.name = cells.text("model");
    }

    /**
     * @throws RowSkipped if a dimension is not stated or the family is unknown
     */
    static Model of(RowCells cells, int tensor) {
        RowModel row = new RowModel(cells, tensor);
        if (row.family.isEmpty()) {
            throw RowSkipped.missing("family");
        }
        Model model = row.model();
        boolean parallel = PARALLEL_PARTS.matcher(cells.words("notes")).find();
        return parallel && model instanceof TransformerModel transformer
                ? transformer.with(transformer.style().withSharedNorm())
                : model;
    }

    private Model model() {
        cells.count("layers");
        cells.count("hidden");
        cells.count("heads");
        Optional<TransformerModel> known = preset();
        if (known.isPresent()) {
            return withPredictionLayer(stated(known.get()));
        }
        if (isOneOf("t5")) {
            return t5();
        }
        if (isOneOf("bert")) {
            return BertModel.of(
                    name,
                    cells.count("layers"),
                    cells.count("hidden"),
                    ffn(),
                    cells.count("heads"),
                    padded(cells.count("vocab")),
                    cells.count("seq"));
        }
        if (isOneOf("moe") || cells.optionalCount("experts").orElse(1) > 1) {
            return mixture();
        }
        if (isOneOf("llama", "mistral", "qwen")) {
            return llama();
        }
        if (isOneOf("gpt", "bloom", "opt")) {
            return gpt();
        }
        throw RowSkipped.notBuilt("model family " + family);
    }

    private boolean isOneOf(String... words) {
        for (String word : words) {
            if (family.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** The preset of the row's name, if every dimension that the row states is the preset's. */
    private Optional<TransformerModel> preset() {
        return ModelPresets.all().stream()
                .filter(model -> model.name().equals(name) && model instanceof TransformerModel)
                .map(TransformerModel.class::cast)
                .filter(this::agrees)
                .findFirst();
    }

    private boolean agrees(TransformerModel model) {
        int experts = model.experts();
        return says("layers", model.layerCount())
                && says("hidden", model.hidden())
                && says("heads", model.heads())
                && cells.optionalCount("experts").orElse(1) == experts
                && (experts > 1 || says("ffn", ((DenseMlp) model.lastBlock().mlp()).ffn()));
    }

    private boolean says(String column, int value) {
        return cells.optionalCount(column).orElse(value) == value;
    }

    private TransformerModel stated(TransformerModel model) {
        int rows = padded(cells.optionalCount("vocab").orElse(model.vocabulary().rows()));
        return model.with(new Vocabulary(rows, model.vocabulary().tied()))
                .with(model.positions().atLeast(cells.count("seq")));
    }

    /** Megatron-Bridge trains DeepSeek-V3 with one layer of multi-token prediction unless a row says otherwise. */
    private TransformerModel withPredictionLayer(TransformerModel model) {
        boolean predicts = name.startsWith("deepseek-v3")
                && cells.words("framework").contains("megatron")
                && !cells.words("notes").contains("w/o mtp");
        return predicts ? model.withPredictionLayers(1) : model;
    }

    private Model mixture() {
        if (isOneOf("mla")) {
            throw RowSkipped.missing("ranks of the latent attention of " + name);
        }
        int hidden = cells.count("hidden");
        int heads = cells.count("heads");
        int kvHeads = cells.optionalCount("kv_heads").orElse(heads);
        MixtureOfExperts mixture = MixtureOfExperts.of(cells.count("experts"), cells.count("topk"), cells.count("ffn"));
        Block block = new Block(GroupedQueryAttention.of(heads, kvHeads, hidden / heads), mixture);
        return TransformerModel.of(name, cells.count("layers"), hidden, block, padded(cells.count("vocab")), false);
    }

    private Model llama() {
        int heads = cells.count("heads");
        return TransformerModel.llama(
                name,
                cells.count("layers"),
                cells.count("hidden"),
                cells.count("ffn"),
                heads,
                cells.optionalCount("kv_heads").orElse(heads),
                padded(cells.count("vocab")));
    }

    private Model t5() {
        int hidden = cells.count("hidden");
        int layers = cells.count("layers");
        boolean tied = !family.contains("mt5");
        return new T5Model(
                name,
                hidden,
                layers,
                layers,
                GroupedQueryAttention.multiHead(hidden, cells.count("heads")),
                new DenseMlp(ffn(), !tied),
                new Vocabulary(padded(cells.count("vocab")), tied),
                T5_TARGET_LENGTH);
    }

    private Model gpt() {
        int layers = cells.count("layers");
        int hidden = cells.count("hidden");
        int heads = cells.count("heads");
        int sequence = cells.count("seq");
        int vocabulary = padded(cells.optionalCount("vocab").orElse(assumedVocabulary()));
        if (isOneOf("mpt")) {
            return TransformerModel.mpt(name, layers, hidden, ffn(), heads, vocabulary, sequence);
        }
        TransformerModel tied = isOneOf("bloom", "250k", "alibi")
                ? TransformerModel.bloom(name, layers, hidden, ffn(), heads, vocabulary)
                : TransformerModel.gpt(name, layers, hidden, ffn(), heads, vocabulary, sequence);
        return sharesTable(tied) ? tied : tied.with(new Vocabulary(vocabulary, false));
    }

    /**
     * Whether input and output share a table, as GPTs do unless the stated count of parameters is that of two tables: it
     * is not the count with one to the digits given, and nearer to that with two.
     */
    private boolean sharesTable(TransformerModel tied) {
        double stated = cells.optionalNumber("params_b").orElse(0);
        if (stated == 0) {
            return true;
        }
        String text = cells.text("params_b");
        int decimals = text.contains(".") ? text.length() - text.indexOf('.') - 1 : 0;
        double one = Math.abs(tied.parameters() / 1e9 - stated);
        double two = Math.abs((tied.parameters() + tied.tiedParameters()) / 1e9 - stated);
        return one <= 0.5 * Math.pow(10, -decimals) || one <= two;
    }

    private int assumedVocabulary() {
        return cells.words("framework").contains("sail-sg") ? ZERO_BUBBLE_VOCABULARY : ASSUMED_GPT_VOCABULARY;
    }

    /** Four times the width of the stream where nothing is stated, as every GPT and BERT has it. */
    private int ffn() {
        return cells.optionalCount("ffn").orElse(4 * cells.count("hidden"));
    }

    private int padded(int vocabulary) {
        if (cells.words("source").contains(VTRAIN) && cells.words("fabric").startsWith("single node")) {
            return vocabulary / tensor * tensor;
        }
        String framework = cells.words("framework");
        if (!framework.contains("megatron") && !framework.contains("nemo")) {
            return vocabulary;
        }
        int multiple = RowCells.product("vocabulary multiple x tp", VOCABULARY_MULTIPLE, tensor);
        return (vocabulary + multiple - 1) / multiple * multiple;
    }
}
