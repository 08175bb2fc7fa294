package trainyard.scheduler.run;

import trainyard.scheduler.run.outcome.ControlTally;

/** Counts what the scheduler and the stores beside a cluster do, and serves writes to the metadata store in the order in which they come. */
final class ControlBooks {

    private final ControlPlane times;
    private long decisions;
    private long writes;
    private long writeFreeAt;
    private long startWriteNanos;
    private long starts;
    private double storeNanos;

    ControlBooks(ControlPlane times) {
        this.times = times;
    }

    void decided() {
        decisions++;
    }

    boolean writesTakeTime() {
        return times.writeNanos() > 0;
    }

    /** When the start of a job is written down. */
    long writeStart(long nowNanos) {
        write(nowNanos);
        starts++;
        long done = times.writeNanos() == 0 ? nowNanos : writeFreeAt;
        startWriteNanos += done - nowNanos;
        return done;
    }

    /** The stop of a job is written down; nobody waits for it. */
    void write(long nowNanos) {
        writes += times.writeNanos() > 0 ? 1 : 0;
        writeFreeAt = Math.max(nowNanos, writeFreeAt) + times.writeNanos();
    }

    /** A job moved its checkpoint. */
    void transferred(long nanos, double shareOfStore) {
        storeNanos += nanos * shareOfStore;
    }

    ControlTally tally(NodeLife nodes) {
        return new ControlTally(
                decisions,
                decisions * times.decisionNanos(),
                writes,
                writes * times.writeNanos(),
                startWriteNanos,
                starts,
                nodes.faults(),
                nodes.unnoticedNanos(),
                storeNanos);
    }
}
