package trainyard.faults.recovery;

import java.util.Optional;

/** What a job does after a fault: about its nodes, about its state, and how fast it is meanwhile. */
public interface RecoveryPolicy {

    /** The name in reports, such as {@code replace}. */
    String name();

    /** What it does about its nodes, once a fault is diagnosed; the same situation always gives the same reaction. */
    Reaction react(Situation situation);

    /** Where the state comes from, once the nodes are there; more may have been lost since the reaction. */
    default StateSource source(Situation situation) {
        return StateSource.SNAPSHOT;
    }

    /** Whether it rests on other replicas having the state that a node loses; snapshots do where the layout has no copy of it. */
    default boolean needsCopies() {
        return false;
    }

    /** Whether each fault makes the job stand still until it has all its nodes. */
    default boolean alwaysStops() {
        return false;
    }

    /** Whether each fault makes the job give all its nodes back, with the snapshots that lie on them. */
    default boolean givesNodesBack() {
        return false;
    }

    /** What a step is while some slots take no part. */
    default Pace pace(Formation formation) {
        return formation.wholeBatch(formation.stepTimes().stepNanos(formation.nodes()));
    }

    /** Whether a job that gets fewer nodes at its very start begins with those, if {@link #react} says that it may. */
    default boolean startsWithFewer() {
        return false;
    }

    /** Nodes that the job holds ready beside its slots. */
    default int standbys() {
        return 0;
    }

    /** Forecasts of faults that the job acts upon: it replaces the node before. */
    default Optional<Warnings> warnings() {
        return Optional.empty();
    }
}
