package trainyard.scenario.verify.sgd;

import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.RowSkipped;
import trainyard.training.analytic.ErrorFeedback;
import trainyard.training.analytic.OuterSync;
import trainyard.training.compression.CifarResNet18;
import trainyard.training.compression.GradientBytes;
import trainyard.training.problem.ParameterBlock;

/** Bytes of compressed gradients and of rare exchanges. */
final class CompressionForms {

    private static final int FP32_BITS = 32;

    private CompressionForms() {}

    static void addTo(GoldenForms forms) {
        addPowerSgd(forms);
        addMessages(forms);
        addOuterSync(forms);
        forms.addPattern(
                "error-feedback top-(\\d{1,6}): sent value",
                words -> row -> ErrorFeedback.sent(gradient(row), kept(words), row.whole("step"))[row.whole("coord")]);
    }

    private static void addPowerSgd(GoldenForms forms) {
        forms.add("cifar resnet-18 parameter count", row -> values(model(row)));
        forms.add("powersgd fp32 bytes of one gradient message", row -> GradientBytes.lowRank(rank(row), model(row)));
        forms.add("powersgd compression ratio \\(matrices only\\)", row -> ratio(row, matrices(row)));
        forms.add("powersgd compression ratio incl\\. uncompressed vectors", row -> ratio(row, model(row)));
        forms.add(
                "powersgd floats for one matrix",
                row -> GradientBytes.factors(rank(row), row.whole("n"), row.whole("m")));
    }

    private static void addMessages(GoldenForms forms) {
        forms.add("top-k payload per worker.*", row -> GradientBytes.sparse(kept(row)));
        forms.add(
                "top-k bytes received per worker, all-gather",
                row -> GradientBytes.gathered(GradientBytes.sparse(kept(row)), row.whole("P")));
        forms.add(
                "dense ring all-reduce bytes sent per worker.*",
                row -> GradientBytes.ringSent(GradientBytes.dense(count(row), FP32_BITS), row.whole("P")));
        forms.add("sign \\(1-bit.*", row -> GradientBytes.sign(count(row)));
        forms.add(
                "qsgd-style uniform quantiser payload.*",
                row -> GradientBytes.quantised(count(row), row.whole("bits"), row.whole("bucket")));
        forms.add("density below which top-k.*", row -> GradientBytes.breakEvenDensity(row.whole("P")));
    }

    private static void addOuterSync(GoldenForms forms) {
        forms.add("low-communication outer sync: mean bytes.*", row -> outer(row).bytesPerStep());
        forms.add("low-communication outer sync: peak bytes.*", row -> outer(row).peakBytes());
        forms.add("reduction vs per-step fp32 all-reduce", row -> outer(row).reduction());
    }

    private static List<ParameterBlock> model(RowParameters row) {
        String model = row.required("model");
        if (!model.equals("ResNet18-CIFAR10")) {
            throw RowSkipped.notBuilt("layers of the model " + model);
        }
        return CifarResNet18.blocks();
    }

    private static List<ParameterBlock> matrices(RowParameters row) {
        return model(row).stream().filter(block -> block.rows() > 1).toList();
    }

    private static double values(List<ParameterBlock> blocks) {
        return blocks.stream().mapToLong(ParameterBlock::size).sum();
    }

    private static double ratio(RowParameters row, List<ParameterBlock> blocks) {
        return values(blocks)
                / blocks.stream()
                        .mapToLong(block -> GradientBytes.lowRankValues(rank(row), block))
                        .sum();
    }

    private static int rank(RowParameters row) {
        return row.whole("rank");
    }

    private static long count(RowParameters row) {
        return (long) row.number("N");
    }

    private static long kept(RowParameters row) {
        return GradientBytes.kept(count(row), row.number("density"));
    }

    private static int kept(MatchResult words) {
        return Integer.parseInt(words.group(1));
    }

    /** A gradient with a remark behind it: {@code 0.5|-2.0 each step}. */
    private static double[] gradient(RowParameters row) {
        String[] parts = row.required("gradient").split(" ", 2)[0].split("\\|", -1);
        return Arrays.stream(parts).mapToDouble(Double::parseDouble).toArray();
    }

    private static OuterSync outer(RowParameters row) {
        return new OuterSync(
                row.number("params"),
                row.whole("P"),
                row.whole("H"),
                row.number("bytes_per_param"),
                (int) row.numberOr("fragments", 1));
    }
}
