package trainyard.scheduler.scale;

import java.util.Arrays;
import trainyard.sim.engine.SimTime;

/**
 * As many nodes as jobs want now or, by what they wanted at the same hour of the days before, will want once nodes ordered now
 * are there. Of earlier days the last counts half, the one before a quarter and so on; on the first day it only reacts.
 */
public final class Predictive implements ScalingRule {

    private static final int SLOTS = 96;
    private static final long DAY = 86_400 * SimTime.NANOS_PER_SECOND;
    private static final double UNKNOWN = -1;

    private final long aheadNanos;
    private final double[] forecast = new double[SLOTS];
    private int slot;
    private double most;

    /**
     * @param aheadNanos for when to forecast: the time until an ordered node is there, 0 or more
     */
    public Predictive(long aheadNanos) {
        this.aheadNanos = aheadNanos;
        Arrays.fill(forecast, UNKNOWN);
    }

    @Override
    public int nodes(Demand demand) {
        observe(demand);
        double later = forecast[slotOf(demand.nowNanos() + aheadNanos)];
        return demand.nodesFor(Math.max(demand.gpus(), later));
    }

    private static int slotOf(long nanos) {
        return (int) (nanos % DAY / (DAY / SLOTS));
    }

    /** The highest demand of each quarter of an hour, learnt once it is over. */
    private void observe(Demand demand) {
        int now = slotOf(demand.nowNanos());
        if (now != slot) {
            forecast[slot] = forecast[slot] == UNKNOWN ? most : (forecast[slot] + most) / 2;
            slot = now;
            most = 0;
        }
        most = Math.max(most, demand.gpus());
    }
}
