package trainyard.parallel.model.transformer;

import java.util.List;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.sim.checks.Checks;

/**
 * Multi-head latent attention (DeepSeek-V2, section 2.1): keys and values are projected up from one narrow latent vector
 * per token, queries from another; positions enter through extra elements that are rotated. In training all heads are
 * materialised. The projections down to the latents are not split over the tensor ranks, those up from them are
 * (Megatron-Core, multi_latent_attention.py).
 *
 * @param heads heads
 * @param queryRank elements of the queries' latent, 0 where queries are projected directly
 * @param keyValueRank elements of the latent of keys and values
 * @param rotatedSize elements of a head that carry the position
 * @param plainSize elements of a query or key that do not
 * @param valueSize elements of a value
 */
public record LatentAttention(int heads, int queryRank, int keyValueRank, int rotatedSize, int plainSize, int valueSize)
        implements Attention {

    public LatentAttention {
        Checks.atLeast("heads", heads, 1);
        Checks.atLeast("query rank", queryRank, 0);
        Checks.atLeast("key-value rank", keyValueRank, 1);
        Checks.atLeast("rotated size", rotatedSize, 1);
        Checks.atLeast("plain size", plainSize, 1);
        Checks.atLeast("value size", valueSize, 1);
    }

    @Override
    public ParameterCount parametersPerRank(int hidden, Split split, Biases biases) {
        double headsPerRank = (double) heads / split.tensor();
        double query = headsPerRank * (plainSize + rotatedSize);
        double queries = queryRank == 0 ? hidden * query : (double) hidden * queryRank + queryRank + queryRank * query;
        double keyValues = (double) hidden * (keyValueRank + rotatedSize)
                + keyValueRank
                + keyValueRank * headsPerRank * (plainSize + valueSize);
        return ParameterCount.dense(queries + keyValues + headsPerRank * valueSize * hidden);
    }

    @Override
    public void addOperators(int hidden, PositionEncoding encoding, Style style, Shard shard, List<Operator> out) {
        double p = shard.precision().bytes();
        double tokens = shard.tokens();
        double headsPerRank = (double) heads / shard.tensor();
        double keySize = plainSize + rotatedSize;
        queries(hidden, headsPerRank * keySize, shard, out);
        double latent = keyValueRank + rotatedSize;
        double outside = shard.tokensOutside();
        out.add(Operator.MatrixMultiply.ofWeight("kv down", outside, latent, hidden, 0));
        out.add(new Operator.Norm("kv norm", p * outside * keyValueRank, p * outside * latent));
        out.add(Operator.MatrixMultiply.ofWeight(
                "kv up", tokens, headsPerRank * (plainSize + valueSize), keyValueRank, p * tokens * keyValueRank));
        out.add(Rotation.of(tokens * (headsPerRank + 1) * rotatedSize, encoding, shard));
        // Every head's key is its own part beside the rotated part that all heads share.
        double keys = 2 * p * tokens * headsPerRank * keySize;
        out.add(Operator.Streaming.pass("key concatenation", keys, 0));
        core(headsPerRank).addOperators(shard.sequence(), encoding, style, shard, out);
        double values = headsPerRank * valueSize;
        out.add(Operator.MatrixMultiply.ofWeight("projection", tokens, hidden, values, p * tokens * values));
    }

    private void queries(int hidden, double width, Shard shard, List<Operator> out) {
        double p = shard.precision().bytes();
        double tokens = shard.tokens();
        double input = p * shard.tokensOutside() * hidden;
        if (queryRank == 0) {
            out.add(Operator.MatrixMultiply.ofWeight("query", tokens, width, hidden, input));
            return;
        }
        double latent = p * shard.tokensOutside() * queryRank;
        out.add(Operator.MatrixMultiply.ofWeight("query down", shard.tokensOutside(), queryRank, hidden, input));
        out.add(new Operator.Norm("query norm", latent, latent));
        out.add(Operator.MatrixMultiply.ofWeight("query up", tokens, width, queryRank, p * tokens * queryRank));
    }

    private AttentionCore core(double headsPerRank) {
        double keySize = plainSize + rotatedSize;
        double query = headsPerRank * keySize;
        return new AttentionCore(headsPerRank, query, query, headsPerRank * valueSize, keySize, valueSize, 0);
    }
}
