package trainyard.faults.recovery;

/**
 * Nothing is saved ahead of a fault: afterwards a replica that still has the state saves it, and the job starts again from
 * there (just-in-time checkpointing, Gupta et al. 2024). Only the unfinished step is lost. Where no copy of some part of the
 * state is left, the newest snapshot is loaded.
 *
 * @param saveNanos time to save, 1 or more
 */
public record JustInTime(long saveNanos) implements RecoveryPolicy {

    public JustInTime {
        if (saveNanos < 1) {
            throw new IllegalArgumentException("saving takes time, got " + saveNanos + " ns");
        }
    }

    @Override
    public String name() {
        return "just-in-time";
    }

    @Override
    public Reaction react(Situation situation) {
        boolean copy = situation.hasStateLeft();
        return new Reaction.Replace(Start.COLD, copy ? saveNanos : 0);
    }

    @Override
    public boolean needsCopies() {
        return true;
    }

    @Override
    public boolean alwaysStops() {
        return true;
    }
}
