package trainyard.scheduler.trace;

/** What is done about a row of a list of jobs that cannot be read. */
public enum BadRows {
    /** The list is refused; the message names file and line. */
    REFUSE,
    /** The row is left out and counted. */
    SKIP
}
