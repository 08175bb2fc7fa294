package trainyard.faults.life.work;

import trainyard.faults.cause.Damage;
import trainyard.faults.checkpoint.CheckpointLevel;

/**
 * The shared storage of the site, which may be away for a while: what lies on it can neither be loaded nor added to until it
 * is back. Of outages that overlap the one that ends last counts.
 */
public final class SharedStore {

    private long backNanos;

    /** It is away from now on. */
    public void leave(long nowNanos, long outageNanos) {
        long back = nowNanos + outageNanos;
        backNanos = Math.max(backNanos, back < 0 ? Long.MAX_VALUE : back);
    }

    /** Time until it is back; 0 where it is not away. */
    public long awayNanos(long nowNanos) {
        return Math.max(0, backNanos - nowNanos);
    }

    /** Whether a level can be read and written. */
    public boolean reaches(CheckpointLevel level, long nowNanos) {
        return nowNanos >= backNanos || !isOnSite(level);
    }

    /** Neither on nodes of the job nor on storage of another site. */
    private static boolean isOnSite(CheckpointLevel level) {
        return level.outlasts(Damage.NODE)
                && !level.outlasts(Damage.SITE)
                && !level.keeping().placement().isOnNodes();
    }
}
