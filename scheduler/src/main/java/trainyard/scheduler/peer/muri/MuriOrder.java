package trainyard.scheduler.peer.muri;

import java.util.List;

/** Decides which jobs run. */
interface MuriOrder {

    double NEVER = Double.POSITIVE_INFINITY;
    /** {@link #together} where ends are looked up in the peer's list of events. */
    double CLOSE = 1e-9;

    void arrived(MuriState job);

    void ended(MuriState job);

    /** Time has passed for a job that runs. */
    default void ran(MuriState job) {}

    /** How close together foreseen ends are one event, relative to their time; none but equal ones by default. */
    default double together() {
        return 0;
    }

    /** How close an end and an arrival are one event, at the time of the arrival; only equal ones by default. */
    default double togetherWithArrivalsSeconds() {
        return 0;
    }

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
