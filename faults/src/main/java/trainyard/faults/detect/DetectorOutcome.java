package trainyard.faults.detect;

import java.util.List;

/**
 * What was seen of a detector.
 *
 * @param detections the crashes that it noticed
 * @param falseAlarms live nodes that were declared dead
 * @param falseSuspicions live nodes that were suspected; the same as false alarms where there is no second step
 * @param aliveNodeSeconds seconds of live nodes under watch
 * @param monitorMessagesPerSecond messages that the busiest node sends and receives
 * @param nodeMessagesPerSecond messages that a node sends and receives, the mean of all watched ones
 */
public record DetectorOutcome(
        List<Detection> detections,
        long falseAlarms,
        long falseSuspicions,
        double aliveNodeSeconds,
        double monitorMessagesPerSecond,
        double nodeMessagesPerSecond) {

    public DetectorOutcome {
        detections = List.copyOf(detections);
    }

    /**
     * A crash that was noticed.
     *
     * @param latencySeconds from the crash until the first node knows of it; 0 where one held the node for dead already
     * @param silenceSeconds from the last message of the node until then
     * @param spreadSeconds from then until all live nodes know of it; 0 where one node alone watches, infinite where the news
     *     never reached all
     */
    public record Detection(double latencySeconds, double silenceSeconds, double spreadSeconds) {}

    /** Mean time from a crash until it is noticed; NaN where nothing crashed. */
    public double meanDetectionSeconds() {
        return detections.stream()
                .mapToDouble(Detection::latencySeconds)
                .average()
                .orElse(Double.NaN);
    }

    /** False alarms of one node a second. */
    public double falseAlarmsPerNodeSecond() {
        return falseAlarms / aliveNodeSeconds;
    }
}
