package trainyard.sim.engine;

/** What activities can wait in and be taken out of. */
interface WaitingRoom {
    /** Nowhere: the room of an activity that waits for time alone, or for nothing. */
    WaitingRoom NOWHERE = activity -> {};

    /** Takes an activity out that no longer waits, or gives back what it was just granted. */
    void leave(Activity activity);
}
