package trainyard.scheduler.peer.gavel;

import java.util.List;
import trainyard.scheduler.hetero.ShareDemand;
import trainyard.scheduler.hetero.SharePolicy;

/**
 * A policy on shares as it is.
 *
 * @param policy decides
 * @param ordered as {@link UnitPolicy#ordered}
 * @param likeType every type is taken to be as fast as this one; -1 for what was measured
 */
record PlainShares(SharePolicy policy, boolean ordered, int likeType) implements UnitPolicy {

    @Override
    public void decide(List<Unit> units, ShareDemand demand) {
        double[][] shares = policy.shares(likeType < 0 ? demand : demand.withSpeeds(alike(demand)));
        for (int i = 0; i < units.size(); i++) {
            units.get(i).shares = shares[i];
        }
    }

    private double[][] alike(ShareDemand demand) {
        double[][] speeds = new double[demand.jobs()][demand.types()];
        for (int i = 0; i < speeds.length; i++) {
            java.util.Arrays.fill(speeds[i], demand.speeds()[i][likeType]);
        }
        return speeds;
    }
}
