package trainyard.scheduler.account;

/** What a GPU of the cluster does; it does one thing at any time. */
public enum GpuUse {
    /** Work whose result its job keeps, as fast as on the best placement. */
    USEFUL("useful work", "work that its job keeps", true),
    /** What kept work takes beyond the best placement and the best use of each GPU. */
    SLOWED("slowed work", "what kept work takes beyond that of the best placement", true),
    /** Work that was done in vain: a failure or a stop destroyed it, or its job was never done. */
    LOST("lost work", "work that a failure or a stop destroyed, or of a job that was given up", true),
    /** Standing still although its job runs: nobody has noticed yet that it hangs. */
    STUCK("stuck", "standing still until somebody notices that the job hangs", true),
    /** Writing checkpoints, also that of a job that was stopped to make place. */
    CHECKPOINT("checkpoint", "standing still while a checkpoint is written", true),
    /** Starting processes, libraries and communicators. */
    START("start", "start of processes, libraries and communicators", true),
    /** Loading a checkpoint. */
    LOAD("load", "loading a checkpoint", true),
    /** Held by a job that lacks others. */
    HELD("held idle", "held by a job that lacks others and does not run", false),
    /** Nobody needs it, or not enough of them are free. */
    FREE("free", "free, and too few for those who wait", false),
    /** Free, and there are as many as a waiting job wants, but not where it could use them. */
    FRAGMENTED("fragmented", "free and as many as a waiting job wants, but where it cannot use them", false),
    /** Free, and kept for a job that waits for more. */
    RESERVED("reserved", "free and kept for a job that waits for more", false),
    /** Free on a node that takes no new job. */
    DRAINING("draining", "free on a node that takes no new job", false),
    /** On a node that is broken or in maintenance. */
    DOWN("down", "on a node that is broken or in maintenance", false),
    /** On a node that is ordered, but not there yet. */
    STARTING("being provisioned", "on a node that is ordered, but not there yet", false),
    /** On a node that is not there. */
    OFF("not provisioned", "on a node that is not there", false);

    private final String label;
    private final String meaning;
    private final boolean ofJob;

    GpuUse(String label, String meaning, boolean ofJob) {
        this.label = label;
        this.meaning = meaning;
        this.ofJob = ofJob;
    }

    /** In words, for reports. */
    public String label() {
        return label;
    }

    /** What is counted in it, in words, for reports. */
    public String meaning() {
        return meaning;
    }

    /** Whether a job runs on the GPU, so that its team is known. */
    public boolean isOfJob() {
        return ofJob;
    }
}
