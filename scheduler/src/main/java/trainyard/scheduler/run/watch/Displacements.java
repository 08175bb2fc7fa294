package trainyard.scheduler.run.watch;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import trainyard.scheduler.cluster.NodeShares;

/** For which other job each one that waits at a moment was stopped, if it has not run since. */
public final class Displacements implements JobWatcher {

    private final long untilNanos;
    private final Map<Integer, Displaced> last = new HashMap<>();

    /**
     * A job was stopped to make place.
     *
     * @param forJob the job that got it
     * @param atNanos when
     */
    public record Displaced(int forJob, long atNanos) {}

    /**
     * @param untilNanos the moment; what happens later is not looked at
     */
    public Displacements(long untilNanos) {
        this.untilNanos = untilNanos;
    }

    @Override
    public void displaced(long nowNanos, int job, int beneficiary) {
        if (nowNanos <= untilNanos) {
            last.put(job, new Displaced(beneficiary, nowNanos));
        }
    }

    @Override
    public void started(long nowNanos, int job, NodeShares shares) {
        joined(nowNanos, job);
    }

    @Override
    public void joined(long nowNanos, int job) {
        if (nowNanos <= untilNanos) {
            last.remove(job);
        }
    }

    /** Why a job stopped running; empty if it never ran or stopped for nobody. */
    public Optional<Displaced> of(int job) {
        return Optional.ofNullable(last.get(job));
    }
}
