package trainyard.faults.coordination.waiting;

/** One thing that a process does. */
public sealed interface Instruction {

    /** Computes for a time, which varies with the spread of the processes. */
    record Compute(double seconds) implements Instruction {}

    /** Takes a lock, which one process holds at a time; those who wait get it in the order in which they came. */
    record Take(String lock) implements Instruction {}

    /** Gives a lock back. */
    record Give(String lock) implements Instruction {}

    /**
     * Meets all processes whose programs name the same point: a collective or a barrier.
     *
     * @param word what it is called, such as {@code all-reduce}
     * @param point which one
     * @param seconds time from the last arrival until all go on
     */
    record Meet(String word, String point, double seconds) implements Instruction {}

    /**
     * Reads a variable, computes, and writes the result over whatever stands there by then.
     *
     * @param variable which one
     * @param seconds from the read to the write
     */
    record Update(String variable, double seconds) implements Instruction {}

    /** Dies, without a word to anybody and without giving its locks back. */
    record Die() implements Instruction {}
}
