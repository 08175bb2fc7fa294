package trainyard.parallel.step.analytic;

/**
 * A stretch of a row of passes that comes again and again: the same slots, each as far behind the passes that it waits for.
 * More micro-batches add copies and leave the rest of the row as it is.
 *
 * @param from place of the first copy
 * @param length passes of a copy
 * @param copies copies in the row
 * @param microBatches micro-batches of a copy
 * @param reach how far before the end of a copy the farthest pass lies that a pass behind it waits for, in places
 */
record PassLoop(int from, int length, int copies, int microBatches, int reach) {

    /** Place behind the last copy. */
    int end() {
        return from + copies * length;
    }
}
