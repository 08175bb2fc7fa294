package trainyard.faults.life.phase;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import trainyard.faults.retry.RestartBudget.Stop;

/**
 * What happened to a job, in numbers.
 *
 * @param incidentsByCause faults and false alarms that stopped it, by the name of their cause, in the order of the names
 * @param falseAlarms those of them that were alarms without a fault
 * @param triesInVain starts on nodes that turned out to be broken
 * @param unnoticedNanos time that it stood still for a fault that no detector notices
 * @param hangs whether it stands still for such a fault at the end
 * @param stop why it was not started again; empty where it always was
 */
public record LifeEvents(
        Map<String, Integer> incidentsByCause,
        int falseAlarms,
        int triesInVain,
        long unnoticedNanos,
        boolean hangs,
        Optional<Stop> stop) {

    public LifeEvents {
        incidentsByCause = Collections.unmodifiableMap(new TreeMap<>(incidentsByCause));
    }

    /** Faults and false alarms that stopped it. */
    public int incidents() {
        return incidentsByCause.values().stream().mapToInt(Integer::intValue).sum();
    }
}
