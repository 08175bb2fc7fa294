package trainyard.scheduler.account;

import java.math.BigInteger;
import java.util.List;
import trainyard.sim.account.WideSums;
import trainyard.sim.engine.SimTime;

/**
 * GPU-nanoseconds of a cluster by what its GPUs did, exactly: they sum to GPUs times the time observed. What jobs had is
 * known by team, too. Where jobs share GPUs, all are counted in parts of a GPU.
 */
public final class ClusterLedger {

    private static final int USES = GpuUse.values().length;

    private final List<String> teams;
    private final int partsPerGpu;
    private final WideSums sums;

    /**
     * An empty ledger.
     *
     * @param teams all that may have GPUs, each once
     * @param partsPerGpu in how many parts GPUs are counted, at least 1
     */
    public ClusterLedger(List<String> teams, int partsPerGpu) {
        this.teams = List.copyOf(teams);
        this.partsPerGpu = partsPerGpu;
        // The last row is that of nobody.
        sums = new WideSums((teams.size() + 1) * USES);
    }

    public List<String> teams() {
        return teams;
    }

    /** Books time of GPUs that no job has. */
    public void add(GpuUse use, long nanos, long gpus) {
        sums.add(teams.size() * USES + use.ordinal(), nanos, gpus);
    }

    /** Books time of GPUs that a job of a team has. */
    public void add(int team, GpuUse use, long nanos, long gpus) {
        sums.add(team * USES + use.ordinal(), nanos, gpus);
    }

    /** Turns what a job did into work in vain, and forgets it. */
    public void lose(int team, GpuUse use, WideSums ofJob, int index) {
        sums.subtract(team * USES + use.ordinal(), ofJob, index);
        ofJob.moveTo(sums, index, team * USES + GpuUse.LOST.ordinal());
    }

    /** GPU-nanoseconds of a use, in parts. */
    public BigInteger gpuNanos(GpuUse use) {
        BigInteger sum = BigInteger.ZERO;
        for (int row = 0; row <= teams.size(); row++) {
            sum = sum.add(sums.get(row * USES + use.ordinal()));
        }
        return sum;
    }

    /** GPU-nanoseconds of a use by a team, in parts. */
    public BigInteger gpuNanos(int team, GpuUse use) {
        return sums.get(team * USES + use.ordinal());
    }

    /** GPU-seconds of a use, rounded to the nearest double. */
    public double gpuSeconds(GpuUse use) {
        return gpuNanos(use).doubleValue() / partsPerGpu / SimTime.NANOS_PER_SECOND;
    }

    /** GPU-seconds of a use by a team, rounded to the nearest double. */
    public double gpuSeconds(int team, GpuUse use) {
        return gpuNanos(team, use).doubleValue() / partsPerGpu / SimTime.NANOS_PER_SECOND;
    }

    /** GPU-nanoseconds of all uses, in parts. */
    public BigInteger total() {
        BigInteger total = BigInteger.ZERO;
        for (GpuUse use : GpuUse.values()) {
            total = total.add(gpuNanos(use));
        }
        return total;
    }
}
