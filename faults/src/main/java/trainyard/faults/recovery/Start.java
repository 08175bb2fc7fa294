package trainyard.faults.recovery;

/** How the processes of a job come up. */
public enum Start {
    /** All of them anew, with libraries and communicators. */
    COLD,
    /** Those that are up take others in, or close their ranks. */
    RECONFIGURE
}
