package trainyard.sim.collective;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a job lets NCCL use, as the variables NCCL_ALGO, NCCL_PROTO and NCCL_NVLS_ENABLE do.
 *
 * @param algorithms algorithms that may be chosen, where the platform offers them
 * @param protocols protocols that may be chosen
 */
public record NcclOptions(Set<NcclAlgorithm> algorithms, Set<NcclProtocol> protocols) {

    public NcclOptions {
        if (algorithms.isEmpty() || protocols.isEmpty()) {
            throw new IllegalArgumentException("at least one algorithm and one protocol must be allowed");
        }
        // Messages name them, in an order that is the same in each process.
        algorithms = Collections.unmodifiableSet(EnumSet.copyOf(algorithms));
        protocols = Collections.unmodifiableSet(EnumSet.copyOf(protocols));
    }

    /** Everything that NCCL may choose where the platform offers it. */
    public static NcclOptions automatic() {
        Set<NcclAlgorithm> offered = EnumSet.allOf(NcclAlgorithm.class);
        offered.removeIf(algorithm -> !algorithm.isOffered());
        return new NcclOptions(offered, EnumSet.allOf(NcclProtocol.class));
    }

    /** Without reduction in the NVLink switch, on which that between nodes rests. */
    public NcclOptions withoutNvls() {
        Set<NcclAlgorithm> kept = EnumSet.copyOf(algorithms);
        kept.remove(NcclAlgorithm.NVLS);
        kept.remove(NcclAlgorithm.NVLS_TREE);
        kept.remove(NcclAlgorithm.COLLNET);
        return new NcclOptions(kept, protocols);
    }

    /** One algorithm only. */
    public NcclOptions only(NcclAlgorithm algorithm) {
        return new NcclOptions(EnumSet.of(algorithm), protocols);
    }

    /** One protocol only. */
    public NcclOptions only(NcclProtocol protocol) {
        return new NcclOptions(algorithms, EnumSet.of(protocol));
    }

    boolean allows(NcclAlgorithm algorithm) {
        return algorithms.contains(algorithm);
    }

    boolean allows(NcclProtocol protocol) {
        return protocols.contains(protocol);
    }
}
