package trainyard.faults.life;

/** Who goes first among events of the same time; nodes are granted behind those of the job. */
final class LifePriorities {

    static final int FAULT = 0;
    static final int REPAIR = 10;
    static final int JOB = 20;
    static final int BEHIND_GRANTS = 60;

    private LifePriorities() {}
}
