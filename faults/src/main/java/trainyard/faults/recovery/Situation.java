package trainyard.faults.recovery;

/**
 * What a job knows when a fault is diagnosed.
 *
 * @param wanted nodes that the job is made for
 * @param working its nodes that still work
 * @param free working nodes that nobody has
 */
public record Situation(int wanted, int working, int free) {

    /** Nodes that the job lacks. */
    public int lost() {
        return wanted - working;
    }
}
