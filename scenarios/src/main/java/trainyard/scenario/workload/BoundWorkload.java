package trainyard.scenario.workload;

import trainyard.sim.random.RandomStreams;

/** What a cell simulates, but for the randomness in which its replications differ. */
@FunctionalInterface
public interface BoundWorkload {

    /** The workload of one replication. */
    Workload with(RandomStreams streams);
}
