package trainyard.faults.recovery;

/**
 * The job keeps its place and waits for spares in the stead of the nodes that it lost: restart in place where no node was
 * lost, warm or hot standby where spares are free (Wan et al. 2025, ByteRobust, section 6).
 */
public record ReplaceLost() implements RecoveryPolicy {

    @Override
    public String name() {
        return "replace";
    }

    @Override
    public Reaction react(Situation situation) {
        return new Reaction.Replace(Start.COLD);
    }

    @Override
    public boolean alwaysStops() {
        return true;
    }
}
