package trainyard.faults.life.cluster;

/** Who goes first among events of the same time; nodes are granted behind those of the job. */
public final class LifePriorities {

    public static final int FAULT = 0;
    public static final int REPAIR = 10;
    public static final int JOB = 20;
    public static final int BEHIND_GRANTS = 60;

    private LifePriorities() {}
}
