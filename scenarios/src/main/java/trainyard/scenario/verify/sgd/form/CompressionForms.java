package trainyard.scenario.verify.sgd.form;

import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.RowSkipped;
import trainyard.sim.random.RandomStreams;
import trainyard.training.analytic.OuterSync;
import trainyard.training.compression.Compression;
import trainyard.training.compression.Compressor;
import trainyard.training.compression.Message;
import trainyard.training.compression.NoCompression;
import trainyard.training.compression.PowerSgd;
import trainyard.training.compression.Qsgd;
import trainyard.training.compression.SignSgd;
import trainyard.training.compression.TopK;
import trainyard.training.network.CifarResNet18;
import trainyard.training.problem.ParameterBlock;

/** Bytes of compressed gradients, by the compressors themselves, and of rare exchanges. */
final class CompressionForms {

    private CompressionForms() {}

    static void addTo(GoldenForms forms) {
        addPowerSgd(forms);
        addMessages(forms);
        addOuterSync(forms);
        forms.addPattern("error-feedback top-(\\d{1,6}): sent value", words -> row -> sent(words, row));
    }

    private static void addPowerSgd(GoldenForms forms) {
        forms.add("cifar resnet-18 parameter count", row -> Compression.values(model(row)));
        forms.add(
                "powersgd fp32 bytes of one gradient message",
                row -> powerSgd(row).message(model(row)).bytes());
        forms.add("powersgd compression ratio \\(matrices only\\)", row -> ratio(row, matrices(row)));
        forms.add("powersgd compression ratio incl\\. uncompressed vectors", row -> ratio(row, model(row)));
        forms.add(
                "powersgd floats for one matrix",
                row -> powerSgd(row).thin(new ParameterBlock("matrix", 0, 0, row.whole("n"), row.whole("m"))));
    }

    private static void addMessages(GoldenForms forms) {
        forms.add("top-k payload per worker.*", row -> message(topK(row), row).bytes());
        forms.add(
                "top-k bytes received per worker, all-gather",
                row -> message(topK(row), row).gatheredBytes(row.whole("P")));
        forms.add(
                "dense ring all-reduce bytes sent per worker.*",
                row -> message(new NoCompression(), row).ringBytes(row.whole("P")));
        forms.add("sign \\(1-bit.*", row -> message(new SignSgd(), row).bytes());
        forms.add(
                "qsgd-style uniform quantiser payload.*",
                row -> message(new Qsgd(row.whole("bits"), row.whole("bucket")), row)
                        .bytes());
        forms.add("density below which top-k.*", row -> breakEvenDensity(row.whole("P")));
    }

    private static void addOuterSync(GoldenForms forms) {
        forms.add(
                "low-communication outer sync: mean bytes.*", row -> outer(row).bytesPerStep());
        forms.add(
                "low-communication outer sync: peak bytes.*", row -> outer(row).peakBytes());
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

    private static PowerSgd powerSgd(RowParameters row) {
        return new PowerSgd(row.whole("rank"));
    }

    private static double ratio(RowParameters row, List<ParameterBlock> blocks) {
        double sent = blocks.stream().mapToLong(powerSgd(row)::values).sum();
        return Compression.values(blocks) / sent;
    }

    private static TopK topK(RowParameters row) {
        return new TopK(row.number("density"));
    }

    private static Message message(Compression kind, RowParameters row) {
        return kind.message(one(row.whole("N")));
    }

    private static List<ParameterBlock> one(int values) {
        return List.of(new ParameterBlock("all", 0, 0, 1, values));
    }

    /** Bytes of a dense ring, {@code 2 (P - 1) / P 4 N}, over those gathered for each share of N, {@code 8 N (P - 1)}: 1 / P. */
    private static double breakEvenDensity(int workers) {
        List<ParameterBlock> unit = one(1);
        return new NoCompression().message(unit).ringBytes(workers)
                / new TopK(1).message(unit).gatheredBytes(workers);
    }

    /** What one value of a message is after so many steps with the same gradient, which a remark may follow. */
    private static double sent(MatchResult words, RowParameters row) {
        String[] parts = row.required("gradient").split(" ", 2)[0].split("\\|", -1);
        double[] gradient =
                Arrays.stream(parts).mapToDouble(Double::parseDouble).toArray();
        double share = (Integer.parseInt(words.group(1)) - 0.5) / gradient.length;
        Compressor sender = new Compressor(new TopK(share), one(gradient.length), true, new RandomStreams(1, 0));
        double[] sent = new double[gradient.length];
        for (int step = 0; step < row.whole("step"); step++) {
            sender.send(0, gradient, sent);
        }
        return sent[row.whole("coord")];
    }

    private static OuterSync outer(RowParameters row) {
        return new OuterSync(row.number("params"), row.whole("P"), row.whole("H"), row.number("bytes_per_param"), (int)
                row.numberOr("fragments", 1));
    }
}
