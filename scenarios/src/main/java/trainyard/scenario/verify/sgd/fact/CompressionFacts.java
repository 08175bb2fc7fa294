package trainyard.scenario.verify.sgd.fact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.fact.Fact;
import trainyard.scenario.verify.fact.FactModel;
import trainyard.training.compression.Compression;
import trainyard.training.compression.NoCompression;
import trainyard.training.compression.PowerSgd;
import trainyard.training.network.CifarResNet18;
import trainyard.training.problem.ParameterBlock;

/** Bytes per epoch of PowerSGD (T. Vogels et al. 2019, arXiv 1905.13727, tables 3 and following), by the messages of compressors. */
final class CompressionFacts implements FactModel {

    private static final double MEBI = 1 << 20;

    /** Of 50,000 images by 16 workers with 128 each. */
    private static final int CIFAR_STEPS = 24;

    /** Which 7730 MiB of uncompressed gradients imply. */
    private static final int WIKITEXT_STEPS = 70;

    @Override
    public Optional<RowScore> score(Fact fact) {
        if (!fact.subject().equals("powersgd_table") || !fact.metric().equals("data sent per epoch")) {
            return Optional.empty();
        }
        String task = fact.parameters().required("task");
        boolean isLanguage = task.contains("LSTM");
        if (!isLanguage && !task.contains("ResNet18")) {
            throw RowSkipped.notBuilt("layers of " + task);
        }
        List<ParameterBlock> blocks = isLanguage ? wikiTextLstm() : CifarResNet18.blocks();
        double bytes = compression(fact.parameters().required("method"))
                .message(blocks)
                .bytes();
        double predicted = (isLanguage ? WIKITEXT_STEPS : CIFAR_STEPS) * bytes / MEBI;
        return Optional.of(fact.scored(predicted, fact.gate())
                .judged(Math.abs(predicted - fact.value()) <= fact.rounding(), "held to its last digit"));
    }

    private static Compression compression(String method) {
        if (method.equals("SGD")) {
            return new NoCompression();
        }
        if (!method.matches("Rank [1-9][0-9]?")) {
            throw RowSkipped.notBuilt("the method " + method);
        }
        return new PowerSgd(Integer.parseInt(method.substring("Rank ".length())));
    }

    /**
     * The parameters of a three-layer LSTM of 650 units whose 28,869 words are encoded by the weights that also decode them
     * (appendix of the paper).
     */
    static List<ParameterBlock> wikiTextLstm() {
        int words = 28_869;
        int units = 650;
        int gates = 4 * units;
        List<ParameterBlock> blocks = new ArrayList<>();
        add(blocks, 0, words, units);
        add(blocks, 0, 1, words);
        for (int layer = 1; layer <= 3; layer++) {
            add(blocks, layer, gates, units);
            add(blocks, layer, gates, units);
            add(blocks, layer, 1, gates);
            add(blocks, layer, 1, gates);
        }
        return blocks;
    }

    private static void add(List<ParameterBlock> blocks, int layer, int rows, int columns) {
        int offset = blocks.isEmpty() ? 0 : blocks.get(blocks.size() - 1).end();
        blocks.add(new ParameterBlock("layer " + layer, layer, offset, rows, columns));
    }
}
