package trainyard.scheduler.peer.gavel;

import java.util.Arrays;
import trainyard.scheduler.hetero.EqualShares;
import trainyard.scheduler.hetero.ShareDemand;
import trainyard.scheduler.hetero.SharePolicy;

/** The fork's {@code gandiva_fair}: equal parts of the fleet, whatever the GPUs of a job are. */
final class GavelFairParts implements SharePolicy {

    @Override
    public double[][] shares(ShareDemand demand) {
        double[][] shares = new double[demand.jobs()][];
        Arrays.setAll(shares, i -> EqualShares.of(demand.fleet(), demand.jobs(), 1));
        return shares;
    }
}
