package trainyard.scheduler.policy.fairness;

import trainyard.scheduler.policy.SchedulingContext;

/** What {@link TeamOrder} weighs teams by. Teams are numbered in the order in which their first job arrives. */
public interface ShareMeter {

    /** The name of the policy in scenarios and reports. */
    String name();

    /** What a team has now, in shares of its weight; the team with the least is served first. */
    double share(SchedulingContext context, int team);

    /** Whether a job of a team may start as far as this meter counts. */
    default boolean admits(SchedulingContext context, int job) {
        return true;
    }

    /** A team has sent its first job. */
    void joined(SchedulingContext context, int team, String name);

    /** A job of a team has started. */
    void started(SchedulingContext context, int team, int job);

    /** A job of a team has ended. */
    void ended(SchedulingContext context, int team, int job);
}
