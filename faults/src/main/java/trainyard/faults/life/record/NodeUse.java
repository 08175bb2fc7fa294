package trainyard.faults.life.record;

/** What a node is to a job. */
public enum NodeUse {
    /** It takes part in the steps of the job, or stands still with it. */
    AT_WORK,
    /** The job holds it beside its steps: a standby, or a node that waits to join. */
    BESIDE,
    /** It works, and the job does not hold it. */
    FREE,
    /** It does not work. */
    BROKEN
}
