package trainyard.faults.recovery;

/** Decides what a job does about its nodes after a fault. */
public interface RecoveryPolicy {

    /** The name in reports, such as {@code replace}. */
    String name();

    /** Called once a fault is diagnosed; the same situation always gives the same reaction. */
    Reaction react(Situation situation);

    /** Whether the nodes that still work hold the whole state, so that only the unfinished step is lost and nothing is loaded. */
    default boolean keepsState(Situation situation) {
        return false;
    }
}
