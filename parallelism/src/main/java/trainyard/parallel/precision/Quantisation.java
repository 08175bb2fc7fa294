package trainyard.parallel.precision;

import java.util.Set;
import trainyard.sim.hardware.Architecture;

/**
 * How tensors are brought into a format below 16 bits for the products of linear layers (Transformer Engine user guide,
 * "Low precision training", 2026). A product and its two gradients read each operand along rows and along columns: where
 * scales belong to blocks along one direction, every tensor is quantised twice; where one scale holds for a whole tensor, a
 * second copy is a transposition, which tensor cores before Blackwell need because they multiply rows by rows only.
 *
 * @param copyBytes one element of one copy, with its share of the scales
 * @param reads times that the 16-bit tensor is read to make the copies
 * @param kernels kernels that do so
 * @param bandwidthShare share of the peak device-memory bandwidth that they reach, in (0, 1]
 * @param scaledByDirection whether rows and columns have scales of their own
 * @param keepsWeights whether weights rest in the format, quantised once by the optimizer; else they are quantised at the
 *     beginning of each step and kept beside the 16-bit ones
 * @param architectures generations whose tensor cores read the scales; all with a rate for the format where empty
 */
public record Quantisation(
        double copyBytes,
        int reads,
        int kernels,
        double bandwidthShare,
        boolean scaledByDirection,
        boolean keepsWeights,
        Set<Architecture> architectures) {

    public Quantisation {
        if (!(copyBytes > 0) || reads < 1 || kernels < 1) {
            throw new IllegalArgumentException("quantising needs bytes, reads and kernels above 0, got " + copyBytes
                    + ", " + reads + " and " + kernels);
        }
        if (!(bandwidthShare > 0) || bandwidthShare > 1) {
            throw new IllegalArgumentException("a share of the bandwidth is in (0, 1], got " + bandwidthShare);
        }
        architectures = Set.copyOf(architectures);
    }

    /** Copies of a tensor that products and their gradients need. */
    public int copies(Architecture architecture) {
        boolean transposes = architecture == Architecture.HOPPER || architecture == Architecture.ADA;
        return scaledByDirection || transposes ? 2 : 1;
    }

    /** Bytes read and written per element of a tensor that rests in {@code storageBytes}. */
    public double movedBytes(double storageBytes, Architecture architecture) {
        return reads * storageBytes + copies(architecture) * copyBytes;
    }

    /** Whether the tensor cores of a generation read the scales. */
    public boolean runsOn(Architecture architecture) {
        return architectures.isEmpty() || architectures.contains(architecture);
    }
}
