package trainyard.sim.collective;

/** What one algorithm costs on one platform. */
interface AlgorithmCost {

    NcclAlgorithm algorithm();

    /** Whether the algorithm can do this operation among these ranks with this protocol. */
    boolean offers(Collective operation, NcclProtocol protocol, GroupLinks links);

    /** The estimate by which NCCL chooses, in seconds (src/graph/tuning.cc). */
    double estimateSeconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links);

    /** The part of the time that does not depend on the size, in seconds. */
    double latencySeconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links);

    /** How long it takes, in seconds. */
    double seconds(Collective operation, NcclProtocol protocol, double bytes, GroupLinks links);
}
