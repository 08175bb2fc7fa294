package trainyard.faults.life.work;

import java.util.Map;
import trainyard.faults.checkpoint.StoredBytes;

/**
 * What the snapshots of a job were good for.
 *
 * @param outages when the job was down, and how much work each time cost
 * @param silent errors of its state that did not stop it
 * @param signals signals before its time limit, and notices of faults of its nodes
 * @param signalsSaved those of them on which a snapshot was written in time
 * @param stored what each level stored, by its name
 */
public record SnapshotEvents(
        JobOutages outages, SilentErrors silent, int signals, int signalsSaved, Map<String, StoredBytes> stored) {}
