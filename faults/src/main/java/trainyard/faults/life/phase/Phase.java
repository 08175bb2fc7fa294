package trainyard.faults.life.phase;

import trainyard.faults.life.account.GpuState;

/** What the job as a whole does. */
enum Phase {
    WAITING(GpuState.WAIT_FOR_NODES),
    INITIALISING(GpuState.INITIALISE),
    LOADING(GpuState.LOAD),
    RUNNING(GpuState.USEFUL),
    DETECTING(GpuState.DETECT),
    SAVING(GpuState.CHECKPOINT),
    DIAGNOSING(GpuState.DIAGNOSE),
    BACKING_OFF(GpuState.BACKOFF),
    /** Not started again. */
    STOPPED(GpuState.IDLE),
    DONE(GpuState.IDLE);

    private final GpuState state;

    Phase(GpuState state) {
        this.state = state;
    }

    /** Where the time of its GPUs goes; a run books its own. */
    GpuState state() {
        return state;
    }

    /** Whether a fault of one of its nodes begins an incident; else it only takes nodes. */
    boolean isVulnerable() {
        return this == RUNNING || this == INITIALISING || this == LOADING || this == SAVING;
    }
}
