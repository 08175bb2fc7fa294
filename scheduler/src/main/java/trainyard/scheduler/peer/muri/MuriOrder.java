package trainyard.scheduler.peer.muri;

import java.util.List;

/** Decides which jobs run. */
interface MuriOrder {

    double NEVER = Double.POSITIVE_INFINITY;

    void arrived(MuriState job);

    void ended(MuriState job);

    /** Time has passed for a job that runs. */
    default void ran(MuriState job) {}

    /**
     * Sets {@link MuriState#running}.
     *
     * @param runnable all jobs that wait or run, in the order of the pass before
     */
    void schedule(List<MuriState> runnable);

    /** When it looks again, if nothing happens before; called after a pass. */
    default double wakeUp(List<MuriState> runnable, double now) {
        return NEVER;
    }
}
