package trainyard.faults.life.cluster;

import trainyard.faults.cause.Fault;

/** Told of every fault after it has changed the inventory. */
@FunctionalInterface
public interface FaultListener {

    void onFault(long nowNanos, Fault fault);
}
