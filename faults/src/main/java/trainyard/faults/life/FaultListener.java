package trainyard.faults.life;

import trainyard.faults.cause.Fault;

/** Told of every fault after it has changed the inventory. */
@FunctionalInterface
interface FaultListener {

    void onFault(long nowNanos, Fault fault);
}
