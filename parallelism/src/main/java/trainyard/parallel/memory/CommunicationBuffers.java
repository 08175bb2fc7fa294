package trainyard.parallel.memory;

import trainyard.parallel.plan.ParallelPlan;

/** Device memory that the communication library keeps for the life of a run. */
final class CommunicationBuffers {

    private static final double MIB = 1 << 20;

    /**
     * Receive buffers of one connection: 4 MiB for protocol Simple (NCCL_BUFFSIZE, NCCL user guide), 0.5 MiB for LL and
     * 4.7 MiB for LL128 (NCCL 2.19, src/include/device.h: lines x threads x steps x word size).
     */
    private static final double CONNECTION_BYTES = 9.2 * MIB;

    /** Ring and tree of each channel are connected at start (NCCL 2.19, src/init.cc); the number of channels is assumed. */
    private static final int CONNECTIONS = 2 * 16;

    private CommunicationBuffers() {}

    /** One communicator for all ranks and one for every degree above 1. */
    static double bytes(ParallelPlan plan) {
        if (plan.gpus() == 1) {
            return 0;
        }
        int communicators = 1;
        for (int degree : new int[] {plan.tensor(), plan.context(), plan.expert(), plan.pipeline(), plan.data()}) {
            communicators += degree > 1 && degree < plan.gpus() ? 1 : 0;
        }
        return communicators * CONNECTIONS * CONNECTION_BYTES;
    }
}
