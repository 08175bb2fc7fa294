package trainyard.faults.life.account;

import java.math.BigInteger;
import trainyard.sim.account.WideSums;
import trainyard.sim.engine.SimTime;

/**
 * GPU-nanoseconds by state, exactly.
 */
public final class GpuTimeLedger {

    private final WideSums sums = new WideSums(GpuState.values().length);

    /**
     * Books time.
     *
     * @param nanos duration; negative to take back what was booked
     * @param gpus how many GPUs were in the state, 0 or more
     */
    public void add(GpuState state, long nanos, long gpus) {
        sums.add(state.ordinal(), nanos, gpus);
    }

    /** GPU-nanoseconds in a state. */
    public BigInteger gpuNanos(GpuState state) {
        return sums.get(state.ordinal());
    }

    /** GPU-seconds in a state, rounded to the nearest double. */
    public double gpuSeconds(GpuState state) {
        return gpuNanos(state).doubleValue() / SimTime.NANOS_PER_SECOND;
    }

    /**
     * Ends the bookkeeping: each GPU has to be in exactly one state at each time.
     *
     * @param nanos length of the observation
     * @param gpus GPUs of the cluster
     * @throws IllegalStateException if some time was left out or booked twice, or a state has less than none; this is a defect
     *     of the simulator
     */
    public void close(long nanos, long gpus) {
        BigInteger all = BigInteger.valueOf(nanos).multiply(BigInteger.valueOf(gpus));
        if (!total().equals(all)) {
            throw new IllegalStateException("the states of the GPUs sum to " + total() + " GPU-ns instead of " + all);
        }
        for (GpuState state : GpuState.values()) {
            if (gpuNanos(state).signum() < 0) {
                throw new IllegalStateException(
                        "the GPUs were " + gpuNanos(state) + " GPU-ns in the state " + state.label());
            }
        }
    }

    /** GPU-nanoseconds of all states. */
    public BigInteger total() {
        BigInteger total = BigInteger.ZERO;
        for (GpuState state : GpuState.values()) {
            total = total.add(gpuNanos(state));
        }
        return total;
    }
}
