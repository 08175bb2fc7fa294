package trainyard.faults.recovery;

/** What a job does about its nodes. */
public sealed interface Reaction {

    /** It gives all nodes back, queues, and starts again once it has as many as it is made for. */
    record Requeue() implements Reaction {}

    /**
     * It keeps its working nodes and waits for as many as it lost.
     *
     * @param start how it comes up then
     * @param saveNanos before that, survivors save their state for so long, 0 where they save none
     */
    record Replace(Start start, long saveNanos) implements Reaction {

        /** Nothing is saved. */
        public Replace(Start start) {
            this(start, 0);
        }
    }

    /**
     * It goes on with some of its working nodes, moved together into its first slots, gives the others back, and takes in
     * replacements when they come.
     *
     * @param nodes how many it goes on with, at least 1
     * @param growth how many replacements it takes in at a time, at least 1
     * @param rejoin when it takes them in
     */
    record Shrink(int nodes, int growth, Rejoin rejoin) implements Reaction {

        public Shrink {
            if (nodes < 1 || growth < 1) {
                throw new IllegalArgumentException(
                        "a job goes on with at least one node and grows by one, got " + nodes + " and " + growth);
            }
        }
    }

    /**
     * It goes on at once without the slots that hold no state.
     *
     * @param unit slots that leave and come back together, such as those of a replica; at least 1
     * @param rejoin how they come back
     */
    record GoOn(int unit, Rejoin rejoin) implements Reaction {

        public GoOn {
            if (unit < 1) {
                throw new IllegalArgumentException("at least one slot leaves, got " + unit);
            }
        }
    }
}
