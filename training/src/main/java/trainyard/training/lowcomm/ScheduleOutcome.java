package trainyard.training.lowcomm;

/**
 * What a schedule comes to, once it repeats itself.
 *
 * @param utilization share of time in which a replica computes, from 0 to 1
 * @param stepSeconds mean time of a step with its waiting
 * @param waitingSeconds mean time per step in which a replica waits for the link
 * @param linkUtilization share of time in which the link sends
 */
public record ScheduleOutcome(double utilization, double stepSeconds, double waitingSeconds, double linkUtilization) {}
