package trainyard.faults.checkpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.sim.engine.SimTime;

/** What a level stores over time. */
public final class StoredBytes {

    private final List<Change> changes = new ArrayList<>();
    private final Map<String, StoredBytes> parts = new LinkedHashMap<>();
    private double byteSeconds;
    private double peakBytes;
    private int peakCount;
    private long reachNanos;
    private long advancedNanos;

    /**
     * What is stored from a time on.
     *
     * @param nanos since the start of the job
     * @param bytes all snapshots together
     * @param snapshots how many
     */
    public record Change(long nanos, double bytes, int snapshots) {}

    void set(long nanos, double bytes, int snapshots) {
        advance(nanos);
        if (!changes.isEmpty() && changes.get(changes.size() - 1).nanos() == nanos) {
            changes.remove(changes.size() - 1);
        }
        changes.add(new Change(nanos, bytes, snapshots));
        peakBytes = Math.max(peakBytes, bytes);
        peakCount = Math.max(peakCount, snapshots);
    }

    /** What one rung of a ladder keeps of it. */
    StoredBytes part(String name) {
        return parts.computeIfAbsent(name, absent -> new StoredBytes());
    }

    /** The oldest snapshot has been kept up to an age. */
    void reach(long ageNanos) {
        reachNanos = Math.max(reachNanos, ageNanos);
    }

    /** Adds what was stored up to a time; it may not go back. */
    void advance(long nanos) {
        if (!changes.isEmpty()) {
            Change last = changes.get(changes.size() - 1);
            byteSeconds += last.bytes() * (nanos - Math.max(last.nanos(), advancedNanos)) / SimTime.NANOS_PER_SECOND;
        }
        advancedNanos = nanos;
    }

    /** Every change, in the order of time. */
    public List<Change> changes() {
        return List.copyOf(changes);
    }

    /**
     * The same by what keeps each snapshot, the last ones first, then each rung of the ladder; what several would keep counts
     * to the first. Empty where there is no ladder, or nothing was stored.
     */
    public Map<String, StoredBytes> parts() {
        return Collections.unmodifiableMap(parts);
    }

    /** Bytes times the seconds that they were stored. */
    public double byteSeconds() {
        return byteSeconds;
    }

    public double peakBytes() {
        return peakBytes;
    }

    public int peakCount() {
        return peakCount;
    }

    /** Greatest age of the oldest snapshot while it was kept: so far back a rollback could reach. */
    public long reachNanos() {
        return reachNanos;
    }
}
