package trainyard.faults.checkpoint;

import java.util.function.LongPredicate;

/** Searches for the last of some numbers up to which something holds. */
final class Searches {

    private Searches() {}

    /**
     * The greatest number from 0 to a limit for which something holds; it holds for 0, and for no number behind one for which
     * it does not. It is sought from a guess on in steps that double, so that a good guess makes it short.
     *
     * @param most the limit, 0 or more
     * @param guess a number that is probably near, from 0 to the limit
     */
    static long lastUpTo(long most, long guess, LongPredicate holds) {
        long low = 0;
        long high = most;
        boolean up = guess == 0 || holds.test(guess);
        if (up) {
            low = guess;
        } else {
            high = guess - 1;
        }
        boolean turned = false;
        for (long width = 1; low < high && !turned; width *= 2) {
            long probe = up ? Math.min(high, low + width) : Math.max(low + 1, high - width + 1);
            boolean held = holds.test(probe);
            low = held ? probe : low;
            high = held ? high : probe - 1;
            turned = held != up;
        }
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            if (holds.test(middle)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
