package trainyard.training.real;

/**
 * After which updates of a run its processes look at their cores, and which repetition of the reference stands for a gradient.
 *
 * @param updates of the run
 * @param updatesOfAll updates in which each worker has computed one gradient
 * @param looks whether they look at all
 */
public record LookSchedule(long updates, int updatesOfAll, boolean looks) {

    /** How often the reference is timed at a look: as often as a run of hundreds of updates has gradients between two looks. */
    static final int REPETITIONS = 8;

    /** A core is slow for a second or more, and a run has hundreds of updates: between two looks at the cores lie tens of milliseconds. */
    private static final long LOOKS = 50;

    /** Whether the processes look at their cores after an update, counted from 1; they also do before the first and after the last. */
    public boolean isLook(long update) {
        return looks && update % lookEvery() == 0 && update < updates;
    }

    /**
     * Which repetition of the reference stands for a gradient, counted from 0 over all looks: those of the second half of a look for the
     * gradients after it, those of the first half for the gradients before it, one by one and again from the first.
     *
     * @param update of the gradient, counted from 1
     */
    public int indexOfRepetition(long update) {
        long look = (update - 1) / lookEvery();
        long offset = (update - 1) % lookEvery() / updatesOfAll;
        boolean isSoonAfter = 2 * offset * updatesOfAll < lookEvery();
        int half = REPETITIONS / 2;
        return Math.toIntExact((isSoonAfter ? look * REPETITIONS + half : (look + 1) * REPETITIONS) + offset % half);
    }

    private long lookEvery() {
        return Math.max(1, updates / LOOKS);
    }
}
