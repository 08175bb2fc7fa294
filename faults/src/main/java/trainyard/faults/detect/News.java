package trainyard.faults.detect;

/**
 * What is said of a node.
 *
 * @param subject the node
 * @param status what it is said to be
 * @param incarnation how often the node had contradicted before
 */
record News(int subject, Status status, int incarnation) {

    /** In the order in which one overrides the other at the same incarnation. */
    enum Status {
        ALIVE,
        SUSPECT,
        DEAD
    }

    News as(Status other) {
        return new News(subject, other, incarnation);
    }
}
