package trainyard.scenario.workload;

import trainyard.sim.random.RandomStreams;

/** What a cell simulates, but for the randomness in which its replications differ. */
@FunctionalInterface
public interface BoundWorkload {

    /** The workload of one replication. */
    Workload with(RandomStreams streams);

    /** Whether chance has no part in it, so that one run stands for all replications. */
    default boolean isFixed() {
        return false;
    }

    /** A workload that chance has no part in. */
    static BoundWorkload fixed(Workload workload) {
        return new BoundWorkload() {
            @Override
            public Workload with(RandomStreams streams) {
                return workload;
            }

            @Override
            public boolean isFixed() {
                return true;
            }
        };
    }
}
