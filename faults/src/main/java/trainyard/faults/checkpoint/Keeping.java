package trainyard.faults.checkpoint;

import java.util.Objects;

/**
 * What a level keeps and where.
 *
 * @param placement which nodes of the job hold the copies; a damage that the level does not survive destroys those of the
 *     nodes that it strikes, or all where none are on nodes
 * @param fetchNanos time of a node that lost its copy to get it from a peer, 0 or more
 * @param retention which snapshots it keeps
 * @param bytes size of a full snapshot, all copies together, 0 where it does not matter
 * @param unreadable chance that a file that was written cannot be read, in [0, 1)
 */
public record Keeping(CopyPlacement placement, long fetchNanos, Retention retention, double bytes, double unreadable) {

    /** The newest snapshot alone, destroyed as a whole. */
    public static final Keeping PLAIN = new Keeping(CopyPlacement.OUTSIDE, 0, Retention.NEWEST, 0, 0);

    public Keeping {
        Objects.requireNonNull(placement, "placement");
        Objects.requireNonNull(retention, "retention");
        if (fetchNanos < 0 || !(bytes >= 0) || !(unreadable >= 0) || unreadable >= 1) {
            throw new IllegalArgumentException("a level keeps with a fetch of at least 0 ns, bytes of at least 0 and a"
                    + " chance in [0, 1), got " + fetchNanos + " ns, " + bytes + " and " + unreadable);
        }
        if (placement.isOnNodes() && !retention.isNewestOnly()) {
            throw new IllegalArgumentException("nodes keep the newest snapshot only");
        }
    }

    /** The newest snapshot in copies on nodes of the job. */
    public static Keeping onNodes(CopyPlacement placement, long fetchNanos) {
        return new Keeping(placement, fetchNanos, Retention.NEWEST, 0, 0);
    }

    /** A ladder of snapshots on storage outside the job. */
    public static Keeping ladder(Retention retention, double bytes) {
        return new Keeping(CopyPlacement.OUTSIDE, 0, retention, bytes, 0);
    }

    public Keeping with(Retention other) {
        return new Keeping(placement, fetchNanos, other, bytes, unreadable);
    }

    public Keeping withBytes(double other) {
        return new Keeping(placement, fetchNanos, retention, other, unreadable);
    }

    public Keeping withUnreadable(double other) {
        return new Keeping(placement, fetchNanos, retention, bytes, other);
    }
}
