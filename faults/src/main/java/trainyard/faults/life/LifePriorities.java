package trainyard.faults.life;

/** Who goes first among events of the same time; grants of nodes come behind all of these. */
final class LifePriorities {

    static final int FAULT = 0;
    static final int REPAIR = 10;
    static final int JOB = 20;

    private LifePriorities() {}
}
