package trainyard.parallel.model.example;

import java.util.List;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;

/** One layer of MLP-Mixer (Tolstikhin et al. 2021): an MLP over the patches, then an MLP over the channels. */
record MixerLayer(int patches, int channels, int patchFfn, int channelFfn) implements Layer {

    @Override
    public String kind() {
        return "mixer";
    }

    @Override
    public LayerRole role() {
        return LayerRole.BLOCK;
    }

    @Override
    public ParameterCount parametersPerRank(Split split) {
        double overPatches = 2.0 * patches * patchFfn + patchFfn + patches;
        double overChannels = 2.0 * channels * channelFfn + channelFfn + channels;
        return ParameterCount.dense(4.0 * channels + overPatches + overChannels);
    }

    @Override
    public double inputElements(Shard shard) {
        return (double) shard.microBatch() * patches * channels;
    }

    @Override
    public List<Operator> operators(Shard shard) {
        double images = shard.microBatch();
        double bytes = shard.precision().bytes() * inputElements(shard);
        double rows = images * channels;
        double wide = shard.precision().bytes() * rows * patchFfn;
        double tokens = images * patches;
        double wider = shard.precision().bytes() * tokens * channelFfn;
        return List.of(
                new Operator.Norm("patch norm", bytes, bytes),
                Operator.MatrixMultiply.ofWeight("patches up", rows, patchFfn, patches, bytes),
                new Operator.Streaming("gelu", 2 * wide, 3 * wide, 1, 1, false, wide),
                Operator.MatrixMultiply.ofWeight("patches down", rows, patches, patchFfn, wide),
                Operator.Streaming.pass("residual", 3 * bytes, 0),
                new Operator.Norm("channel norm", bytes, bytes),
                Operator.MatrixMultiply.ofWeight("channels up", tokens, channelFfn, channels, bytes),
                new Operator.Streaming("gelu", 2 * wider, 3 * wider, 1, 1, false, wider),
                Operator.MatrixMultiply.ofWeight("channels down", tokens, channels, channelFfn, wider),
                Operator.Streaming.pass("residual", 3 * bytes, 0));
    }
}
