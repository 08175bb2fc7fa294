package trainyard.parallel.step.exchange;

import trainyard.parallel.plan.GradientCompression;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.GroupShape;

/**
 * What replicas send of compressed gradients. Sums of signs or of the largest elements are not of their kind, so these are
 * gathered from all replicas, or summed in parts; factors and 16-bit values are summed on the way (Agarwal et al. 2022,
 * section 3). With d replicas and n elements:
 *
 * <pre>
 *   fp16       all-reduce of 2 n bytes
 *   top-k      all-gather of d x 8 n / ratio bytes: value and index
 *   sign       all-gather of d x n / 8 bytes
 *   one-bit    all-to-all and all-gather of n / 8 bytes
 *   powersgd   all-reduce of 4 r rows, and of 4 r columns, of all matrices; vectors whole
 * </pre>
 */
final class CompressedExchange {

    private static final double BITS = 8;
    private static final double SINGLE_BYTES = 4;
    private static final double HALF_BYTES = 2;
    private static final double VALUE_AND_INDEX_BYTES = 8;

    private final GradientCompression compression;
    private final CollectiveModel collectives;
    private final GroupShape replicas;

    CompressedExchange(GradientCompression compression, CollectiveModel collectives, GroupShape replicas) {
        this.compression = compression;
        this.collectives = collectives;
        this.replicas = replicas;
    }

    double seconds(GradientTensors gradients) {
        double n = gradients.elements();
        double d = replicas.ranks();
        return switch (compression.method()) {
            case NONE -> 0;
            case FP16 -> time(Collective.ALL_REDUCE, HALF_BYTES * n);
            case TOP_K -> time(Collective.ALL_GATHER, d * VALUE_AND_INDEX_BYTES * n / compression.ratio());
            case SIGN -> time(Collective.ALL_GATHER, d * n / BITS);
            case ONE_BIT -> time(Collective.ALL_TO_ALL, n / BITS) + time(Collective.ALL_GATHER, n / BITS);
            case POWERSGD ->
                time(Collective.ALL_REDUCE, SINGLE_BYTES * compression.rank() * gradients.rows())
                        + time(Collective.ALL_REDUCE, SINGLE_BYTES * compression.rank() * gradients.columns())
                        + time(Collective.ALL_REDUCE, SINGLE_BYTES * (n - gradients.matrixElements()));
        };
    }

    private double time(Collective operation, double bytes) {
        return replicas.ranks() == 1
                ? 0
                : collectives.time(operation, bytes, replicas).seconds();
    }
}
