package trainyard.scheduler.hetero;

import java.util.HashMap;
import java.util.Map;

/**
 * Finish-time fairness (Mahajan et al., Themis, NSDI 2020, in the form of Gavel): makes the worst ratio between the time of a
 * job and the time that it would have taken at equal shares as small as possible. What a job would have done at equal shares
 * is counted from one decision to the next, since the number of jobs changes.
 */
public final class FinishTimeFairShares implements SharePolicy {

    private final Map<String, State> states = new HashMap<>();

    /** What is known of a job since the last decision. */
    private static final class State {
        private double fairSeconds;
        private double stepsLeft;
        private double fairSpeed;
    }

    @Override
    public double[][] shares(ShareDemand demand) {
        double[] fairSpeeds = EqualShares.speeds(demand);
        double[] fair = new double[demand.jobs()];
        for (int i = 0; i < demand.jobs(); i++) {
            State state = states.computeIfAbsent(demand.ids().get(i), id -> new State());
            double left = demand.stepsLeft()[i];
            state.fairSeconds += state.fairSpeed > 0 ? (state.stepsLeft - left) / state.fairSpeed : 0;
            state.stepsLeft = left;
            state.fairSpeed = fairSpeeds[i];
            fair[i] = state.fairSeconds + left / fairSpeeds[i];
        }
        states.keySet().retainAll(demand.ids());
        return ShareProgram.solve(
                        demand, demand.speeds(), new WorstRatio(demand.secondsSinceSubmit(), demand.stepsLeft(), fair))
                .shares();
    }
}
