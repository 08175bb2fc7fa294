package trainyard.faults.life;

import java.util.Optional;
import trainyard.faults.retry.RestartBudget.Stop;

/**
 * What happened to a job, in numbers.
 *
 * @param incidents faults and false alarms that stopped it
 * @param falseAlarms those of them that were alarms without a fault
 * @param triesInVain starts on nodes that turned out to be broken
 * @param unnoticedNanos time that it stood still for a fault that no detector notices
 * @param hangs whether it stands still for such a fault at the end
 * @param stop why it was not started again; empty where it always was
 */
public record LifeEvents(
        int incidents, int falseAlarms, int triesInVain, long unnoticedNanos, boolean hangs, Optional<Stop> stop) {}
